"""Figure: a tornado, what a cost does when one unknown at a time goes from its P5 to its P95."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.errors import UsageError
from geo.report.figures.bands import BAND_MEASURES
from geo.report.figures.layout import finish, headline, new_sheet, wrapped
from geo.report.figures.style import COLOURS, SMALL_PT, Width, id_words, styled
from geo.report.wording import number

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from geo.atlas import Atlas

__all__ = ["tornado_figure", "variable_titles"]

_ROW_IN = 0.36
_FURNITURE_IN = 0.85
_LABEL_PART = 0.36
_NAMES: Final = {
    "prk": "North Korea",
    "korea": "Korea",
    "china": "China",
    "kazakhstan": "Kazakhstan",
    "carec": "by CAREC",
    "run": "running by rail,",
    "border": "border of",
    "tariff": "rail tariff,",
    "1520": "1520 mm",
    "lorry": "haulage by road,",
    "ab": "eastbound",
    "ba": "westbound",
}
"""Words for the parts of a group's id."""

_MEASURES: Final = {"money": "USD", "hours": "time", "co2": "CO2"}
_ROOM_PX = 4.0
_LEAST_SWING = 1e-9


def variable_titles(atlas: Atlas) -> dict[str, str]:
    """Return words for everything that a sweep may draw.

    Parameters
    ----------
    atlas : Atlas
        Its table of items gives the titles; rates of one cause go by the name of their group.

    Returns
    -------
    dict of str to str
        By ``item:measure`` and ``group:measure``, and the value of goods and of time.
    """
    titles = {"goods-value": "Value of the goods", "time-value": "Value of a day"}
    items = atlas.items
    for item, title in zip(items["item_id"], items["title"], strict=True):
        titles |= {f"{item}:{name}": f"{title} ({word})" for name, word in _MEASURES.items()}
    for group, size in items["group"].value_counts().items():
        name = " ".join(_NAMES.get(part, part) for part in str(group).split("-"))
        name = name[:1].upper() + name[1:]
        told = f"{name}, {size} rates moved together" if int(size) > 1 else name
        titles |= {f"{group}:{one}": f"{told} ({word})" for one, word in _MEASURES.items()}
    return {key: _plain(words) for key, words in titles.items()}


def _plain(words: str) -> str:
    """Say of a rate that stands for others that it is a typical one."""
    return words.replace(", class", ", typical")


def tornado_figure(
    frame: pd.DataFrame,
    titles: Mapping[str, str],
    *,
    measure: str = "generalised_usd",
    most: int = 12,
    title: str = "",
    width: Width | str = Width.page,
) -> Figure:
    """Draw the swings of one pair, the largest at the top.

    Parameters
    ----------
    frame : DataFrame
        Rows of one pair of `geo.analysis.sensitivity.tornado`: ``variable``, ``at_p5``,
        ``at_base``, ``at_p95`` and ``swing``, in the unit of the measure.
    titles : mapping of str to str
        Words for each variable, as of `variable_titles`; its id where there are none.
    measure : str
        What was measured: ``usd``, ``hours``, ``generalised_usd`` or ``kg_co2``.
    most : int
        So many unknowns at most; the note tells how many more there are.
    title : str
        Title; by default the pair.
    width : Width or str
        ``page`` (17 cm) or ``column`` (8.4 cm).

    Returns
    -------
    matplotlib.figure.Figure
        Bars from what the cost is at P5 and at P95 to what it is at the base (USD of the price
        year per FEU, days, or kg per FEU); the line is the base.

    Raises
    ------
    UsageError
        If the rows are of several pairs, or no unknown moves the cost.
    ValueError
        If there is no such width.
    """
    pairs = frame[["origin", "destination"]].drop_duplicates()
    if len(pairs) > 1:
        msg = f"a tornado is drawn for one pair of places, not for {len(pairs)}"
        raise UsageError(msg)
    moving = frame[frame["swing"] > _LEAST_SWING].sort_values(
        "swing", ascending=False, kind="stable"
    )
    if moving.empty:
        msg = "nothing that is unknown moves the cost of this pair"
        raise UsageError(msg)
    width = Width(width)
    shown = moving.head(most)
    unit = BAND_MEASURES[measure].unit
    with styled():
        figure = new_sheet(width, _FURNITURE_IN + _ROW_IN * len(shown))
        axes = figure.add_subplot()
        base = float(shown["at_base"].iloc[0]) / unit
        words = _draw(axes, shown, base, unit, BAND_MEASURES[measure].decimals)
        part = width.inches * (_LABEL_PART if width is Width.page else 0.5)
        names = [wrapped(titles.get(str(one), str(one)), part) for one in shown["variable"]]
        axes.set_yticks(range(len(shown)), names)
        _dress(axes, BAND_MEASURES[measure].title, width)
        headline(figure, title or " → ".join(id_words(str(end)) for end in pairs.iloc[0]))
        finish(figure, handles=_keys(), note=_note(base, measure, moving.iloc[most:]))
        _make_room(axes, words)
    return figure


