// The page starts here: the map, its layers and panels, then the controls of the kind of map.
var NARROW = 800;  // pixels; below that, panels are folded at first

function readJson(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

// The map as folium made it gets our panes and, where there is one, the base map.
function prepare(map, data) {
  map.createPane("land").style.zIndex = 300;
  if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
    map.panBy = function (offset) {
      return L.Map.prototype.panBy.call(map, offset, { animate: false });
    };
  }
  if (data.tiles) {
    L.tileLayer("https://tile.openstreetmap.org/{z}/{x}/{y}.png", { maxZoom: 19 }).addTo(map);
  }
}

// What stands at the sides must not cover what the map is about: it is shown beside the note or
// below it, wherever there is room for more of it.
function firstView(map, view, wide) {
  var panel = document.getElementById("layers"), note = document.querySelector(".note");
  var tall = panel.offsetHeight > window.innerHeight / 3;
  var right = wide && tall ? panel.offsetWidth + 10 : 0, rooms = [[0, 0, right]];
  if (wide && note && window.innerWidth >= 1100) {
    var box = note.getBoundingClientRect(), under = panel.getBoundingClientRect().bottom;
    var legend = document.getElementById("legend").getBoundingClientRect().right;
    rooms = [[box.right, 0, right], [legend, box.bottom, under > box.bottom ? right : 0]];
  }
  var zooms = rooms.map(function (room) {
    return map.getBoundsZoom(view, false, L.point(room[0] + room[2], room[1]));
  });
  var best = rooms[zooms.indexOf(Math.max.apply(null, zooms))];
  map.fitBounds(view, {
    animate: false, paddingTopLeft: [best[0], best[1]], paddingBottomRight: [best[2], 0]
  });
}

function start(map, controls) {
  var data = readJson("data"), texts = readJson("texts"), state = { world: data.world };
  var wide = window.innerWidth >= NARROW, byName = {};
  if (!wide) {
    ["layers", "legend", "sources"].forEach(function (id) {
      document.getElementById(id).open = false;
    });
    document.querySelectorAll("details.answer").forEach(function (one) { one.open = false; });
  }
  var coarse = window.matchMedia("(pointer: coarse)").matches;
  prepare(map, data);
  firstView(map, data.view, wide);
  var canvases = {
    still: L.canvas({ pane: "land", padding: 0.3 }),
    live: L.canvas({ padding: 0.3, tolerance: coarse ? 10 : 3 })
  };
  var items = makeItems(data, canvases);
  var groups = makeGroups(data, items);
  data.layers.forEach(function (layer, number) {
    if (layer.name !== undefined) byName[layer.name] = groups[number];
  });
  answerPointer(map, data, texts, groups);
  keepOrder(map, items, groups);
  followLegend(map, data, items, groups);
  var update = controlLayers(map, data, groups, state);
  switchScenario(map, data, items, state, update);
  searchPlaces(map, data, items, texts);
  measureDistance(map);
  addTools(map);
  openForPrint(map);
  controls.forEach(function (control, number) {
    control(map, document.querySelector('[data-control="' + number + '"]'), byName);
  });
  requestAnimationFrame(function () {
    requestAnimationFrame(function () {
      performance.mark("settled");
      document.documentElement.dataset.settled = "yes";
    });
  });
}
