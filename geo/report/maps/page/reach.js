// The slider of the map of reach: the bands up to the limit chosen, and a button that plays them.
(function (map, root, layers) {
  "use strict";
  var slider = root.querySelector("input"), output = root.querySelector("output");
  var button = root.querySelector("button");
  var words = JSON.parse(slider.dataset.words);
  var usual = new WeakMap();
  var calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  // Each feature that belongs to a band, wherever it is in the groups of the map.
  function each(group, turn) {
    group.eachLayer(function (child) {
      var told = child.feature && child.feature.properties;
      if (told && told.band !== undefined && child.setStyle) turn(child, told.band);
      else if (child.eachLayer) each(child, turn);
    });
  }

  function set(child, shown) {
    if (!usual.has(child)) {
      usual.set(child, {
        stroke: child.options.stroke, fill: child.options.fill,
        interactive: child.options.interactive
      });
    }
    var own = usual.get(child);
    child.options.interactive = shown && own.interactive;
    child.setStyle(shown ? { stroke: own.stroke, fill: own.fill } : { stroke: false, fill: false });
    if (!shown) child.closeTooltip();
  }

  function show() {
    var last = Number(slider.value);
    output.textContent = words[last];
    slider.setAttribute("aria-valuetext", words[last]);
    Object.keys(layers).forEach(function (name) {
      each(layers[name], function (child, band) { set(child, band <= last); });
    });
    document.querySelectorAll("tr[data-key^='band-']").forEach(function (row) {
      var band = Number(row.dataset.key.slice(5));
      row.classList.toggle("chosen", band === last);
      row.classList.toggle("beyond", band > last);
    });
  }

  var timer = null;
  function stop() {
    window.clearInterval(timer);
    timer = null;
    button.textContent = "Play";
    button.setAttribute("aria-pressed", "false");
  }
  function step() {
    if (Number(slider.value) >= Number(slider.max)) return stop();
    slider.value = Number(slider.value) + 1;
    show();
  }
  button.addEventListener("click", function () {
    if (timer !== null) return stop();
    if (Number(slider.value) >= Number(slider.max)) slider.value = 0;
    show();
    button.textContent = "Pause";
    button.setAttribute("aria-pressed", "true");
    timer = window.setInterval(step, calm ? 2400 : 1100);
  });
  slider.addEventListener("input", function () { if (timer !== null) stop(); show(); });
  map.on("overlayadd layeradd:world", show);
  show();
})
