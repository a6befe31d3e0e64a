// The control of layers: a ticked layer is on the map if it belongs to the scenario chosen.
function controlLayers(map, data, groups, state) {
  var boxes = Array.prototype.slice.call(document.querySelectorAll("#layers [data-layer]"));
  function inWorld(layer) { return layer.world === undefined || layer.world === state.world; }
  function put(number, wanted) {
    if (wanted === map.hasLayer(groups[number])) return;
    if (wanted) map.addLayer(groups[number]); else map.removeLayer(groups[number]);
  }
  function update() {
    boxes.forEach(function (box) {
      var numbers = box.dataset.layer.split(" ").map(Number);
      var here = numbers.filter(function (number) { return inWorld(data.layers[number]); });
      box.closest(".row").hidden = !here.length;
      numbers.forEach(function (number) {
        put(number, box.checked && here.indexOf(number) >= 0);
      });
    });
    document.querySelectorAll("#layers details").forEach(function (section) {
      section.hidden = !section.querySelector(".row:not([hidden])");
    });
    map.fire("shown");
  }
  data.layers.forEach(function (layer, number) {
    if (layer.name === undefined) put(number, true);
  });
  boxes.forEach(function (box) { box.addEventListener("change", update); });
  return update;
}
