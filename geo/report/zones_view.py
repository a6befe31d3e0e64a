"""Zones told at the terminal: ground, neighbours, ways, people, and what the United States take.

Loads rich late, as `geo.report.terminal` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.report.wording import duration, money, number, short_name, span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Group, RenderableType
    from rich.table import Table

    from geo.analysis.zones import Zone
    from geo.outcome import Outcome

__all__ = ["zone_view", "zones_view"]

_NOTES = """\
Distances are geodesic. People: those of GeoNames' places of at least 1,000 only; in km as the \
crow flies and across any border, in hours at the wheel from the zone's door with the border \
hours of the scenario, nothing loaded.
Landed = value x (1 + duty) + transport to Los Angeles or Long Beach; duties without the \
surcharges of chapter 99. Where the value is an assumption, so is what it costs to land.\
""".splitlines()


def zones_view(zones: Sequence[Zone]) -> Group:
    """Draw all zones side by side.

    Parameters
    ----------
    zones
        What `geo.analysis.describe_zones` returned, at least one.

    Returns
    -------
    rich.console.Group
        Ready to print.
    """
    from rich.console import Group
    from rich.text import Text

    first = zones[0]
    head = Text.assemble(("Zones", "bold cyan"), f"  {first.scenario}")
    return Group(
        head,
        _ground(zones),
        _people(zones),
        _ways(zones),
        *_reasons(zones),
        Text("What the preference of KORUS is worth, USD per FEU"),
        _preferences(first),
        *_dim(_NOTES),
    )


def zone_view(zone: Zone) -> Group:
    """Draw one zone in full.

    Parameters
    ----------
    zone
        What `geo.analysis.describe_zone` returned.

    Returns
    -------
    rich.console.Group
        Ready to print.
    """
    from rich.console import Group
    from rich.text import Text

    head = Text.assemble((zone.place.name, "bold cyan"), f"  {zone.scenario}")
    return Group(
        head,
        _ground([zone]),
        _people([zone]),
        _near(zone),
        _ways([zone]),
        *_reasons([zone]),
        Text("Landed in the United States, USD per FEU"),
        _landed(zone),
        Text(f"Banned: {zone.landed[0].reason}", style="dim") if zone.landed else Text(""),
        Text("What the preference of KORUS is worth, USD per FEU"),
        _preferences(zone),
        *_dim((zone.note, *_NOTES)),
    )


def _dim(lines: Sequence[str]) -> list[RenderableType]:
    from rich.text import Text

    return [Text(line, style="dim") for line in lines if line]


def _empty_table(*columns: tuple[str, bool]) -> Table:
    """Return a table with columns of a title, and whether it holds numbers."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold dim")
    for title, is_number in columns:
        table.add_column(title, justify="right" if is_number else "left", no_wrap=is_number)
    return table


def _ground(zones: Sequence[Zone]) -> Table:
    table = _empty_table(
        *(("Zone", False), ("Status", False), ("Since", False), ("Until", False)),
        *(("Area km²", True), ("Planned km²", True)),
    )
    for zone in zones:
        table.add_row(
            short_name(zone.place.name),
            zone.status,
            zone.valid_from or "–",
            zone.valid_to or "–",
            *(number(km2, 1) for km2 in (zone.area_km2, zone.planned_area_km2)),
        )
    return table


def _people(zones: Sequence[Zone]) -> Table:
    table = _empty_table(
        ("People within", False),
        *((f"{radius:g} km", True) for radius in zones[0].people),
        *((f"{hours:g} h by road", True) for hours in zones[0].people_by_road),
    )
    for zone in zones:
        counts = (*zone.people.values(), *zone.people_by_road.values())
        table.add_row(short_name(zone.place.name), *(number(people) for people in counts))
    return table


def _near(zone: Zone) -> Table:
    table = _empty_table(
        ("Nearest", False),
        ("as the table says", False),
        ("km", True),
        ("computed", False),
        ("km", True),
    )
    for near in zone.near:
        named_km = number(near.named_km, 1)
        table.add_row(
            near.kind, near.named or "–", named_km, near.nearest, number(near.nearest_km, 1)
        )
    return table


def _ways(zones: Sequence[Zone]) -> Table:
    goals = [short_name(outcome.destination.name) for outcome in zones[0].ways]
    table = _empty_table(("USD per FEU, hours to", False), *((goal, True) for goal in goals))
    for zone in zones:
        table.add_row(short_name(zone.place.name), *(_way(outcome) for outcome in zone.ways))
    return table


def _way(outcome: Outcome) -> str:
    route = outcome.route
    if route is None:
        return "no way"
    cost = f"{money(route.usd_per_feu, indicative=route.indicative)}, {duration(route.hours)}"
    return cost if route.legal_status == "permitted" else f"{cost}\n{route.legal_status}"


def _reasons(zones: Sequence[Zone]) -> list[RenderableType]:
    told: dict[str, list[str]] = {}
    for zone in zones:
        for outcome in zone.ways:
            if outcome.route is None:
                pair = f"{short_name(zone.place.name)}-{short_name(outcome.destination.name)}"
                told.setdefault(outcome.reason, []).append(pair)
    return _dim([f"{', '.join(pairs)}: {reason}" for reason, pairs in told.items()])


def _landed(zone: Zone) -> Table:
    table = _empty_table(
        *(("Goods", False), ("HTS", False), ("Origin treated as", False), ("Value", True)),
        *(("Trust", False), ("Duty", True), ("Duty USD", True)),
        *(("Transport", True), ("Landed", True)),
    )
    for landed in zone.landed:
        table.add_row(
            landed.goods,
            landed.hts or "–",
            landed.treatment,
            money(landed.value_usd),
            landed.value_confidence,
            _points(landed.ad_valorem),
            *(money(usd) for usd in (landed.duty_usd, landed.transport_usd, landed.landed_usd)),
        )
    return table


def _points(share: float | None) -> str:
    """Write a duty in per cent, with the tenths that tariffs have."""
    return "–" if share is None else f"{number(100 * share, 1)} %"


def _preferences(zone: Zone) -> Table:
    table = _empty_table(
        *(("Goods", False), ("HTS", False), ("Margin", True)),
        *(("USD per FEU", True), ("Range", True), ("Trust in the value", False)),
    )
    for one in zone.preferences:
        table.add_row(
            one.goods,
            one.hts,
            _points(one.margin),
            money(one.usd_per_feu),
            span(one.usd_low, one.usd_high),
            one.value_confidence,
        )
    return table
