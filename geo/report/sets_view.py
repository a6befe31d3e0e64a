"""State sets, their overlaps, the balance of groups and alliances, told at the terminal.

Loads rich late, as `geo.report.terminal` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.report.listing import listing
from geo.report.wording import number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Group
    from rich.table import Table

    from geo.analysis.alliances import NetworkMeasures
    from geo.analysis.balance import NeighbourPower, Weight

__all__ = ["balance_view", "network_view", "set_view", "sets_view"]


def sets_view(sets: Sequence[Mapping[str, Any]], overlaps: pd.DataFrame) -> Group:
    """Draw every set with its states by role, and the pairs of sets that overlap.

    Parameters
    ----------
    sets
        What `geo.analysis.set_summaries` returned.
    overlaps
        What `geo.analysis.overlaps` returned.

    Returns
    -------
    rich.console.Group
        Ready to print.
    """
    from rich.console import Group
    from rich.text import Text

    rows = [
        {
            "set": one["set"],
            "states": one["n"],
            "by role": "; ".join(
                f"{role}: {_few(states)}" for role, states in one["by_role"].items()
            ),
            "in the paper's words": f"“{one['quote']}”" if one["quote"] else "",
        }
        for one in sets
    ]
    return Group(
        listing(rows, ("set", "states", "by role", "in the paper's words")),
        Text("Overlaps (Jaccard: states in both over states in either)"),
        _overlaps(overlaps),
    )


def set_view(summary: Mapping[str, Any], rows: pd.DataFrame, overlaps: pd.DataFrame) -> Group:
    """Draw one set: its memberships with dates, and its overlaps with the others.

    Parameters
    ----------
    summary
        One of what `geo.analysis.set_summaries` returned.
    rows
        Its rows of `state_sets.csv`, with the column `name`.
    overlaps
        What `geo.analysis.overlaps` returned.

    Returns
    -------
    rich.console.Group
        Ready to print.
    """
    from rich.console import Group
    from rich.text import Text

    quote = f"  “{summary['quote']}”" if summary["quote"] else ""
    head = Text.assemble((str(summary["set"]), "bold cyan"), f"  {summary['n']} states{quote}")
    told = rows.rename(columns={"valid_from": "from", "valid_to": "until"}).fillna("")
    columns = ("iso3", "name", "role", "from", "until", "source_ids")
    mine = overlaps[(overlaps["set_a"] == summary["set"]) | (overlaps["set_b"] == summary["set"])]
    return Group(head, listing(told.to_dict("records"), columns), _overlaps(mine))


def balance_view(weights: Sequence[Weight], powers: Sequence[NeighbourPower]) -> Group:
    """Draw people and product of groups, and how states are outweighed by their neighbours.

    Parameters
    ----------
    weights
        What `geo.analysis.balance` returned.
    powers
        What `geo.analysis.neighbour_power` returned, for each state.

    Returns
    -------
    rich.console.Group
        Ready to print.
    """
    from rich.console import Group
    from rich.text import Text

    rows = [
        {
            "group": one.group,
            "what": one.indicator,
            "year": str(one.year),
            "value": f"{number(one.value / 1e6, 1)} m"
            if one.indicator == "population"
            else f"USD {number(one.value / 1e9)} bn",
            "of the world": _share(one.share_of_world),
            "left out": ", ".join(one.missing),
        }
        for one in weights
    ]
    buffers = [
        {
            "state": "+".join(one.states),
            "year": str(one.year),
            "neighbours' GDP over its own": ", ".join(
                f"{iso3} {ratio:.1f}" for iso3, ratio in one.ratios.items()
            ),
            "squeeze": f"{one.squeeze:.1f}",
            "between two greater": "yes" if one.sandwiched else "no",
            "no figure": ", ".join((*one.missing, *one.partial)),
        }
        for one in powers
    ]
    note = (
        "Squeeze: the second greatest ratio, so that both sides outweigh the state at least so "
        "many times. Buffer states lie between rivals (Fazal 2004); rivalry is not in the data."
    )
    parts = [listing(rows, tuple(rows[0]))]
    if buffers:
        parts.append(listing(buffers, tuple(buffers[0])))
    return Group(*parts, Text(note, style="dim"))


def network_view(measures: Mapping[str, NetworkMeasures], ties: pd.DataFrame) -> Group:
    """Draw measures of networks side by side, and the ties of the last one.

    Parameters
    ----------
    measures
        Measures by the name of each network.
    ties
        What `geo.analysis.ties_at` returned.

    Returns
    -------
    rich.console.Group
        Ready to print.
    """
    from rich.console import Group

    rows = [
        {
            "network": name,
            "states": str(len(one.states)),
            "ties": str(one.ties),
            "density": _two(one.density),
            "degree centralisation": _two(one.degree_centralisation),
            "betweenness centralisation": _two(one.betweenness_centralisation),
            "hub": one.hub or "none",
        }
        for name, one in measures.items()
    ]
    records = ties.to_dict("records")
    return Group(listing(rows, tuple(rows[0])), listing(records, ("a", "b", "kind", "tie")))


def _overlaps(frame: pd.DataFrame) -> Table:
    some = frame[frame["n_common"] > 0] if len(frame) else frame
    ordered = some.sort_values(["jaccard", "set_a", "set_b"], ascending=[False, True, True])
    rows = [
        {
            "set": row["set_a"],
            "and": row["set_b"],
            "jaccard": f"{row['jaccard']:.2f}",
            "in both": _few(str(row["common"]).split(";")),
        }
        for row in ordered.to_dict("records")
    ]
    return listing(rows, ("set", "and", "jaccard", "in both"))


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value * 100:.1f} %"


def _few(states: Sequence[str]) -> str:
    return ", ".join(states) if len(states) <= 10 else f"{len(states)} states"


def _two(value: float | None) -> str:
    return "–" if value is None or pd.isna(value) else f"{value:.2f}"
