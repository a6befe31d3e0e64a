"""Figure: the Asian Crescent of Peace and Prosperity.

The six states around China, the border that they share with it, and what they weigh.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.analysis.balance import weigh
from geo.analysis.borders import contiguous_groups, shared_borders
from geo.analysis.encirclement import REGIONS
from geo.analysis.state_sets import members_of, set_rows
from geo.report.figures.paper.ground import Ground
from geo.report.figures.paper.sheet import CAPTION_PT, Sheet
from geo.report.figures.style import COLOURS, SMALL_PT, styled
from geo.report.wording import number

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from geo.atlas import Atlas

__all__ = ["crescent_figure"]

_WINDOW = (56.0, 5.0, 146.0, 54.5)
_SET = "crescent-6"
_SHARED = "#a63d00"
_ABREAST = 3
_ROW_IN = 0.68
_FIRST_IN, _LINE_IN = 0.2, 0.145
_PANEL_IN = _FIRST_IN + 2 * _ROW_IN + 0.26
_AROUND = "CHN"
_PAPER_DATE = "2008-12-31"
_SEAS = {
    "east-sea": (135.3, 40.2),
    "yellow-sea": (122.6, 35.2),
    "south-china-sea": (114.6, 12.6),
    "east-china-sea": (125.0, 28.3),
    "caspian-sea": (50.8, 41.0),
}
_GAUGES = {1000: COLOURS["sky"], 1435: "#c9d3dc", 1520: COLOURS["gold"]}
_NAMES = {
    "CHN": ("China", 101.0, 33.6),
    "KAZ": ("Kazakhstan", 67.5, 48.6),
    "UZB": ("Uzbekistan", 63.4, 41.6),
    "MNG": ("Mongolia", 98.6, 46.4),
    "MMR": ("Myanmar", 90.6, 17.2),
    "VNM": ("Vietnam", 110.9, 15.9),
    "KHM": ("Cambodia", 101.6, 9.2),
    "JPN": ("Japan", 137.6, 35.8),
    "RUS": ("Russia", 97.0, 54.4),
    "IND": ("India", 79.0, 22.5),
}
_LED = {
    "KOR": ("Korea (South)", (132.0, 30.6), (127.8, 36.2)),
    "PRK": ("Korea (North)", (121.8, 45.0), (126.6, 40.4)),
}


def crescent_figure(atlas: Atlas) -> Figure:
    """Draw the Crescent around China.

    Parameters
    ----------
    atlas : Atlas

    Returns
    -------
    matplotlib.figure.Figure
        A page wide: a map in Albers' equal-area projection with members by the gauge of their
        railways and the part of China's land border that they share; below it what each weighs.
    """
    with styled():
        ground = Ground(atlas.boundaries, _WINDOW)
        members = members_of(atlas, _SET)
        borders = shared_borders(atlas.boundaries)
        mine = _outer(borders)
        sheet, axes = Sheet.with_map(
            ground,
            "Asian Crescent of Peace and Prosperity",
            _measures(members, borders, mine),
            _caption(),
            legend_rows=2,
            panel_in=_PANEL_IN,
        )
        _map(atlas, axes, ground, members, mine)
        _weights(atlas, sheet, members, mine)
        _legend(sheet)
    return sheet.figure


def _outer(borders: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return China's land border, without the lines to its own regions."""
    mine = borders[(borders["a"] == _AROUND) | (borders["b"] == _AROUND)]
    mine = mine.assign(other=mine["a"].where(mine["b"] == _AROUND, mine["b"]))
    return mine[~mine["other"].isin(REGIONS[_AROUND])]


def _map(
    atlas: Atlas, axes: Axes, ground: Ground, members: tuple[str, ...], mine: gpd.GeoDataFrame
) -> None:
    gauge = dict(zip(atlas.states["iso3"], atlas.states["gauge_mm"], strict=True))
    fills = {iso3: _GAUGES[int(gauge[iso3])] for iso3 in members}
    ground.draw(axes, {"CHN": "#f1dcd2", "KOR": "#9cc8e4", "PRK": COLOURS["mist"]} | fills)
    ground.seas(axes, atlas.features.to_dict("records"), _SEAS)
    for shared, look in (
        (False, {"color": "#8a5a44", "linewidth": 1.0, "linestyle": (0, (3, 1.5))}),
        (True, {"color": _SHARED, "linewidth": 3.2, "solid_capstyle": "butt"}),
    ):
        for geometry in mine.geometry[mine["other"].isin(members) == shared]:
            ground.line(axes, geometry, zorder=4, **look)
    where = {
        str(row["iso3"]): (float(row["lon"]), float(row["lat"]))
        for row in atlas.capitals.to_dict("records")
    }
    for iso3 in members:
        ground.tie(
            axes,
            where["KOR"],
            where[iso3],
            color=COLOURS["blue"],
            linewidth=1.2,
            linestyle=(0, (1.2, 1.8)),
            zorder=5,
        )
    for iso3 in ("KOR", *members):
        x, y = ground.xy(*where[iso3])
        axes.plot(x, y, marker="o", color="white", markersize=5, markeredgecolor="black", zorder=6)
    for iso3, (name, lon, lat) in _NAMES.items():
        own: dict[str, Any] = {"fontweight": "bold", "fontsize": 9} if iso3 in members else {}
        quiet = {} if iso3 in {*members, "CHN", "KOR"} else {"color": COLOURS["quiet"]}
        ground.words(axes, lon, lat, name, zorder=7, **(own | quiet))
    for name, label, spot in _LED.values():
        ground.led(axes, label, spot, name)


