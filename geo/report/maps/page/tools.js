// Zoom, full screen, scale, names by zoom, and what Escape and printing do.
var NAMES_FROM_ZOOM = 5.5, SEAS_FROM_ZOOM = 3;

function addTools(map) {
  var full = document.getElementById("full-screen"), root = document.documentElement;
  document.getElementById("zoom-in").addEventListener("click", function () { map.zoomIn(1); });
  document.getElementById("zoom-out").addEventListener("click", function () { map.zoomOut(1); });
  full.hidden = !document.fullscreenEnabled;
  full.addEventListener("click", function () {
    if (document.fullscreenElement) document.exitFullscreen();
    else root.requestFullscreen();
  });
  document.addEventListener("fullscreenchange", function () {
    full.setAttribute("aria-pressed", !!document.fullscreenElement);
    map.invalidateSize();
  });
  L.control.scale({ imperial: false, position: "bottomright", maxWidth: 140 }).addTo(map);

  // Names of places that stand close together wait for a nearer view.
  function names() {
    var classes = map.getContainer().classList;
    classes.toggle("zoomed", map.getZoom() >= NAMES_FROM_ZOOM);
    classes.toggle("far", map.getZoom() < SEAS_FROM_ZOOM);
  }
  map.on("zoomend", names);
  names();

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    // the focus must not be lost with the popup that holds it
    if (event.target.closest(".leaflet-popup")) map.getContainer().focus();
    map.closePopup();
  });
}

// On paper there is no clicking: the legend is open while the page is printed, and the map is made
// as wide as the sheet. It is scaled, not drawn anew: to clear a canvas there wipes all below it.
function openForPrint(map) {
  var closed = [], style = map.getContainer().style;
  window.addEventListener("beforeprint", function () {
    var folded = "#legend:not([open]), #legend details:not([open]), #sources:not([open])";
    closed = Array.prototype.slice.call(document.querySelectorAll(folded));
    closed.forEach(function (one) { one.open = true; });
  });
  window.addEventListener("afterprint", function () {
    closed.forEach(function (one) { one.open = false; });
  });
  window.matchMedia("print").addEventListener("change", function (media) {
    var size = map.getSize();
    style.width = media.matches ? size.x + "px" : "";
    style.height = media.matches ? size.y + "px" : "";
    style.transform = media.matches
      ? "scale(" + document.documentElement.clientWidth / size.x + ")" : "";
  });
}
