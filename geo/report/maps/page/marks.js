// A mark of a place on the canvas: a disc, or a cross on white where its look says so.
var Mark = L.CircleMarker.extend({
  _updatePath: function () {
    var renderer = this._renderer, at = this._point, arm = this.options.radius - 0.6;
    if (!this.options.cross) {
      L.CircleMarker.prototype._updatePath.call(this);
      return;
    }
    if (!renderer._drawing || this._empty() || !this.options.stroke) return;
    var context = renderer._ctx, options = this.options;
    context.save();
    context.lineCap = "round";
    context.globalAlpha = options.opacity;
    [["#ffffff", options.weight + 2.6], [options.color, options.weight]].forEach(function (look) {
      context.beginPath();
      context.moveTo(at.x - arm, at.y - arm);
      context.lineTo(at.x + arm, at.y + arm);
      context.moveTo(at.x + arm, at.y - arm);
      context.lineTo(at.x - arm, at.y + arm);
      context.strokeStyle = look[0];
      context.lineWidth = look[1];
      context.stroke();
    });
    context.restore();
  }
});
