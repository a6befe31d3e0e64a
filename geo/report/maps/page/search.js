// Search for a place by any of its names, in any script; accents and case do not matter.
var MOST_FOUND = 8, NEAR_ZOOM = 7;

function plainName(name) {
  return name.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
}

// How well a name answers: 0 the whole, 1 its beginning, 2 that of a word, 3 a part; else nothing.
function matchOf(name, asked) {
  var at = name.indexOf(asked);
  if (at < 0) return null;
  if (at === 0) return name.length === asked.length ? 0 : 1;
  return /[\s\-(]/.test(name[at - 1]) ? 2 : 3;
}

function findItems(index, asked) {
  var found = [];
  index.forEach(function (entry, order) {
    var best = null;
    entry.plain.forEach(function (name, i) {
      var match = matchOf(name, asked);
      if (match !== null && (!best || match < best.match)) best = { match: match, name: i };
    });
    if (best) found.push({ entry: entry, match: best.match, name: best.name, order: order });
  });
  found.sort(function (a, b) { return a.match - b.match || a.order - b.order; });
  return found.slice(0, MOST_FOUND);
}

function searchPlaces(map, data, items, texts) {
  var field = document.getElementById("search"), list = document.getElementById("found");
  var none = document.getElementById("none-found"), index = null, found = [], active = -1;

  function makeIndex() {  // when it is first needed
    index = items.filter(function (item) { return item.find; }).map(function (item) {
      return { item: item, plain: item.find.map(plainName) };
    });
  }
  function close() {
    list.hidden = none.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
    active = -1;
  }
  function mark(number) {
    active = number;
    Array.prototype.forEach.call(list.children, function (row, i) {
      row.setAttribute("aria-selected", i === active);
    });
    field.setAttribute("aria-activedescendant", "found-" + active);
    list.children[active].scrollIntoView({ block: "nearest" });
  }
  function row(one, number) {
    var line = document.createElement("li"), kind = document.createElement("small");
    var names = one.entry.item.find;
    line.id = "found-" + number;
    line.setAttribute("role", "option");
    line.textContent = names[0] + (one.name ? " · " + names[one.name] : "");
    kind.textContent = data.layers[one.entry.item.layer].name || "";
    line.append(" ", kind);
    line.addEventListener("mousedown", function (event) { event.preventDefault(); });
    line.addEventListener("click", function () { go(number); });
    return line;
  }
  function look() {
    var asked = plainName(field.value.trim());
    if (!index) makeIndex();
    close();
    found = asked ? findItems(index, asked) : [];
    list.replaceChildren.apply(list, found.map(row));
    list.hidden = !found.length;
    none.hidden = !asked || found.length > 0;
    none.textContent = none.hidden ? "" : "No place is called “" + field.value.trim() + "” here.";
    field.setAttribute("aria-expanded", String(found.length > 0));
    if (found.length) mark(0);
  }
  function go(number) {
    var item = found[number].entry.item;
    close();
    field.value = item.find[found[number].name];
    if (item.kind === "A") map.fitBounds(item.path.getBounds(), { animate: false });
    else map.setView(item.at, Math.max(map.getZoom(), NEAR_ZOOM), { animate: false });
    var popup = openPopup(map, texts, item, item.at);
    if (popup) popup.getElement().querySelector(".leaflet-popup-close-button").focus();
  }
  field.addEventListener("input", look);
  field.addEventListener("focus", function () { if (field.value) look(); });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", function (event) {
    var move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && !list.hidden) mark((active + move + found.length) % found.length);
    else if (event.key === "Enter" && active >= 0) go(active);
    else if (event.key === "Escape") { close(); field.value = ""; }
    else return;
    event.preventDefault();
  });
}
