// Lines whose look has a `shift` are moved sideways by as many pixels, at every zoom, so that
// routes on one track lie side by side; Leaflet itself cannot.

// Shift a line of pixels to its right; bends are mitred, tiny steps are left out first.
function shifted(points, by) {
  points = L.LineUtil.simplify(points, Math.max(1.2, 0.4 * Math.abs(by)));
  var count = points.length, result = [];
  for (var i = 0; i < count; i++) {
    var a = points[Math.max(i - 1, 0)], b = points[i], c = points[Math.min(i + 1, count - 1)];
    var inX = b.x - a.x, inY = b.y - a.y, outX = c.x - b.x, outY = c.y - b.y;
    var inLen = Math.hypot(inX, inY) || 1, outLen = Math.hypot(outX, outY) || 1;
    var x = inX / inLen + outX / outLen, y = inY / inLen + outY / outLen;
    var len = Math.hypot(x, y);
    if (len < 0.6) {  // a switchback: a strand beside it would make a spur
      result.push(b);
      continue;
    }
    var reach = by * (i && i < count - 1 ? Math.min(2 / len, 1.5) : 1);
    result.push(L.point(b.x - reach * y / len, b.y + reach * x / len));
  }
  return result;
}

var plainProjection = L.Polyline.prototype._projectLatlngs;
L.Polyline.include({
  _projectLatlngs: function (latlngs, result, bounds) {
    plainProjection.call(this, latlngs, result, bounds);
    if (this.options.shift && latlngs.length && L.LineUtil.isFlat(latlngs)) {
      var moved = shifted(result.pop(), this.options.shift);
      moved.forEach(function (point) { bounds.extend(point); });  // or the canvas cuts them off
      result.push(moved);
    }
  }
});
