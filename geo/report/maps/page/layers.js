// Layers from the data: one path a feature on one canvas, so that all of them answer the pointer.
var KINDS = { A: 0, L: 1, P: 2 };  // areas below lines, lines below points
var PLAIN = {
  stroke: true, color: "#333333", weight: 2, opacity: 1, dashArray: null,
  fill: false, fillColor: null, fillOpacity: 1, cross: false, shift: 0
};

// Every feature of every layer as {layer, path, label, at, kind, usual, now, worlds, find, order};
// usual, now and each of worlds are numbers: of a style, a tip and a popup.
function makeItems(data, panes) {
  var items = [];
  data.layers.forEach(function (layer, number) {
    layer.chunks.forEach(function (chunk) {
      chunk[1].forEach(function (entry) {
        items.push(makeItem(number, entry, chunk[0], data.styles, panes, items.length));
      });
    });
    delete layer.chunks;
  });
  return items;
}

function makeItem(layer, entry, decimals, styles, panes, order) {
  var shape = decodeGeometry(entry[0], decimals), extra = entry[4] || {};
  var item = {
    layer: layer, usual: [entry[1], entry[2], entry[3]], now: [entry[1], entry[2], entry[3]],
    worlds: extra.w, find: extra.f, kind: shape.kind, order: KINDS[shape.kind] * 1e6 + order
  };
  var style = L.extend({}, PLAIN, styles[entry[1]]);
  var options = L.extend({ renderer: style.still ? panes.still : panes.live }, style);
  options.interactive = !style.still;
  if (shape.kind === "P") {
    item.at = L.latLng(shape.parts[0][0][0]);
    if (style.radius) item.path = new Mark(item.at, options);
  } else if (shape.kind === "L") {
    item.path = L.polyline(shape.parts[0], options);
    item.at = L.latLng(shape.parts[0][0][shape.parts[0][0].length >> 1]);
  } else {
    item.path = L.polygon(shape.parts, options);
    item.at = item.path.getBounds().getCenter();
  }
  if (extra.l) item.label = makeLabel(item, extra.l);
  // The look of now; what a control of the map has hidden stays so, whatever else befalls it.
  item.dress = function () {
    if (!item.path) return;
    var look = L.extend({}, PLAIN, styles[item.now[0]]);
    if (item.hidden) look.stroke = look.fill = false;
    item.path.options.interactive = !look.still && !item.hidden;
    item.path.setStyle(look);
  };
  [item.path, item.label].forEach(function (one) {
    if (!one) return;
    one.item = item;
    one.feature = { type: "Feature", properties: extra.p || {} };
  });
  return item;
}

// A name that stands on the map; it answers the pointer where there is no mark beside it.
function makeLabel(item, label) {
  var words = document.createElement("span");
  words.textContent = label[0];
  return L.marker(item.at, {
    icon: L.divIcon({ className: label[1], html: words, iconSize: [0, 0] }),
    interactive: !item.path && item.usual[2] > 0, keyboard: false
  });
}

// The groups that are put on the map and taken off it, one a layer.
function makeGroups(data, items) {
  var groups = data.layers.map(function () { return L.featureGroup(); });
  items.forEach(function (item) {
    [item.path, item.label].forEach(function (one) {
      if (one) groups[item.layer].addLayer(one);
    });
  });
  return groups;
}

// Highlight, tooltip and popup of whatever the pointer is on.
function answerPointer(map, data, texts, groups) {
  var tooltip = L.tooltip({ direction: "top", offset: [0, -6], opacity: 1 });
  var styles = data.styles;
  function over(event) {
    var path = event.propagatedFrom, item = path && path.item;
    if (!item || item.hidden) return;
    if (item.path) item.path.setStyle(styles[data.layers[item.layer].high]);
    if (!item.now[1] || map.measuring) return;
    tooltip.setContent(texts[item.now[1]]).setLatLng(event.latlng).addTo(map);
  }
  function out(event) {
    var path = event.propagatedFrom, item = path && path.item;
    if (item) item.dress();
    tooltip.remove();
  }
  groups.forEach(function (group) {
    group.on("mouseover", over).on("mouseout", out);
    group.on("mousemove", function (event) {
      if (tooltip._map) tooltip.setLatLng(event.latlng);
    });
    group.on("click", function (event) {
      var path = event.propagatedFrom;
      if (path && path.item && !map.measuring) openPopup(map, texts, path.item, event.latlng);
    });
  });
  map.on("zoomstart movestart hidden", function () { tooltip.remove(); });
  map.on("popupopen popupclose", function (event) {
    document.body.classList.toggle("reading", event.type === "popupopen");
  });
}

// A popup is moved clear of the panels around the map.
function openPopup(map, texts, item, at) {
  if (!item.now[2]) return null;
  var size = map.getSize(), narrow = size.x < NARROW;
  var head = document.querySelector(".head").offsetHeight;
  var aside = narrow ? 0 : document.getElementById("layers").offsetWidth;
  var popup = L.popup({
    maxWidth: Math.min(420, size.x - 60), maxHeight: Math.round(size.y * 0.5),
    autoPanPaddingTopLeft: [narrow ? 10 : 60, head + 20],
    autoPanPaddingBottomRight: [aside + 20, narrow ? 80 : 30]
  });
  popup.setLatLng(item.kind === "P" ? item.at : at).setContent(texts[item.now[2]]).openOn(map);
  return popup;
}

// What is drawn last lies on top; a layer that comes back must not cover the points.
function keepOrder(map, items, groups) {
  var waiting = false;
  function reorder() {
    waiting = false;
    items.filter(function (item) {
      return item.path && map.hasLayer(groups[item.layer]);
    }).sort(function (a, b) { return a.order - b.order; }).forEach(function (item) {
      item.path.bringToFront();
    });
  }
  map.on("shown", function () {
    if (!waiting) requestAnimationFrame(reorder);
    waiting = true;
  });
}
