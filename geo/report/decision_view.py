"""Decisions, rankings and robustness told at the terminal.

Loads rich late, as `geo.report.terminal` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geo.report.frames import frame_view
from geo.report.wording import number, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from geo.analysis.decide import Decision
    from geo.analysis.decisions import BreakEven
    from geo.analysis.projects import Effects, SubsetCosts
    from geo.analysis.rankings import Region, Verdict
    from geo.analysis.robustness import Robustness

__all__ = ["decision_view", "projects_view", "robustness_view", "verdicts_view"]

_LINKS_SHOWN = 20


def decision_view(decision: Decision) -> list[RenderableType]:
    """Draw what decides between some ways.

    Parameters
    ----------
    decision
        What `geo.analysis.decide.decide` returned.

    Returns
    -------
    list of renderables
        Ready to print.
    """
    from rich.text import Text

    head = Text.assemble(
        (f"{decision.origin} → {decision.destination}", "bold cyan"), f"  {decision.scenario}"
    )
    titles = {
        "goods": "Goods",
        "value_usd": "Value USD",
        "corridor": "Corridor",
        "usd_per_feu": "USD",
        "days": "Days",
        "generalised_usd_per_feu": "Generalised",
        "winner": "Wins",
    }
    table = decision.by_goods.assign(
        winner=["wins" if won else "" for won in decision.by_goods["winner"]]
    )
    if decision.scale is not None:
        titles["share"] = "Logit share"
        table["share"] = [percent(share) for share in table["share"]]
    lines: list[RenderableType] = [head, frame_view(table, titles, decimals={"days": 1})]
    lines += [Text(sentence) for one in decision.break_evens for sentence in _sentences(one)]
    lines += [
        Text(f"{way}: no route, {reason}", style="dim")
        for way, reason in decision.without_route.items()
    ]
    if decision.scale is not None:
        note = f"Logit over generalised costs with the stated scale of {number(decision.scale)} USD"
        lines.append(Text(f"{note}; a share is no forecast.", style="dim"))
    return lines


def _sentences(one: BreakEven) -> list[str]:
    """Say what decides between two ways."""
    faster, slower = one.faster.name, one.slower.name
    if one.dominates:
        other = slower if one.dominates == faster else faster
        told = [f"{one.dominates} dominates {other}: no dearer and no slower, whatever the goods."]
    elif one.value_usd is None:
        told = [f"{faster} and {slower} ask the same."]
    else:
        value, per_day = number(one.value_usd), f"{100 * one.per_day:g} %"
        told = [
            f"{faster} beats {slower} above a value of {value} USD per FEU, at {per_day} a day."
        ]
    goods = f"For these goods ({number(one.goods_usd)} USD)"
    if one.rate_usd is None:
        told.append(f"{goods} {slower} loses even if it is free.")
    else:
        told.append(f"{goods} both cost the same when {slower} asks {number(one.rate_usd)} USD.")
        if one.slower.lane_usd > 0 and one.lane_usd is None:
            told.append(f"{goods} {slower} loses even if its ships are free.")
        elif one.lane_usd is not None:
            told.append(
                f"That is a sea rate of {number(one.lane_usd)} USD; it is "
                f"{number(one.slower.lane_usd)} USD."
            )
    return told


def verdicts_view(verdicts: Sequence[Verdict]) -> list[RenderableType]:
    """Draw published rankings and what becomes of them.

    Parameters
    ----------
    verdicts
        What `geo.analysis.rankings.verdict_of` returned.

    Returns
    -------
    list of renderables
        Ready to print.
    """
    from rich.text import Text

    lines: list[RenderableType] = []
    for one in verdicts:
        low, high = one.bounds
        lines += [
            Text.assemble((one.study, "bold cyan"), f"  first: {one.winner}; ", one.verdict),
            Text(
                f"{one.origin} to {one.destination}, {one.scenario}; value of an hour within "
                f"{number(low, 2)} to {number(high, 2)} USD per FEU:"
            ),
            *(Text(f"  {_region(region)}") for region in one.regions),
        ]
        if one.anywhere != one.regions and {r.corridor for r in one.anywhere} != {
            r.corridor for r in one.regions
        }:
            lines.append(Text("At any weight, from money alone to time alone:"))
            lines += [Text(f"  {_region(region)}") for region in one.anywhere]
        if not one.wins and one.least_excess_usd is not None:
            lines.append(
                Text(
                    f"  {one.winner} exceeds the best by {number(one.least_excess_usd)} USD per "
                    "FEU at least"
                )
            )
        if one.without_way:
            lines.append(Text(f"  without a way: {', '.join(one.without_way)}", style="dim"))
        lines.append(Text(""))
    return lines


def _region(region: Region) -> str:
    open_end = 1e6
    upper = f"to {number(region.high, 2)}" if region.high < open_end else "up"
    return f"{region.corridor}: from {number(region.low, 2)} {upper} USD an hour"


def projects_view(costs: SubsetCosts, effects: Effects, *, unit: str) -> list[RenderableType]:
    """Draw projects alone and as a system.

    Parameters
    ----------
    costs
        What `geo.analysis.projects.subset_costs` returned.
    effects
        Effects to rank by.
    unit
        Unit of the effects, in words.

    Returns
    -------
    list of renderables
        Ready to print.
    """
    from rich.text import Text

    titles = {
        "project": "Project",
        "alone": "Alone",
        "rank_alone": "Rank",
        "last": "Last of all",
        "share": "Shapley share",
        "rank_system": "Rank in system",
        "joined": "Pairs joined",
    }
    decimals = dict.fromkeys(("alone", "last", "share"), 2)
    table = effects.ranking()
    joined = costs.joined
    alone = dict(zip([p.project_id for p in costs.projects], joined.alone, strict=True))
    table["joined"] = [int(alone[project]) for project in table["project"]]
    compared = int(costs.comparable.sum())
    lines: list[RenderableType] = [
        Text(f"Effect in {unit}", style="bold cyan"),
        frame_view(table, titles, decimals=decimals, whole=("project",)),
        Text(
            f"Jointly {number(effects.joint, 2)}; the sum alone is "
            f"{number(effects.joint - effects.interaction, 2)}, interaction "
            f"{number(effects.interaction, 2)}. Shares add up to the joint effect."
        ),
        Text(
            f"{compared} of {int(costs.pairs.apart.sum())} pairs have a way without any project; "
            f"all projects together join {int(joined.joint)} more.",
            style="dim",
        ),
    ]
    notable = sorted(
        (
            (float(effects.pair_interactions[a, b]), effects.projects[a], effects.projects[b])
            for a in range(len(effects.projects))
            for b in range(a)
            if abs(effects.pair_interactions[a, b]) > 1e-9
        ),
        key=lambda found: -abs(found[0]),
    )
    lines += [
        Text(
            f"{one.project_id} and {other.project_id} "
            f"{'help each other' if value > 0 else 'stand in for each other'}: {number(value, 2)}"
        )
        for value, one, other in notable[:5]
    ]
    return lines


def robustness_view(found: Robustness, *, unit: str) -> list[RenderableType]:
    """Draw what each link is worth.

    Parameters
    ----------
    found
        What `geo.analysis.robustness.robustness` returned.
    unit
        Unit of the objective, in words.

    Returns
    -------
    list of renderables
        Ready to print.
    """
    from rich.text import Text

    ranking = found.ranking()
    table = ranking.head(_LINKS_SHOWN).assign(
        rise_share=[percent(share) for share in ranking["mean_rise_share"].head(_LINKS_SHOWN)],
        carried_share=[percent(share) for share in ranking["carried_share"].head(_LINKS_SHOWN)],
    )
    titles = {
        "link": "Lost",
        "name": "Name",
        "pairs_cut": "Pairs cut",
        "pairs_dearer": "Dearer",
        "mean_rise": f"Mean rise, {unit}",
        "rise_share": "Share",
        "carried_share": "Carries",
    }
    lines: list[RenderableType] = [
        Text("Criticality: pairs cut off, then the mean rise of the least cost", style="bold cyan"),
        frame_view(table, titles, whole=("link",)),
    ]
    if len(ranking) > _LINKS_SHOWN:
        lines.append(Text(f"{len(ranking) - _LINKS_SHOWN} more in --json.", style="dim"))
    routes = pd.DataFrame(
        [
            {
                "pair": f"{pair.origin} - {pair.destination}",
                "routes": "one ground" if pair.routes is None else str(pair.routes),
                "cut": ", ".join(pair.cut),
            }
            for pair in found.routes
        ]
    )
    lines += [
        Text("Independent routes, that share no crossing, port, passage or service", style="bold"),
        frame_view(routes, {"pair": "Pair", "routes": "Routes", "cut": "One smallest cut"}),
        Text("Crossings whose trains are counted", style="bold"),
        _capacities(found),
    ]
    return lines


def _capacities(found: Robustness) -> RenderableType:
    table = pd.DataFrame([one.to_dict() for one in found.capacities])
    titles = {
        "name": "Crossing",
        "trains_day": "Trains/day",
        "trains_date": "Counted",
        "teu_year": "TEU/year",
    }
    if table["demand_teu_year"].notna().any():
        table["carried"] = [percent(share) for share in table["share_carried"].astype(float)]
        titles |= {"demand_teu_year": "Demand TEU/year", "carried": "Can carry"}
    return frame_view(table, titles, decimals={"trains_day": 1})