def _draw(axes: Axes, rows: pd.DataFrame, base: float, unit: float, decimals: int) -> list[Any]:
    """Draw a bar to each end of every row, with what the cost is there; return the words."""
    written = []
    for at, row in enumerate(rows.to_dict("records")):
        ends = [float(row[name]) / unit for name in ("at_p5", "at_p95")]
        for end, look in zip(ends, _LOOKS, strict=True):
            axes.barh(
                at, end - base, left=base, height=0.6, edgecolor=COLOURS["ink"], lw=0.6, **look
            )
        # The lower figure stands left of the bar, the higher one right of it.
        low, high = min(*ends, base), max(*ends, base)
        for spot, side, shift in ((low, "right", -3), (high, "left", 3)):
            words = axes.annotate(
                number(spot, decimals),
                (spot, at),
                xytext=(shift, 0),
                textcoords="offset points",
                ha=side,
                va="center",
                fontsize=SMALL_PT - 0.5,
            )
            words.set_in_layout(False)
            written.append(words)
    axes.axvline(base, color=COLOURS["ink"], linewidth=1.0, zorder=5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    return written


_LOOKS: Final[tuple[dict[str, Any], ...]] = (
    {"color": "#9cc8e4", "hatch": ""},
    {"color": "#d55e00", "hatch": "////"},
)


def _keys() -> list[Any]:
    from matplotlib.patches import Patch

    return [
        Patch(facecolor=look["color"], hatch=look["hatch"], edgecolor=COLOURS["ink"], label=label)
        for look, label in zip(_LOOKS, ("unknown at its P5", "unknown at its P95"), strict=True)
    ]


def _make_room(axes: Axes, words: list[Any]) -> None:
    """Widen the scale until the figures beside the bars are inside."""
    for _ in range(3):
        inside = axes.get_window_extent()
        extents = [one.get_window_extent() for one in words]
        left = inside.x0 - min(extent.x0 for extent in extents) + _ROOM_PX
        right = max(extent.x1 for extent in extents) - inside.x1 + _ROOM_PX
        if max(left, right) <= 0:
            break
        low, high = axes.get_xlim()
        scale = (high - low) / inside.width * 1.2
        axes.set_xlim(low - max(left, 0.0) * scale, high + max(right, 0.0) * scale)


def _dress(axes: Axes, label: str, width: Width) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    axes.set_xlabel(label)
    axes.xaxis.set_major_locator(MaxNLocator(6 if width is Width.page else 3))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _position: number(value)))


def _note(base: float, measure: str, rest: pd.DataFrame) -> str:
    look = BAND_MEASURES[measure]
    told = number(base, look.decimals)
    notes = [
        f"One unknown at a time, the others at their base (the line, {told}).",
        "The route is chosen anew for every value.",
    ]
    if len(rest):
        swing = number(float(rest["swing"].iloc[0]) / look.unit, look.decimals)
        notes.append(f"{len(rest)} more unknowns swing it by {swing} or less.")
    return " ".join(notes)
