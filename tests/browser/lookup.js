// Put into every page before it loads: catches Leaflet's map while the page makes it, and finds
// what is drawn on it. A feature is meant by words that its tip holds.
(() => {
  let leaflet;
  let map;
  Object.defineProperty(window, "L", {
    configurable: true,
    get: () => leaflet,
    set: (value) => {
      leaflet = value;
      value.Map.addInitHook(function () { map = this; });
    },
  });

  // A feature's tip as a reader reads it; the page keeps each text once, and features its number.
  const plain = document.createElement("template");
  let texts;
  function told(layer) {
    texts = texts || JSON.parse(document.getElementById("texts").textContent);
    plain.innerHTML = layer.item ? texts[layer.item.now[1]] : "";
    return plain.content.textContent;
  }

  function meant(words) {
    const found = [];
    map.eachLayer((layer) => {
      const text = told(layer);
      if (text && words.every((word) => text.includes(word))) found.push(layer);
    });
    return found;
  }

  // The layer that lies on top at a spot of the canvases, as Leaflet draws them.
  function top(spot) {
    const there = map.containerPointToLayerPoint(spot);
    let found = null;
    let highest = -1;
    map.eachLayer((layer) => {
      const drawer = layer._renderer;
      if (!layer._containsPoint || !layer.options.interactive) return;
      if (!(drawer instanceof L.Canvas) || !layer._containsPoint(there)) return;
      const pane = Number(getComputedStyle(drawer._container.parentNode).zIndex) || 0;
      let rank = pane * 1e6;
      for (let one = drawer._drawFirst; one && one.layer !== layer; one = one.next) rank += 1;
      if (rank > highest) { highest = rank; found = layer; }
    });
    return found;
  }

  function along(layer) {
    const flat = (list) => (Array.isArray(list) ? list.flatMap(flat) : [list]);
    const ends = layer.getLatLng ? [layer.getLatLng()] : flat(layer.getLatLngs());
    const pixels = ends.map((end) => map.latLngToContainerPoint(end));
    return pixels.flatMap((pixel, number) => {
      const next = pixels[number + 1];
      return next ? [pixel, pixel.add(next).divideBy(2)] : [pixel];
    });
  }

  function isOnTop(layer, spot, box) {
    const met = document.elementFromPoint(box.left + spot.x, box.top + spot.y);
    const own = layer._path || layer._icon;
    if (!met) return false;
    return own ? own.contains(met) : met.tagName === "CANVAS" && top(spot) === layer;
  }

  const asides = [[0, 0], [3, 0], [-3, 0], [0, 3], [0, -3], [6, 0], [-6, 0], [0, 6], [0, -6]];
  window.lookup = {
    map: () => map,
    told: (words) => meant(words).map(told),
    // Spots of the window, in pixels, at which a click meets a feature first of all.
    spots: (words) => {
      const box = map.getContainer().getBoundingClientRect();
      const spots = [];
      for (const layer of meant(words).filter((one) => one.getLatLng || one.getLatLngs)) {
        for (const pixel of along(layer)) {
          const [right, down] = asides.find(([x, y]) => isOnTop(layer, pixel.add([x, y]), box)) || [];
          if (right !== undefined) spots.push([box.left + pixel.x + right, box.top + pixel.y + down]);
          if (spots.length > 200) return spots;
        }
      }
      return spots;
    },
    bring: (words, nearest) => {
      const box = L.latLngBounds([]);
      for (const layer of meant(words)) {
        box.extend(layer.getBounds ? layer.getBounds() : layer.getLatLng());
      }
      map.fitBounds(box, {animate: false, maxZoom: nearest});
    },
    bands: () => {
      const found = [];
      map.eachLayer((layer) => {
        const about = layer.feature && layer.feature.properties;
        if (about && about.kind === "band" && layer.options.fill) found.push(about.band);
      });
      return found;
    },
    // What a reader of screens would say of the control that has the focus; null outside the page.
    nameOfFocus: () => {
      const one = document.activeElement;
      if (!one || one === document.body) return null;
      const labels = Array.from(one.labels || [], (label) => label.textContent).join(" ");
      return (one.getAttribute("aria-label") || labels || one.textContent || "").trim();
    },
    lastLongTask: () => new Promise((done) => {
      let last = 0;
      const watch = new PerformanceObserver((list) => {
        for (const task of list.getEntries()) last = Math.max(last, task.startTime + task.duration);
      });
      watch.observe({type: "longtask", buffered: true});
      setTimeout(() => { watch.disconnect(); done(last); }, 500);
    }),
  };
})();
