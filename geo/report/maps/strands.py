"""Routes that share a track drawn side by side, as strands, at every zoom.

A little JavaScript: Leaflet itself cannot shift a line by pixels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["STRANDS_SCRIPT", "strand_shifts"]

_STEP = 2.4

STRANDS_SCRIPT = """
(function () {
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
  var plain = L.Polyline.prototype._projectLatlngs;
  L.Polyline.include({
    _projectLatlngs: function (latlngs, result, bounds) {
      plain.call(this, latlngs, result, bounds);
      if (this.options.shift && latlngs.length && L.LineUtil.isFlat(latlngs)) {
        result.push(shifted(result.pop(), this.options.shift));
      }
    }
  });
})();
"""


def strand_shifts(corridors: Sequence[str]) -> dict[str, float]:
    """Give each corridor its place in the bundle.

    Parameters
    ----------
    corridors
        Ids of corridors, in the order in which they lie side by side; "best" is drawn as a band
        below the bundle and gets no place of its own.

    Returns
    -------
    dict of str to float
        Pixels to the right of the way, negative to the left.
    """
    named = [corridor for corridor in dict.fromkeys(corridors) if corridor != "best"]
    middle = (len(named) - 1) / 2
    return {name: round((i - middle) * _STEP, 2) for i, name in enumerate(named)}
