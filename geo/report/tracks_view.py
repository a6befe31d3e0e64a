"""Two tracks told at the terminal: the grid, a path through it, or what each level changes.

Loads rich late, as `geo.report.terminal` does.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

from geo.report.wording import duration, money, number, short_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Group, RenderableType
    from rich.table import Table

    from geo.analysis.levels import Change, Ladders
    from geo.analysis.two_track import CellCosts, Step
    from geo.outcome import Outcome

__all__ = ["grid_view", "levels_view", "path_view"]


def grid_view(costs: Sequence[CellCosts], ladders: Ladders) -> Group:
    """Draw the grid once for each pair: integration down, sanctions across.

    Parameters
    ----------
    costs
        A cell of every rank of both tracks.
    ladders
        The levels, for their titles.

    Returns
    -------
    rich.console.Group
        Ready to print. Levels of sanctions that cost the same throughout share a column.
    """
    from rich.console import Group
    from rich.text import Text

    shown: list[RenderableType] = []
    for pair, outcome in enumerate(costs[0].outcomes):
        title = f"{_pair(outcome)}, USD per FEU and hours"
        shown += [Text(title, style="bold cyan"), _grid(costs, ladders, pair)]
    treatments = {one.cell.sanctions: one.cell.treatment for one in costs}
    words = [
        f"{level.rank} {level.title} (goods of the zones in the United States: "
        f"{treatments[level.rank]})"
        for level in ladders.by_axis["sanctions"]
    ]
    return Group(*shown, Text(f"Sanctions: {'; '.join(words)}."), *_caveats(costs))


def path_view(steps: Sequence[Step], costs: Sequence[CellCosts], ladders: Ladders) -> Group:
    """Draw a path, a line a step.

    Parameters
    ----------
    steps
        Steps of one path.
    costs
        The cell of each step.
    ladders
        The levels, for their titles.

    Returns
    -------
    rich.console.Group
        Ready to print.
    """
    from rich.console import Group
    from rich.text import Text

    table = _table("Step", "Sanctions", "Integration", "In the USA")
    for outcome in costs[0].outcomes:
        table.add_column(_pair(outcome), justify="right")
    for step, one in zip(steps, costs, strict=True):
        table.add_row(
            f"t+{step.step}",
            f"{step.sanctions} {ladders.level('sanctions', step.sanctions).title}",
            f"{step.integration} {ladders.level('integration', step.integration).title}",
            one.cell.treatment,
            *(_cost(one, pair) for pair in range(len(one.outcomes))),
        )
    head = Text.assemble((f"The {steps[0].path} path", "bold cyan"), ", USD per FEU and hours")
    return Group(head, table, *_caveats(costs))


def levels_view(ladders: Ladders) -> Group:
    """List every level with all that it changes.

    Parameters
    ----------
    ladders
        The levels.

    Returns
    -------
    rich.console.Group
        Ready to print.
    """
    from rich.console import Group

    table = _table("Axis", "Level", "Changes", "Sources")
    for axis, levels in ladders.by_axis.items():
        for level in levels:
            changes = [_change(change) for change in level.changes]
            if level.includes:
                changes.insert(0, f"brings {', '.join(level.includes)}")
            table.add_row(
                axis,
                f"{level.rank} {level.title}",
                "\n".join(changes) or "nothing",
                "\n".join(_sources_of(level.changes) or level.source_ids),
            )
        table.add_section()
    return Group(table)


def _table(*titles: str) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold dim")
    for title in titles:
        table.add_column(title, overflow="fold")
    return table


def _grid(costs: Sequence[CellCosts], ladders: Ladders, pair: int) -> Table:
    at = {(one.cell.sanctions, one.cell.integration): _cost(one, pair) for one in costs}
    rows = ladders.by_axis["integration"]
    columns = [
        (across.rank, [at[across.rank, row.rank] for row in rows])
        for across in ladders.by_axis["sanctions"]
    ]
    alike = [
        (list(group), cells) for cells, group in itertools.groupby(columns, key=lambda one: one[1])
    ]
    table = _table("Integration")
    for group, _ in alike:
        first, last = group[0][0], group[-1][0]
        ranks = str(first) if first == last else f"{first}–{last}"
        table.add_column(f"Sanctions {ranks}", justify="right", no_wrap=True)
    for place, row in enumerate(rows):
        table.add_row(f"{row.rank} {row.title}", *(cells[place] for _, cells in alike))
    return table


def _pair(outcome: Outcome) -> str:
    return f"{short_name(outcome.origin.name)} – {short_name(outcome.destination.name)}"


def _cost(one: CellCosts, pair: int) -> str:
    outcome = one.outcomes[pair]
    if outcome.route is None:
        return "no way"
    route, law = outcome.route, one.law_of(outcome)
    cost = f"{money(route.usd_per_feu, indicative=route.indicative)}, {duration(route.hours)}"
    return cost if law == "permitted" else f"{cost}\n{law}"


def _caveats(costs: Sequence[CellCosts]) -> list[RenderableType]:
    from rich.text import Text

    notes = [
        "The way is chosen by generalised cost, whatever the law says; the law stands below it.",
        "How long a step takes is not known: steps are counted, not dated.",
    ]
    if unchanged := sorted({words for one in costs for words in one.cell.unchanged}):
        notes.append(
            f"Unchanged for want of figures from before and after: {'; '.join(unchanged)}. "
            "Set them with --set ITEM:MEASURE=VALUE."
        )
    told: dict[str, None] = {}
    for one in costs:
        for outcome in one.outcomes:
            if outcome.route is None:
                told[f"{_pair(outcome)}: {outcome.reason}"] = None
    return [Text(note, style="dim") for note in (*told, *notes)]


def _change(change: Change) -> str:
    words = f"{change.change} {change.target}"
    if change.setting:
        words += f": {change.setting}"
    if not math.isnan(change.value):
        figures = (number(figure, 3) for figure in (change.value, change.low, change.high))
        value, low, high = figures
        words += f": {value} h ({low}–{high}, {change.confidence})"
    return words


def _sources_of(changes: Sequence[Change]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for change in changes for source in change.source_ids))
