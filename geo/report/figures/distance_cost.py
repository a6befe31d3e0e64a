"""Figures: cost by distance, along real ways and by mode from the rate card, with break-evens."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from geo.analysis.distance_cost import Profile, all_crossings, break_even_km
from geo.errors import UsageError
from geo.report.figures.breakdown import route_label, title_of
from geo.report.figures.labels import Label, place_labels
from geo.report.figures.layout import finish, headline, new_sheet
from geo.report.figures.style import COLOURS, DASHES, HUES, Width, styled
from geo.report.wording import INDICATIVE_MARK, INDICATIVE_NOTE, USD_PER_FEU, money, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from geo.analysis.distance_cost import Crossing, ModeLine
    from geo.route import Route

__all__ = ["distance_cost_figure", "mode_lines_figure", "real_crossings"]

_HEIGHTS_IN: Final = {Width.page: 3.9, Width.column: 3.2}
_EVENLY: Final = frozenset({"sea", "through"})
_END_MARKERS: Final = ("o", "s", "^", "D", "v", "P")
_BEYOND: Final = 1.5
_BEFORE: Final = 0.012
_NEAR: Final = 0.03
_MOST_TOLD: Final = 8


def distance_cost_figure(
    routes: Sequence[Route],
    *,
    labels: Sequence[str] | None = None,
    title: str = "",
    width: Width | str = Width.page,
) -> Figure:
    """Draw what has been paid by each kilometre of some ways, and where two of them cost alike.

    Parameters
    ----------
    routes : sequence of Route
        Between the same two places; one line each.
    labels : sequence of str, optional
        Words for each; by default corridor and scenario.
    title : str
        Title; by default the ends and the state of the world, if all routes share them.
    width : Width or str
        ``page`` (17 cm) or ``column`` (8.4 cm).

    Returns
    -------
    matplotlib.figure.Figure
        USD per FEU against km along each way. Steps are terminals and borders; the line is thin
        where one price for a whole stretch (a ship, a through train) is spread over it. Diamonds
        are break-even points, with their km, as of `real_crossings`.

    Raises
    ------
    UsageError
        If there is no route, or a rate of one is missing.
    ValueError
        If there is not one label for each, or no such width.
    """
    if not routes:
        msg = "no way between the two places can be drawn by its distance"
        raise UsageError(msg)
    words = list(labels) if labels is not None else [route_label(one, routes) for one in routes]
    if len(words) != len(routes):
        msg = f"{len(routes)} routes, but {len(words)} labels"
        raise ValueError(msg)
    profiles = [Profile.of(route, name) for route, name in zip(routes, words, strict=True)]
    points = real_crossings(profiles)
    width = Width(width)
    with styled():
        figure = new_sheet(width, _HEIGHTS_IN[width])
        axes = figure.add_subplot()
        for at, profile in enumerate(profiles):
            _draw_profile(axes, profile, at)
        _draw_points(axes, [(point.km, point.usd) for point in points])
        _dress(axes, "km along each way")
        axes.set_xlim(left=-_BEFORE * max(float(profile.km[-1]) for profile in profiles))
        headline(figure, title or title_of(routes))
        finish(
            figure,
            handles=_keys(words, [route.indicative for route in routes], some_points=bool(points)),
            note=_note(routes, profiles, points),
        )
        ends = [
            Label(float(one.km[-1]), float(one.usd[-1]), money(float(one.usd[-1])))
            for one in profiles
        ]
        near = _NEAR * max(float(one.km[-1]) for one in profiles)
        place_labels(
            axes,
            [*ends, *_crowds(points, near)],
            lines=[list(zip(one.km, one.usd, strict=True)) for one in profiles],
        )
    return figure


def real_crossings(profiles: Sequence[Profile]) -> list[Crossing]:
    """Return the break-even points that do not hang on how one price is spread over a stretch.

    Parameters
    ----------
    profiles : sequence of Profile
        The ways, each with a name of its own.

    Returns
    -------
    list of Crossing
        Those of `all_crossings` where neither way is within a ship's or a through train's
        stretch: half of such a price is never paid.
    """
    by_name = {profile.name: profile for profile in profiles}
    return [
        point
        for point in all_crossings(profiles)
        if not any(
            _within_one_price(by_name[name], point.km)
            for name in (point.cheaper_before, point.cheaper_after)
        )
    ]


def _within_one_price(profile: Profile, km: float) -> bool:
    return any(
        kind in _EVENLY and start < km < end
        for kind, start, end in zip(profile.kinds, profile.km[:-1], profile.km[1:], strict=True)
    )


def _draw_profile(axes: Axes, profile: Profile, number_of: int) -> None:
    """Draw a line piece by piece, thin where its price is for the whole stretch."""
    look: dict[str, Any] = {
        "color": HUES[number_of % len(HUES)],
        "solid_capstyle": "butt",
        "zorder": 3,
    }
    start = 0
    kinds = profile.kinds
    for end in range(1, len(kinds) + 1):
        if end < len(kinds) and (kinds[end] in _EVENLY) == (kinds[start] in _EVENLY):
            continue
        evenly = kinds[start] in _EVENLY
        axes.plot(
            profile.km[start : end + 1],
            profile.usd[start : end + 1],
            linestyle=DASHES[number_of % len(DASHES)],
            linewidth=0.8 if evenly else 1.8,
            gid=f"way-{number_of}-{start}",
            **look,
        )
        start = end
    axes.plot(
        profile.km[-1],
        profile.usd[-1],
        marker=_END_MARKERS[number_of % len(_END_MARKERS)],
        markersize=5.5,
        linestyle="none",
        **look,
    )
    borders = [at for at, kind in enumerate(kinds) if kind == "border"]
    axes.plot(
        profile.km[borders],
        profile.usd[borders],
        marker="_",
        markersize=6,
        linestyle="none",
        **look,
    )


def _crowds(points: Sequence[Crossing], near: float) -> list[Label]:
    """Write the km of break-even points; of those that are near each other from first to last."""
    crowds: list[list[Crossing]] = []
    for point in points:
        if crowds and point.km - crowds[-1][-1].km < near:
            crowds[-1].append(point)
        else:
            crowds.append([point])
    labels = []
    for crowd in crowds:
        last = crowd[-1]
        words = f"{number(last.km)} km"
        if len(crowd) > 1:
            words = f"{len(crowd)} from {number(crowd[0].km)} to {words}"
        labels.append(Label(last.km, last.usd, words))
    return labels


def _draw_points(axes: Axes, points: Sequence[tuple[float, float]]) -> None:
    """Mark break-even points."""
    if points:
        axes.plot(
            *zip(*points, strict=True),
            marker="D",
            markersize=4.5,
            linestyle="none",
            color="white",
            markeredgecolor=COLOURS["ink"],
            markeredgewidth=1.0,
            zorder=6,
            gid="break-even",
        )


def _keys(words: Sequence[str], indicative: Sequence[bool], *, some_points: bool) -> list[Any]:
    from matplotlib.lines import Line2D

    keys = [
        Line2D(
            *([], []),
            color=HUES[at % len(HUES)],
            linestyle=DASHES[at % len(DASHES)],
            marker=_END_MARKERS[at % len(_END_MARKERS)],
            markersize=4.5,
            linewidth=1.6,
            label=f"{word} {INDICATIVE_MARK}" if unsure else word,
        )
        for at, (word, unsure) in enumerate(zip(words, indicative, strict=True))
    ]
    return [*keys, _point_key()] if some_points else keys


def _point_key() -> Any:
    from matplotlib.lines import Line2D

    return Line2D(
        *([], []),
        marker="D",
        markersize=4.5,
        linestyle="none",
        color="white",
        markeredgecolor=COLOURS["ink"],
        label="break-even",
    )


def _note(routes: Sequence[Route], profiles: Sequence[Profile], points: Sequence[Crossing]) -> str:
    kinds = {kind for profile in profiles for kind in profile.kinds}
    notes = ["Steps: terminals and, with a tick, borders."]
    if kinds & _EVENLY:
        notes.append(
            "Thin: one price for a whole stretch (ship, through train), spread over it; no "
            "break-even is marked there."
        )
    notes.append("Ways differ in length, so a km of one brings a box as far as a km of another")
    notes[-1] += " only roughly."
    if points:
        told = [
            f"{one.cheaper_before} then {one.cheaper_after}, {number(one.km)} km"
            for one in points[:_MOST_TOLD]
        ]
        more = len(points) - _MOST_TOLD
        notes.append(f"Cheaper so far: {'; '.join(told)}{f'; {more} more' if more > 0 else ''}.")
    if any(route.indicative for route in routes):
        notes.append(f"{INDICATIVE_NOTE}.")
    return " ".join(notes)


def mode_lines_figure(
    lines: Sequence[ModeLine],
    *,
    note: str = "",
    title: str = "",
    width: Width | str = Width.page,
) -> Figure:
    """Draw the classic lines of cost by distance, a fixed part and a rate per km for each mode.

    Parameters
    ----------
    lines : sequence of ModeLine
        As of `geo.analysis.distance_cost.mode_lines`.
    note : str
        Where the rates hold, and what the fixed parts are.
    title : str
    width : Width or str
        ``page`` (17 cm) or ``column`` (8.4 cm).

    Returns
    -------
    matplotlib.figure.Figure
        USD per FEU against km; diamonds where two lines cross, with the closed form's km.

    Raises
    ------
    UsageError
        If there is no line.
    ValueError
        If there is no such width.
    """
    if not lines:
        msg = "there is no line by distance to draw"
        raise UsageError(msg)
    points = []
    for one, other in combinations(lines, 2):
        km = break_even_km(one, other)
        if km is not None:
            points.append((km, one.usd(km)))
    far = _BEYOND * max((km for km, _ in points), default=1000.0)
    width = Width(width)
    with styled():
        figure = new_sheet(width, _HEIGHTS_IN[width])
        axes = figure.add_subplot()
        for at, line in enumerate(lines):
            _draw_line(axes, line, far, at)
        _draw_points(axes, points)
        _dress(axes, "km")
        headline(figure, title)
        axes.set_xlim(0.0, far)
        keys = _keys(
            [_rate_words(line) for line in lines],
            [line.assumed for line in lines],
            some_points=bool(points),
        )
        finish(figure, handles=keys, note=_mode_note(lines, note))
        place_labels(
            axes,
            [Label(km, usd, f"{number(km)} km") for km, usd in points],
            lines=[[(0.0, line.usd(0.0)), (far, line.usd(far))] for line in lines],
        )
    return figure


def _draw_line(axes: Axes, line: ModeLine, far: float, at: int) -> None:
    hue = HUES[at % len(HUES)]
    axes.plot(
        [0.0, far],
        [line.usd(0.0), line.usd(far)],
        color=hue,
        linestyle=DASHES[at % len(DASHES)],
        linewidth=1.8,
        gid=f"mode-{at}",
        zorder=3,
    )
    axes.plot(
        0.0,
        line.usd(0.0),
        marker=_END_MARKERS[at % len(_END_MARKERS)],
        color=hue,
        markersize=5.5,
        clip_on=False,
        zorder=5,
    )


def _rate_words(line: ModeLine) -> str:
    ends = f"{line.usd_per_km_low:.2f}–{line.usd_per_km_high:.2f}"
    return f"{line.name}: {number(line.fixed_usd)} + {line.usd_per_km:.2f} per km ({ends})"


def _mode_note(lines: Sequence[ModeLine], note: str) -> str:
    notes = [note] if note else []
    notes.append("In brackets the range of the rate; each km the same by every mode.")
    if any(line.assumed for line in lines):
        notes.append(f"{INDICATIVE_MARK} rests on an assumed rate.")
    return " ".join(notes)


def _dress(axes: Axes, label: str) -> None:
    from matplotlib.ticker import FuncFormatter

    axes.grid()
    axes.spines["left"].set_visible(True)
    axes.set_xlabel(label)
    axes.set_ylabel(USD_PER_FEU)
    thin = FuncFormatter(lambda value, _position: money(value))
    axes.xaxis.set_major_formatter(thin)
    axes.yaxis.set_major_formatter(thin)
    axes.set_ylim(bottom=0.0)
