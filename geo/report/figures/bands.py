"""Figure: bands of uncertainty from a sweep, a row for each way, pair and state of the world."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from geo.analysis.sweep_summary import QUANTILES
from geo.costing import PRICE_YEAR
from geo.errors import UsageError
from geo.report.figures.layout import finish, headline, new_sheet
from geo.report.figures.style import COLOURS, SMALL_PT, TINTS, Width, id_words, styled
from geo.report.wording import number, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    from geo.route import Route

__all__ = ["BAND_MEASURES", "bands_figure"]

_ROW_IN = 0.34
_FURNITURE_IN = 0.85
_OF_ROUTE: Final = {
    "usd": "usd_per_feu",
    "hours": "hours",
    "generalised_usd": "generalised_usd_per_feu",
    "kg_co2": "kg_co2_per_feu",
}
_BASE_LOOK: Final[dict[str, Any]] = {
    "marker": "D",
    "markersize": 4.5,
    "linestyle": "none",
    "color": "white",
    "markeredgecolor": COLOURS["ink"],
    "markeredgewidth": 1.0,
    "zorder": 6,
}
_HATCHES: Final = ("", "////", "....", "\\\\\\\\", "xxxx", "----")


class _Axis(NamedTuple):
    """How a measure is drawn."""

    title: str
    short: str
    unit: float
    decimals: int


BAND_MEASURES: Final = {
    "usd": _Axis("Money, USD per FEU", "Money", 1.0, 0),
    "hours": _Axis("Time, days", "Time", 24.0, 1),
    "generalised_usd": _Axis("Generalised, USD per FEU", "Generalised", 1.0, 0),
    "kg_co2": _Axis("CO2, kg per FEU", "CO2", 1.0, 0),
}
"""What can be drawn of a sweep."""


def bands_figure(
    summary: pd.DataFrame,
    *,
    measures: Sequence[str] = ("usd", "hours", "generalised_usd"),
    title: str = "",
    told: str = "",
    bases: Sequence[Route] = (),
    width: Width | str = Width.page,
) -> Figure:
    """Draw the quantiles of a sweep: P5 to P95 as a line, P25 to P75 as a box, the median a bar.

    Parameters
    ----------
    summary : DataFrame
        `Sweep.summary`: a row for each scenario, corridor, origin and destination, with the
        columns ``usd_p5`` to ``usd_p95`` and so on, in USD of the price year per FEU, h and kg.
    measures : sequence of str
        One panel each, of ``usd``, ``hours``, ``generalised_usd`` and ``kg_co2``.
    title : str
        Title; by default the ends, if all rows share them.
    told : str
        What the note says of the draws, such as their number and seed.
    bases : sequence of Route
        Ways at the base of every rate; each is marked in the row of its corridor, ends and state
        of the world.
    width : Width or str
        ``page`` (17 cm, panels side by side) or ``column`` (8.4 cm, one above the other).

    Returns
    -------
    matplotlib.figure.Figure
        Money in USD per FEU, time in days, CO2 in kg per FEU; the median stands above its box.

    Raises
    ------
    UsageError
        If no row has a route, or a measure is none.
    ValueError
        If there is no such width.
    """
    strange = [name for name in measures if name not in BAND_MEASURES]
    if strange or not measures:
        what = f"unknown measure {strange[0]!r}" if strange else "no measure is named"
        msg = f"{what}; one of {', '.join(BAND_MEASURES)}"
        raise UsageError(msg)
    rows = summary[summary["p_route"] > 0].reset_index(drop=True)
    if rows.empty:
        msg = "no way of this sweep leads anywhere in any draw: there is no band to draw"
        raise UsageError(msg)
    width = Width(width)
    scenarios = list(dict.fromkeys(rows["scenario"]))
    beside = width is Width.page
    shape = (1, len(measures)) if beside else (len(measures), 1)
    height = _ROW_IN * len(rows) + _FURNITURE_IN
    with styled():
        figure = new_sheet(width, height if beside else height * len(measures))
        panels = figure.subplots(*shape, sharey=beside, squeeze=False).ravel()
        for place, (axes, measure) in enumerate(zip(panels, measures, strict=True)):
            _draw(axes, rows, measure, scenarios)
            _draw_bases(axes, rows, measure, bases)
            _dress(axes, BAND_MEASURES[measure])
            if place == 0 or not beside:
                axes.set_yticks(range(len(rows)), _labels(rows))
                axes.set_ylim(len(rows) - 0.45, -0.62)
        headline(figure, title or _title(rows))
        keys: list[Any] = (
            [_key(name, at) for at, name in enumerate(scenarios)] if len(scenarios) > 1 else []
        )
        keys += [_base_key()] if bases else []
        finish(figure, handles=keys, note=_note(summary, told, based=bool(bases)))
    return figure


def _draw(axes: Axes, rows: pd.DataFrame, measure: str, scenarios: Sequence[str]) -> None:
    """Draw a line, a box and a bar for each row."""
    look = BAND_MEASURES[measure]
    for at, row in enumerate(rows.to_dict("records")):
        low, first, middle, third, high = (
            float(row[f"{measure}_{name}"]) / look.unit for name in QUANTILES
        )
        tone = scenarios.index(row["scenario"])
        axes.plot([low, high], [at, at], color=COLOURS["ink"], lw=0.9, marker="|", ms=5, zorder=2)
        axes.barh(
            at,
            third - first,
            left=first,
            height=0.42,
            color=TINTS[tone % len(TINTS)],
            hatch=_HATCHES[tone % len(_HATCHES)],
            edgecolor=COLOURS["ink"],
            linewidth=0.7,
            zorder=3,
        )
        axes.plot([middle] * 2, [at - 0.25, at + 0.25], color=COLOURS["ink"], lw=2.0, zorder=4)
        axes.text(
            middle,
            at - 0.27,
            number(middle, look.decimals),
            ha="center",
            va="bottom",
            fontsize=SMALL_PT - 0.5,
            zorder=5,
        )


def _draw_bases(axes: Axes, rows: pd.DataFrame, measure: str, bases: Sequence[Route]) -> None:
    """Mark what each row costs where every rate is at its base."""
    look = BAND_MEASURES[measure]
    for at, row in enumerate(rows.to_dict("records")):
        for base in bases:
            names = [{end.place_id, end.name} for end in (base.origin, base.destination)]
            ends = row["origin"] in names[0] and row["destination"] in names[1]
            if ends and (base.corridor, base.scenario) == (row["corridor"], row["scenario"]):
                value = float(getattr(base, _OF_ROUTE[measure])) / look.unit
                axes.plot(value, at, gid="base", **_BASE_LOOK)


def _base_key() -> Line2D:
    from matplotlib.lines import Line2D

    return Line2D([], [], label="base of the tables", **_BASE_LOOK)


def _dress(axes: Axes, look: _Axis) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    axes.set_xlabel(look.title)
    axes.margins(x=0.08)
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _position: number(value)))


def _labels(rows: pd.DataFrame) -> list[str]:
    """Name each row by what sets it apart from the others."""
    parts = [name for name in ("corridor", "scenario") if len(set(rows[name])) > 1]
    pair = len(set(rows["origin"])) > 1 or len(set(rows["destination"])) > 1
    told = []
    for row in rows.to_dict("records"):
        words = [str(row[name]) for name in parts or ["corridor"]]
        if pair:
            words.insert(0, f"{id_words(row['origin'])} – {id_words(row['destination'])}")
        share = float(row["p_route"])
        told.append(", ".join(words) + ("" if share == 1 else f"\nin {percent(share)} of draws"))
    return told


def _ends(rows: pd.DataFrame) -> str:
    pairs = list(dict.fromkeys(zip(rows["origin"], rows["destination"], strict=True)))
    return " → ".join(map(id_words, pairs[0])) if len(pairs) == 1 else ""


def _title(rows: pd.DataFrame) -> str:
    """Name the ends and the state of the world that all rows share."""
    worlds = list(dict.fromkeys(rows["scenario"]))
    return ", ".join(part for part in (_ends(rows), *worlds[: len(worlds) == 1]) if part)


def _key(scenario: str, tone: int) -> Patch:
    from matplotlib.patches import Patch

    return Patch(
        facecolor=TINTS[tone % len(TINTS)],
        hatch=_HATCHES[tone % len(_HATCHES)],
        edgecolor=COLOURS["ink"],
        label=scenario,
    )


def _note(summary: pd.DataFrame, told: str, *, based: bool) -> str:
    lost: list[Any] = summary[~(summary["p_route"] > 0)].to_dict("records")
    notes = [
        "Line: P5 to P95; box: P25 to P75; bar and figure: median.",
        f"USD of {PRICE_YEAR}.",
    ]
    if told:
        notes.append(told)
    if based:
        notes.append(
            "The median lies off the base because most ranges reach further up than down, and "
            "other routes win in some draws."
        )
    if lost:
        names = dict.fromkeys(f"{row['corridor']} ({row['scenario']})" for row in lost)
        notes.append(f"Without a route in any draw: {', '.join(names)}.")
    return " ".join(notes)
