// Distances along the clicks of a reader, on the ellipsoid of WGS84.
var SEMI_MAJOR_M = 6378137, FLATTENING = 1 / 298.257223563;

// Vincenty's inverse formula (Survey Review 23, 1975); the sphere where it does not converge.
function geodesicKm(from, to) {
  var rad = Math.PI / 180, minor = SEMI_MAJOR_M * (1 - FLATTENING);
  var u1 = Math.atan((1 - FLATTENING) * Math.tan(from.lat * rad));
  var u2 = Math.atan((1 - FLATTENING) * Math.tan(to.lat * rad));
  var sinU1 = Math.sin(u1), cosU1 = Math.cos(u1), sinU2 = Math.sin(u2), cosU2 = Math.cos(u2);
  var far = (to.lng - from.lng) * rad, lambda = far, before, turns = 100;
  var sinS, cosS, sigma, cosSqA, cos2M;
  do {
    var sinL = Math.sin(lambda), cosL = Math.cos(lambda);
    sinS = Math.hypot(cosU2 * sinL, cosU1 * sinU2 - sinU1 * cosU2 * cosL);
    if (sinS === 0) return 0;
    cosS = sinU1 * sinU2 + cosU1 * cosU2 * cosL;
    sigma = Math.atan2(sinS, cosS);
    var sinA = cosU1 * cosU2 * sinL / sinS;
    cosSqA = 1 - sinA * sinA;
    cos2M = cosSqA ? cosS - 2 * sinU1 * sinU2 / cosSqA : 0;
    var c = FLATTENING / 16 * cosSqA * (4 + FLATTENING * (4 - 3 * cosSqA));
    before = lambda;
    lambda = far + (1 - c) * FLATTENING * sinA *
      (sigma + c * sinS * (cos2M + c * cosS * (2 * cos2M * cos2M - 1)));
  } while (Math.abs(lambda - before) > 1e-12 && --turns);
  if (!turns) return L.CRS.Earth.distance(from, to) / 1000;
  var u = cosSqA * (SEMI_MAJOR_M * SEMI_MAJOR_M - minor * minor) / (minor * minor);
  var a = 1 + u / 16384 * (4096 + u * (u * (320 - 175 * u) - 768));
  var b = u / 1024 * (256 + u * (u * (74 - 47 * u) - 128));
  var delta = b * sinS * (cos2M + b / 4 * (cosS * (2 * cos2M * cos2M - 1) -
    b / 6 * cos2M * (4 * sinS * sinS - 3) * (4 * cos2M * cos2M - 3)));
  return minor * a * (sigma - delta) / 1000;
}

// Points along the great circle, so that the line lies where the distance was measured.
function alongCircle(from, to) {
  var rad = Math.PI / 180, count = 48, points = [];
  function vector(at) {
    var cos = Math.cos(at.lat * rad);
    return [cos * Math.cos(at.lng * rad), cos * Math.sin(at.lng * rad), Math.sin(at.lat * rad)];
  }
  var a = vector(from), b = vector(to);
  var angle = Math.acos(Math.max(-1, Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])));
  if (angle < 1e-6) return [from, to];
  var longitude = from.lng;
  for (var i = 0; i <= count; i++) {
    var p = Math.sin((1 - i / count) * angle), q = Math.sin(i / count * angle);
    var v = [0, 1, 2].map(function (k) { return p * a[k] + q * b[k]; });
    var lng = Math.atan2(v[1], v[0]) / rad;
    lng += 360 * Math.round((longitude - lng) / 360);  // a line across the date line goes on
    longitude = lng;
    points.push([Math.atan2(v[2], Math.hypot(v[0], v[1])) / rad, lng]);
  }
  return points;
}

function measureDistance(map) {
  var button = document.getElementById("measure"), told = document.getElementById("measured");
  var clicks = [], drawn = L.featureGroup();
  var look = { color: "#b3006b", weight: 2.5, dashArray: "6 4", interactive: false };

  function show() {
    var km = 0;
    drawn.clearLayers();
    clicks.forEach(function (at, i) {
      L.circleMarker(at, { radius: 4, color: look.color, interactive: false }).addTo(drawn);
      if (!i) return;
      km += geodesicKm(clicks[i - 1], at);
      L.polyline(alongCircle(clicks[i - 1], at), look).addTo(drawn);
    });
    told.textContent = (clicks.length < 2 ? "Click the map along the way." :
      km.toLocaleString("en", { maximumFractionDigits: km < 100 ? 1 : 0 }) + " km.") +
      " Backspace takes a point back, Escape or the button ends.";
    told.dataset.km = km.toFixed(3);
  }
  function add(at) { clicks.push(at.wrap ? at : L.latLng(at)); show(); }
  function turn(on) {
    map.measuring = on;
    button.setAttribute("aria-pressed", on);
    map.getContainer().classList.toggle("measuring", on);
    clicks = [];
    drawn.clearLayers();
    told.hidden = !on;
    if (on) {
      map.closePopup();
      map.doubleClickZoom.disable();
      drawn.addTo(map);
      show();
    } else {
      map.doubleClickZoom.enable();
      drawn.remove();
    }
  }
  button.addEventListener("click", function () { turn(!map.measuring); });
  map.on("click", function (event) { if (map.measuring) add(event.latlng); });
  document.addEventListener("keydown", function (event) {
    if (!map.measuring || /INPUT|SELECT/.test(event.target.tagName)) return;
    if (event.key === "Escape") turn(false);
    else if (event.key === "Backspace") { clicks.pop(); show(); }
    else if (event.key === "Enter" && event.target === map.getContainer()) add(map.getCenter());
    else return;
    event.preventDefault();
  });
}