def _weights(atlas: Atlas, sheet: Sheet, members: tuple[str, ...], mine: gpd.GeoDataFrame) -> None:
    """List each member: people, product, shared border, and standing in Shanghai, then and now."""
    shared = mine.groupby("other")["border_km"].sum()
    names = dict(zip(atlas.states["iso3"], atlas.states["name"], strict=True))
    order = sorted(members, key=lambda iso3: -float(shared.get(iso3, 0.0)))
    for place, iso3 in enumerate(order):
        row, column = divmod(place, _ABREAST)
        km = float(shared.get(iso3, 0.0))
        lines = (
            (
                f"{_figure(atlas, [iso3], 'population', 1e6)} m people, "
                f"USD {_figure(atlas, [iso3], 'gdp', 1e9)} bn"
            ),
            f"Shared with China: {number(km)} km" if km else "No border with China",
            f"SCO: {_standing(atlas, iso3)}",
        )
        x, y_in = column / _ABREAST, _FIRST_IN + row * _ROW_IN
        sheet.write(x, y_in, names[iso3], fontweight="bold")
        for below, line in enumerate(lines, start=1):
            sheet.write(x, y_in + below * _LINE_IN, line, fontsize=SMALL_PT)
    newest = weigh(atlas, members, "population").year, weigh(atlas, members, "gdp").year
    then, now = (
        f"{_figure(atlas, members, 'population', 1e6, year)} m people, USD "
        f"{_figure(atlas, members, 'gdp', 1e9, year)} bn"
        for year in (2008, None)
    )
    end_in = _FIRST_IN + 2 * _ROW_IN
    sheet.write(0.0, end_in, "The six together", fontweight="bold")
    years = f"{newest[0]} and {newest[1]}"
    for column, (when, figures) in enumerate((("2008", then), (years, now)), start=1):
        sheet.write(column / _ABREAST, end_in, when, fontsize=SMALL_PT)
        sheet.write(column / _ABREAST, end_in + _LINE_IN, figures, fontsize=SMALL_PT)
    told = f"Members: people {newest[0]}, GDP {newest[1]}"
    sheet.write(0.0, end_in + _LINE_IN, told, fontsize=CAPTION_PT, color=COLOURS["quiet"])


def _figure(
    atlas: Atlas, states: Any, indicator: str, scale: float, year: int | None = None
) -> str:
    value = weigh(atlas, states, indicator, year=year).value / scale
    return number(value, 1 if value < 10 else 0)


def _standing(atlas: Atlas, iso3: str) -> str:
    """Tell a state's role in the Shanghai Organisation when the paper was written, and now."""
    roles = [_role(set_rows(atlas, "sco", on=on), iso3) for on in (_PAPER_DATE, None)]
    return roles[0] if roles[0] == roles[1] else f"{roles[0]}, now {roles[1]}"


def _role(rows: pd.DataFrame, iso3: str) -> str:
    found = list(rows[rows["iso3"] == iso3]["role"])
    return str(found[0]).removeprefix("dialogue-") if found else "none"


def _measures(members: tuple[str, ...], borders: pd.DataFrame, mine: pd.DataFrame) -> str:
    whole = float(mine["border_km"].sum())
    shared = float(mine[mine["other"].isin(members)]["border_km"].sum())
    groups = contiguous_groups(borders, members)
    return (
        f"The six share {number(shared)} of {number(whole)} km of China's land border "
        f"({shared / whole:.0%}, as drawn at 1:10 million) and lie in {len(groups)} groups that do "
        "not adjoin: a broken crescent."
    )


def _legend(sheet: Sheet) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    edge = COLOURS["edge"]
    handles = [
        Patch(facecolor=_GAUGES[1520], edgecolor=edge, label="Railways of 1520 mm"),
        Patch(facecolor=_GAUGES[1000], edgecolor=edge, label="Railways of 1000 mm"),
        Line2D([], [], color=_SHARED, lw=3.2, label="Border shared with China"),
        Line2D([], [], color="#8a5a44", lw=1, ls=(0, (3, 1.5)), label="Rest of China's border"),
        Line2D([], [], color=COLOURS["blue"], lw=1.2, ls=(0, (1.2, 1.8)), label="Proposed ties"),
    ]
    sheet.legend(handles, 3)


def _caption() -> str:
    return (
        "Redrawn from data after the figure missing from the text of Im Hyug-baeg (2008). The "
        "figures test the claim of a crescent around a state; they do not endorse it. SCO: "
        "Shanghai Cooperation Organisation.\nSources: people and GDP: World Development "
        "Indicators; standing in the SCO: head-post, opoyi, Wikimili; boundaries as held on the "
        "ground: Natural Earth; capitals: GeoNames. Albers' equal-area projection. Boundaries and "
        "names imply no judgement."
    )
