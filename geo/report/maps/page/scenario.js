// The scenario switch: routes, and the status of lines and crossings, of one state of the world.
function switchScenario(map, data, items, state, update) {
  var select = document.getElementById("scenario");
  function choose(world) {
    state.world = world;
    items.forEach(function (item) {
      if (!item.worlds) return;
      item.now = item.worlds[world] || item.usual;
      item.dress();
    });
    if (select) select.selectedIndex = world;
    map.closePopup();
    update();
  }
  if (select) select.addEventListener("change", function () { choose(select.selectedIndex); });
  choose(data.world);
}
