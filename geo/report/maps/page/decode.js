// Coordinates as geo/report/maps/packed.py wrote them: steps in whole units, five bits a letter.
var LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
var DIGITS = {};
LETTERS.split("").forEach(function (letter, value) { DIGITS[letter] = value; });

// One line as pairs of latitude and longitude, as Leaflet has them.
function decodeLine(text, scale) {
  var points = [], at = 0, x = 0, y = 0;
  function step() {
    var value = 0, unit = 1, digit;
    do {
      digit = DIGITS[text[at++]];
      value += (digit & 31) * unit;
      unit *= 32;
    } while (digit & 32);
    return value % 2 ? -(value + 1) / 2 : value / 2;
  }
  while (at < text.length) {
    x += step();
    y += step();
    points.push([y / scale, x / scale]);
  }
  return points;
}

// {kind: "P", "L" or "A", parts: polygons of rings, or one part of lines}
function decodeGeometry(text, decimals) {
  var scale = Math.pow(10, decimals);
  return {
    kind: text[0],
    parts: text.slice(1).split(",").map(function (part) {
      return part.split(" ").map(function (line) { return decodeLine(line, scale); });
    })
  };
}
