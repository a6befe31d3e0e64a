"""The ground of a printed map: states in an equal-area projection, ties between capitals, names.

Shapes are projected by pyproj; areas in the drawing are true to those on the ellipsoid.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from pyproj import Transformer

from geo.earth import geodesic_line
from geo.report.figures.style import COLOURS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import geopandas as gpd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["Ground"]

_TOLERANCE_M = 4_000.0
_STEP_DEGREES = 1.0
_SMALLEST_M2 = 1.5e8
_MARGIN = 12.0
_LED_PART = 0.72


@dataclass(frozen=True, eq=False)
class Ground:
    """A window of the earth in Albers' equal-area projection.

    Attributes
    ----------
    boundaries : GeoDataFrame
        `Atlas.boundaries`, EPSG:4326.
    window : tuple of float
        West, south, east, north in degrees: points that must be inside the drawing.
    parallels : tuple of float
        The two standard parallels, degrees.
    """

    boundaries: gpd.GeoDataFrame
    window: tuple[float, float, float, float]
    parallels: tuple[float, float] = (20.0, 50.0)

    @property
    def projection(self) -> str:
        """The projection in words of PROJ, on the WGS84 ellipsoid."""
        west, south, east, north = self.window
        first, second = self.parallels
        return (
            f"+proj=aea +lat_1={first:g} +lat_2={second:g} +lat_0={(south + north) / 2:g} "
            f"+lon_0={(west + east) / 2:g} +datum=WGS84 +units=m"
        )

    @cached_property
    def _project(self) -> Transformer:
        return Transformer.from_crs("EPSG:4326", self.projection, always_xy=True)

    def xy(self, lon: Any, lat: Any) -> tuple[Any, Any]:
        """Project degrees to metres of the drawing."""
        x, y = self._project.transform(lon, lat)
        return x, y

    def shape(self, geometry: BaseGeometry, *, tolerance_m: float = _TOLERANCE_M) -> BaseGeometry:
        """Project a geometry in degrees, its straight lines curved and its detail thinned."""
        dense = shapely.segmentize(geometry, _STEP_DEGREES)

        def transform(points: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.column_stack(self.xy(points[:, 0], points[:, 1]))

        return shapely.simplify(shapely.transform(dense, transform), tolerance_m)

    @cached_property
    def _states(self) -> dict[str, BaseGeometry]:
        west, south, east, _north = self.window
        near = shapely.box(
            max(west - _MARGIN * 3, -180),
            max(south - _MARGIN, -85),
            min(east + _MARGIN * 3, 180),
            85,
        )
        shapes = {}
        labels = (
            self.boundaries["iso3"]
            .fillna("")
            .where(self.boundaries["iso3"].notna(), self.boundaries["name"])
        )
        for label, geometry in zip(labels, self.boundaries.geometry, strict=True):
            parts = shapely.get_parts(shapely.intersection(geometry, near))
            areas = [part for part in parts if part.geom_type == "Polygon"]
            if areas:
                shapes[str(label)] = self.shape(shapely.MultiPolygon(areas))
        return shapes

    def draw(self, axes: Axes, fills: Mapping[str, str]) -> None:
        """Draw the land, with some states in colours of their own.

        Parameters
        ----------
        axes : Axes
        fills : mapping of ISO code to colour
        """
        axes.set_facecolor(COLOURS["sea"])
        self._graticule(axes)
        for label, shape in sorted(self._states.items(), key=lambda item: item[0] in fills):
            fill = fills.get(label, COLOURS["land"])
            small = 0.0 if label in fills else _SMALLEST_M2
            kept = [part for part in shapely.get_parts(shape) if part.area >= small]
            _add_areas(axes, kept, facecolor=fill, edgecolor=COLOURS["edge"], linewidth=0.45)
        left, low, right, high = self.limits
        axes.set_xlim(left, right)
        axes.set_ylim(low, high)
        axes.set_aspect("equal")
        axes.set_xticks([])
        axes.set_yticks([])
        for side in axes.spines.values():
            side.set_visible(True)
            side.set_edgecolor(COLOURS["edge"])
            side.set_linewidth(0.8)

    def line(self, axes: Axes, geometry: BaseGeometry, **look: Any) -> None:
        """Draw a line in degrees."""
        for part in shapely.get_parts(self.shape(geometry)):
            x, y = part.xy
            axes.plot(x, y, **look)

    def tie(
        self, axes: Axes, start: tuple[float, float], end: tuple[float, float], **look: Any
    ) -> None:
        """Draw the geodesic between two points in degrees; what lies outside is cut off."""
        self.line(axes, geodesic_line(start, end), **look)

    @cached_property
    def limits(self) -> tuple[float, float, float, float]:
        """Left, low, right and high edge of the drawing, metres."""
        left, low, right, high = self.shape(
            shapely.box(*self.window).exterior, tolerance_m=1.0
        ).bounds
        return left, low, right, high

    @property
    def aspect(self) -> float:
        """Width of the drawing over its height."""
        left, low, right, high = self.limits
        return (right - left) / (high - low)

    def words(self, axes: Axes, lon: float, lat: float, text: str, **look: Any) -> None:
        """Write words at a point in degrees, with a light rim so that lines do not cross them."""
        from matplotlib import patheffects

        rim = [patheffects.withStroke(linewidth=2.2, foreground="white", alpha=0.85)]
        style: dict[str, Any] = {
            "ha": "center",
            "va": "center",
            "fontsize": 8.0,
            "color": COLOURS["ink"],
        }
        x, y = self.xy(lon, lat)
        axes.text(x, y, text, path_effects=rim, clip_on=True, **(style | look))

    def led(
        self,
        axes: Axes,
        label: tuple[float, float],
        spot: tuple[float, float],
        text: str,
        **look: Any,
    ) -> None:
        """Write words beside a small state, with a thin line that leads to it, in degrees."""
        (x, y), (at_x, at_y) = self.xy(*label), self.xy(*spot)
        # The line stops short of the words, so that it does not show between them.
        start = at_x + _LED_PART * (x - at_x), at_y + _LED_PART * (y - at_y)
        axes.plot(
            [start[0], at_x], [start[1], at_y], color=COLOURS["ink"], linewidth=0.6, zorder=6.5
        )
        self.words(axes, *label, text, zorder=8, **look)

    def seas(
        self,
        axes: Axes,
        features: Iterable[Mapping[Any, Any]],
        places: Mapping[str, tuple[float, float]],
    ) -> None:
        """Write the names of seas, every one in rival use, in the slant of water.

        Parameters
        ----------
        axes : Axes
        features : iterable of mapping
            Rows of `Atlas.features`.
        places : mapping of feature id to (lon, lat)
            The seas to name, and where their label is free of lines.
        """
        for row in features:
            if row["feature_id"] in places:
                lon, lat = places[row["feature_id"]]
                text = str(row["name"]).replace(" / ", " /\n")
                look = {"fontsize": 7.0, "style": "italic", "color": "#4f7590", "zorder": 7.0}
                self.words(axes, lon, lat, text, **look)

    def _graticule(self, axes: Axes) -> None:
        look = {"color": "#d5dee6", "linewidth": 0.5, "zorder": 0.5}
        west, south, east, north = self.window
        for lon in range(-180, 181, 10):
            if west - 3 * _MARGIN <= lon <= east + 3 * _MARGIN:
                self.line(
                    axes, shapely.LineString([(lon, south - 9), (lon, min(north + 9, 85))]), **look
                )
        for lat in range(-80, 81, 10):
            if south - _MARGIN <= lat <= north + _MARGIN:
                ends = [(west - 3 * _MARGIN, lat), (east + 3 * _MARGIN, lat)]
                self.line(axes, shapely.LineString(ends), **look)


def _add_areas(axes: Axes, areas: list[Any], **look: Any) -> None:
    """Add areas with their holes as one path."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    rings = [ring for area in areas for ring in (area.exterior, *area.interiors)]
    if rings:
        paths = [Path(np.asarray(ring.coords), closed=True) for ring in rings]
        axes.add_patch(PathPatch(Path.make_compound_path(*paths), **look))
