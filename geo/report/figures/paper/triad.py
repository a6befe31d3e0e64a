"""Figure: the Northeast Asian Triad and soft balancing.

The power gap between China, Korea and Japan, the hub and its spokes, and the ties that the paper
proposes in their place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.analysis.alliances import alliance_network, ties_at
from geo.analysis.balance import weigh
from geo.analysis.state_sets import members_of
from geo.report.figures.paper.ground import Ground
from geo.report.figures.paper.sheet import Sheet
from geo.report.figures.style import COLOURS, SMALL_PT, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from geo.atlas import Atlas

__all__ = ["triad_figure"]

_WINDOW = (62.0, 8.0, 152.0, 55.0)
_PAPER_DATE = "2008-12-31"
_SEAS = {
    "east-sea": (134.4, 41.7),
    "yellow-sea": (122.9, 35.6),
    "south-china-sea": (113.7, 13.4),
    "east-china-sea": (123.0, 26.6),
}
_HUB = (0.955, 0.79)
"""Where the ties to Washington are led to, in parts of the map: it lies beyond the edge."""
_PANEL_IN = 1.45
_SOLID: dict[str, Any] = {"color": COLOURS["ink"], "linewidth": 2.0, "linestyle": "-"}
_MESH: dict[str, Any] = {"color": COLOURS["blue"], "linewidth": 1.7, "linestyle": (0, (5, 2.2))}
_SOFT: dict[str, Any] = {"color": "#b98a1d", "linewidth": 1.5, "linestyle": (0, (1.2, 1.6))}
_TRIAD = {"CHN": COLOURS["red"], "KOR": COLOURS["blue"], "JPN": COLOURS["green"]}
_NAMES = {
    "CHN": ("China", 103.0, 35.0),
    "MNG": ("Mongolia", 101.0, 45.7),
    "KAZ": ("Kazakhstan", 69.0, 48.6),
    "UZB": ("Uzbekistan", 64.2, 42.3),
    "KHM": ("Cambodia", 104.9, 9.6),
    "PHL": ("Philippines", 126.3, 9.6),
}
_LED = {
    "KOR": ("Korea\n(South)", (128.4, 30.6), (127.8, 36.0)),
    "PRK": ("Korea (North)", (121.3, 45.2), (126.6, 40.4)),
    "JPN": ("Japan", (138.9, 31.2), (137.6, 35.4)),
}


def triad_figure(atlas: Atlas) -> Figure:
    """Draw the triad, the hub and its spokes, and the ties of soft balancing.

    Parameters
    ----------
    atlas : Atlas

    Returns
    -------
    matplotlib.figure.Figure
        A page wide: a map in Albers' equal-area projection, and two panels: population and product
        of the three in 2008 and now, in multiples of South Korea's.
    """
    with styled():
        ground = Ground(atlas.boundaries, _WINDOW)
        sheet, axes = Sheet.with_map(
            ground,
            "Northeast Asian Triad and soft balancing",
            _measures(atlas),
            _caption(atlas),
            legend_rows=2,
            panel_in=_PANEL_IN,
        )
        _map(atlas, axes, ground)
        left, low, across, high = sheet.panel
        for indicator, title, start in (
            ("population", "People, South Korea = 1", 0.09),
            ("gdp", "GDP, South Korea = 1", 0.60),
        ):
            place = (left + start * across, low + 0.04 * high, 0.40 * across, 0.76 * high)
            _gap(atlas, sheet.figure.add_axes(place), indicator, title)
        _legend(sheet)
    return sheet.figure


def _map(atlas: Atlas, axes: Axes, ground: Ground) -> None:
    coalition = members_of(atlas, "soft-coalition-4")
    tints = {"CHN": "#f3cdb8", "KOR": "#9cc8e4", "JPN": "#a5d8c5", "PRK": COLOURS["mist"]}
    ground.draw(axes, dict.fromkeys(coalition, "#f6e6bd") | tints)
    ground.seas(axes, atlas.features.to_dict("records"), _SEAS)
    where = {
        str(row["iso3"]): (float(row["lon"]), float(row["lat"]))
        for row in atlas.capitals.to_dict("records")
    }
    spokes = members_of(atlas, "spokes")
    hub = _at_hub(ground)
    solid = ties_at(atlas, on=_PAPER_DATE, among=spokes)
    mesh = ties_at(atlas, on=_PAPER_DATE, kinds=["proposed"], among=spokes)
    soft = ties_at(atlas, on=_PAPER_DATE, kinds=["proposed"], among=("KOR", *coalition))
    for ties, look in ((soft, _SOFT), (mesh, _MESH), (solid, _SOLID)):
        for a, b in zip(ties["a"], ties["b"], strict=True):
            if "USA" in {a, b}:
                x, y = ground.xy(*where[a if b == "USA" else b])
                axes.plot([x, hub[0]], [y, hub[1]], zorder=5, **look)
            else:
                ground.tie(axes, where[a], where[b], zorder=5, **look)
    for iso3 in {*spokes, *coalition, "CHN"} - {"USA"}:
        x, y = ground.xy(*where[iso3])
        axes.plot(x, y, marker="o", color="white", markersize=5, markeredgecolor="black", zorder=6)
    for iso3, (name, lon, lat) in _NAMES.items():
        own: dict[str, Any] = {"fontweight": "bold", "fontsize": 10} if iso3 in _TRIAD else {}
        ground.words(axes, lon, lat, name, zorder=7, **own)
    for name, label, spot in _LED.values():
        weight = "normal" if "North" in name else "bold"
        ground.led(axes, label, spot, name, fontweight=weight, fontsize=8.5)
    axes.plot(*hub, marker="s", color=COLOURS["ink"], markersize=8, zorder=8)
    axes.annotate(
        "United States\n(Washington)",
        hub,
        xytext=(8, 9),
        textcoords="offset points",
        ha="right",
        fontsize=8,
        fontweight="bold",
        zorder=8,
    )


def _at_hub(ground: Ground) -> tuple[float, float]:
    left, low, right, high = ground.limits
    return left + _HUB[0] * (right - left), low + _HUB[1] * (high - low)


def _gap(atlas: Atlas, axes: Axes, indicator: str, title: str) -> None:
    """Draw how many times South Korea's figure each of the three has, then and now."""
    order = ("CHN", "JPN", "KOR")
    years = [2008, weigh(atlas, order, indicator).year]
    for place, (year, shade) in enumerate(zip(years, (0.45, 1.0), strict=True)):
        base = weigh(atlas, ["KOR"], indicator, year=year).value
        for row, iso3 in enumerate(order):
            ratio = weigh(atlas, [iso3], indicator, year=year).value / base
            at = row + (place - 0.5) * 0.38
            axes.barh(at, ratio, height=0.35, color=_TRIAD[iso3], alpha=shade)
            axes.text(ratio, at, f" {ratio:.1f}  ({year})", va="center", fontsize=SMALL_PT)
    axes.set_yticks(range(3), ["China", "Japan", "South\nKorea"])
    axes.invert_yaxis()
    axes.tick_params(axis="y", length=0)
    axes.set_xticks([])
    axes.set_xlim(0, axes.get_xlim()[1] * 1.42)
    axes.spines["bottom"].set_visible(False)
    axes.set_title(title, fontsize=8.5)


