// The legend tells what is on the map: a row shows while a style with its word is drawn.
function followLegend(map, data, items, groups) {
  var rows = Array.prototype.slice.call(document.querySelectorAll("#legend .row"));
  var sections = document.querySelectorAll("#legend .rows > details");
  function update() {
    var drawn = {}, used = {};
    items.forEach(function (item) {
      if (!map.hasLayer(groups[item.layer])) return;
      used[item.now[0]] = true;
      drawn[data.layers[item.layer].words] = true;
    });
    Object.keys(used).forEach(function (style) {
      (data.styles[style].legend || "").split(" ").forEach(function (word) { drawn[word] = true; });
    });
    rows.forEach(function (row) {
      row.hidden = row.dataset.on !== undefined && !drawn[row.dataset.on];
    });
    sections.forEach(function (section) {
      section.hidden = !section.querySelector(".row:not([hidden])");
    });
  }
  map.on("shown", update);
}
