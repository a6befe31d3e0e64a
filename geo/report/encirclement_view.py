"""Encirclement told at the terminal: border, bearings, groups, and the way there by rail.

Loads rich late, as `geo.report.terminal` does.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geo.report.wording import duration, money, number, percent

if TYPE_CHECKING:
    from rich.console import Group, RenderableType
    from rich.table import Table

    from geo.analysis.encirclement import Encirclement, Member, RailReach

__all__ = ["encirclement_view"]


def encirclement_view(found: Encirclement) -> Group:
    """Draw the measures of a set of states around another.

    Parameters
    ----------
    found
        What `geo.analysis.encircle` returned.

    Returns
    -------
    rich.console.Group
        Ready to print.
    """
    from rich.console import Group
    from rich.text import Text

    head = Text.assemble(
        (found.set_id, "bold cyan"),
        f"  around {found.around}: {number(found.shared_km)} of {number(found.land_border_km)} km",
        f" of land border, {percent(found.share)}",
    )
    return Group(
        head,
        _members(found),
        *_reasons(found),
        *_groups(found),
        Text(""),
        Text(f"Border of {found.around} by its distance to the nearest member"),
        _bands(found),
        *_views(found),
        *_caveats(found),
    )


def _members(found: Encirclement) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold dim")
    table.add_column("Member", style="bold", no_wrap=True)
    for title in ("Border km", "Share"):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column("Coast", no_wrap=True)
    table.add_column("Gauge", justify="right", no_wrap=True)
    for scenario in found.scenarios:
        table.add_column(f"Rail from Busan, {scenario}", justify="right")
    for member in found.members:
        table.add_row(
            member.name,
            number(member.shared_km) if member.shared_km else "–",
            percent(member.share) if member.shared_km else "–",
            "none" if member.landlocked else "yes",
            str(member.gauge_mm),
            *(_way(member, scenario) for scenario in found.scenarios),
        )
    return table


def _way(member: Member, scenario: str) -> str:
    way: RailReach = member.by_rail[scenario]
    if way.usd_per_feu is None:
        return "no way"
    return f"{way.goal}: USD {money(way.usd_per_feu)}, {duration(way.hours)}"


def _reasons(found: Encirclement) -> list[RenderableType]:
    """Say, for each member and scenario without a way, why there is none."""
    from rich.text import Text

    told = [
        Text(f"{member.name}, {scenario}: {member.by_rail[scenario].reason}", style="dim")
        for scenario in found.scenarios
        for member in found.members
        if member.by_rail[scenario].usd_per_feu is None
    ]
    return [*told, Text("")] if told else []


def _groups(found: Encirclement) -> list[RenderableType]:
    from rich.text import Text

    groups = " · ".join(" + ".join(group) for group in found.groups)
    blocks = "; ".join(
        f"{gauge} mm: {' · '.join(' + '.join(group) for group in groups)}"
        for gauge, groups in found.gauge_blocks.items()
    )
    return [
        Text(f"Groups that adjoin   {len(found.groups)}: {groups}"),
        Text(f"Blocks of one gauge  {blocks}"),
    ]


def _bands(found: Encirclement) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold dim")
    for column in ("Distance km", "Border km", "Share"):
        table.add_column(column, justify="right", no_wrap=True)
    for band in found.bands:
        if band.to_km == 0:
            distance = "the border itself"
        elif math.isinf(band.to_km):
            distance = f"over {number(band.from_km)}"
        else:
            distance = f"{number(band.from_km)}–{number(band.to_km)}"
        share = band.border_km / found.land_border_km
        table.add_row(distance, number(band.border_km), percent(share))
    return table


def _views(found: Encirclement) -> list[RenderableType]:
    from rich.text import Text

    return [
        Text(
            f"Seen from the {name} ({view.lat:.1f} N, {view.lon:.1f} E): members lie in "
            f"{view.coverage_deg:.1f}° of 360°; the largest gap is {view.largest_gap_deg:.1f}°, "
            f"from {view.largest_gap[0]:.1f}° clockwise"
        )
        for name, view in found.views.items()
    ]


def _caveats(found: Encirclement) -> list[RenderableType]:
    from rich.text import Text

    notes = ["Lengths as drawn at 1:10 million (Natural Earth), shorter than in nature."]
    if found.excluded:
        names = ", ".join(f"{name} {number(km, 1)} km" for name, km in found.excluded.items())
        notes.append(f"Not counted as a border of states: {names}.")
    if found.unassigned:
        names = ", ".join(f"{name} {number(km, 1)} km" for name, km in found.unassigned.items())
        notes.append(f"Counted, and shared with no member: disputed ground, {names}.")
    notes.append("The figures test the claim of a crescent around a state; they do not endorse it.")
    return [Text(""), *(Text(note, style="dim") for note in notes)]