def _measures(atlas: Atlas) -> str:
    """Tell what the mesh does to the star, in measures of the network."""
    spokes = members_of(atlas, "spokes")
    before = alliance_network(atlas, on=_PAPER_DATE, among=spokes)
    after = alliance_network(
        atlas, on=_PAPER_DATE, kinds=["defence-treaty", "proposed"], among=spokes
    )
    return (
        f"Hub and spokes, {len(before.states)} states: density {before.density:.2f}, degree "
        f"centralisation {before.degree_centralisation:.2f}. With the proposed ties between "
        f"spokes: {after.density:.2f} and {after.degree_centralisation:.2f}."
    )


def _legend(sheet: Sheet) -> None:
    from matplotlib.lines import Line2D

    looks = [
        ("Treaty of defence with the United States", _SOLID),
        ("Proposed: mesh between the spokes", _MESH),
        ("Proposed: soft coalition of Korea", _SOFT),
    ]
    sheet.legend([Line2D([], [], label=label, **look) for label, look in looks], 2)


def _caption(atlas: Atlas) -> str:
    titles = dict(zip(atlas.sources["source_id"], atlas.sources["title"], strict=True))
    author = titles["crescent-2008-paper"].split(",")[0]
    return (
        f"Redrawn from data after the figure missing from the text of {author} (2008). Ties in "
        "force at the end of 2008; which pairs the paper's flexible network means is our "
        "reading.\nSources: treaties: National Bureau of Asian Research, Wikipedia; people and "
        "GDP at exchange rates: World Development Indicators; boundaries as held on the ground: "
        "Natural Earth; capitals: GeoNames. Albers' equal-area projection; ties to Washington are "
        "led to the corner of the map. Boundaries and names imply no judgement."
    )
