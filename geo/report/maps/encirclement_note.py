"""The panel of the map of encirclement: members, groups, bearings, and the border by distance."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

from geo.report.maps.notes import NoteRow, answer, bar, folded, sentence, table
from geo.report.maps.rose import rose
from geo.report.wording import duration, money, number, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.analysis.encirclement import Encirclement, Member

__all__ = ["encirclement_note"]

_COVERED = "#c4003c"


def encirclement_note(found: Encirclement, middle: str, colours: Sequence[str]) -> str:
    """Write what `crescent encircle` prints, as a panel.

    Parameters
    ----------
    found
        What `geo.analysis.encircle` returned.
    middle
        Name of the state in the middle.
    colours
        CSS colour of each group of members, in the order of the groups.

    Returns
    -------
    str
        HTML, escaped.
    """
    named = {member.iso3: member.name for member in found.members}
    colour_of = {
        iso3: colour for group, colour in zip(found.groups, colours, strict=True) for iso3 in group
    }
    groups = " · ".join(" + ".join(named[iso3] for iso3 in group) for group in found.groups)
    html = (
        sentence(
            f"Members share {percent(found.share)} of the land border of {middle}: "
            f"{number(found.shared_km)} of {number(found.land_border_km)} km."
        )
        + _members(found, colour_of)
        + sentence(f"{len(found.groups)} groups that adjoin: {groups}.")
    )
    html += folded("Rail from Busan", _ways(found))
    html += folded("Bearings", _bearings(found), is_open=True)
    html += folded("The border by its distance to the nearest member", _bands(found))
    caveats = ["Lengths as drawn at 1:10 million (Natural Earth), shorter than in nature."]
    if found.excluded:
        names = ", ".join(f"{name} {number(km, 1)} km" for name, km in found.excluded.items())
        caveats.append(f"Not counted as a border of states: {names}.")
    if found.unassigned:
        names = ", ".join(f"{name} {number(km, 1)} km" for name, km in found.unassigned.items())
        caveats.append(f"Counted, and shared with no member: disputed ground, {names}.")
    caveats.append("The figures test the claim of a crescent; they do not endorse it.")
    return answer("The measure", html + folded("What the figures are", sentence(" ".join(caveats))))


def _members(found: Encirclement, colour_of: dict[str, str]) -> str:
    rows = [
        NoteRow(
            (
                member.name,
                number(member.shared_km) if member.shared_km else "–",
                percent(member.share) if member.shared_km else "–",
                "none" if member.landlocked else "yes",
                str(member.gauge_mm),
            ),
            picture=bar(colour_of[member.iso3]),
            key=member.iso3,
        )
        for member in found.members
    ]
    return table(("Member", "Border km", "Share", "Coast", "Gauge mm"), rows)


def _ways(found: Encirclement) -> str:
    rows = [
        NoteRow((member.name, *(_way(member, scenario) for scenario in found.scenarios)))
        for member in found.members
    ]
    html = table(("Member", *found.scenarios), rows)
    reasons = [
        f"{member.name}, {scenario}: {member.by_rail[scenario].reason}."
        for scenario in found.scenarios
        for member in found.members
        if member.by_rail[scenario].usd_per_feu is None
    ]
    return html + "".join(sentence(reason, quiet=True) for reason in reasons)


def _way(member: Member, scenario: str) -> str:
    way = member.by_rail[scenario]
    if way.usd_per_feu is None:
        return "no way"
    return f"USD {money(way.usd_per_feu)}, {duration(way.hours)}"


def _bearings(found: Encirclement) -> str:
    pictures = []
    for name, view in found.views.items():
        words = (
            f"From the {name} members lie in {view.coverage_deg:.1f}° of 360°; the largest gap is "
            f"{view.largest_gap_deg:.1f}°, from {view.largest_gap[0]:.1f}° clockwise."
        )
        picture = rose(view.covered, colour=_COVERED, words=words)
        pictures.append(f"<figure>{picture}<figcaption>{escape(words)}</figcaption></figure>")
    return f'<div class="cr-roses">{"".join(pictures)}</div>'


def _bands(found: Encirclement) -> str:
    rows = []
    for band in found.bands:
        if band.to_km == 0:
            distance = "the border itself"
        elif math.isinf(band.to_km):
            distance = f"over {number(band.from_km)} km"
        else:
            distance = f"{number(band.from_km)} to {number(band.to_km)} km"
        share = percent(band.border_km / found.land_border_km)
        rows.append(NoteRow((distance, number(band.border_km), share)))
    return table(("Distance", "Border km", "Share"), rows)
