"""One route told in the terminal: headline, legs, bill, statuses and sources.

Loads rich late, as `geo.report.terminal` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.report.wording import (
    INDICATIVE_NOTE,
    duration,
    money,
    number,
    percent,
    span,
    split_ids,
    status_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rich.console import Group, RenderableType
    from rich.table import Table

    from geo.route import Leg, Route, Steering

__all__ = ["route_view"]


def route_view(route: Route, *, sources: Mapping[str, str] | None = None) -> Group:
    """Draw a route from its headline down to the sources of its charges.

    Parameters
    ----------
    route : Route
        The route.
    sources : mapping of str to str, optional
        Titles of sources by id; without it the ids stand alone.

    Returns
    -------
    rich.console.Group
        Ready to print.
    """
    from rich.console import Group
    from rich.text import Text

    return Group(
        *_headline(route),
        Text(""),
        _legs(route.legs),
        _bill(route),
        *_notes(route),
        *_sources(route, sources or {}),
    )


def _headline(route: Route) -> list[RenderableType]:
    from rich.text import Text

    way = "" if route.corridor == "best" else f" by {route.corridor}"
    title = Text(f"{route.origin.name} → {route.destination.name}{way}", style="bold")
    title.append(f"   {route.scenario}", style="cyan")
    usd = money(route.usd_per_feu, indicative=route.indicative)
    figures = Text.assemble(
        (f"USD {usd}", "bold green"),
        f" per FEU ({span(route.usd_low, route.usd_high)})   ",
        (duration(route.hours), "bold"),
        f"   {number(route.distance_km)} km   {number(route.kg_co2_per_feu)} kg CO₂",
    )
    generalised = Text(
        f"USD {number(route.generalised_usd_per_feu)} generalised "
        f"(goods {route.goods.goods_id}, time by {route.time_value.method}, "
        f"best by {route.objective})",
        style="dim",
    )
    status = Text(f"Status: {status_words(route.physical_status, route.legal_status)}")
    lines: list[RenderableType] = [title, figures, generalised, status]
    lines += [Text(f"  {note}", style="yellow") for note in route.status_notes]
    return lines


def _new_table(title: str) -> Table:
    from rich import box
    from rich.table import Table

    return Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        header_style="bold dim",
    )


def _legs(legs: Iterable[Leg]) -> Table:
    from rich.text import Text

    table = _new_table("Legs")
    for head in ("By", "From", "To", "Line", "Land"):
        table.add_column(head, overflow="fold")
    for head in ("Gauge", "km", "Time", "USD"):
        table.add_column(head, justify="right", no_wrap=True)
    for leg in legs:
        line = f"{leg.line} (schematic)".strip() if leg.schematic else leg.line
        cells = (
            leg.mode,
            leg.from_name,
            leg.to_name if leg.to_name != leg.from_name else "",
            line,
            leg.country,
            "" if leg.gauge_mm is None else str(leg.gauge_mm),
            number(leg.km, 1) if leg.km else "",
            duration(leg.hours) if leg.hours else "",
            number(leg.usd) if leg.usd else "",
        )
        moving = leg.mode in {"rail", "sea", "road"}
        table.add_row(*(Text(str(cell or "")) for cell in cells), style="" if moving else "dim")
    return table


def _bill(route: Route) -> Table:
    from rich.text import Text

    table = _new_table("Bill")
    table.add_column("Charge", overflow="fold")
    table.add_column("Where", overflow="fold")
    for head in ("Quantity", "USD", "Time", "kg CO₂"):
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("Source", overflow="fold", style="dim")
    for row in route.bill.to_dict("records"):
        assumed = row["confidence"] == "assumption"
        cells = (
            str(row["title"] or row["item"]),
            str(row["where"]),
            f"{number(row['quantity'], _decimals(row['quantity']))} {row['unit']}",
            money(row["usd"], indicative=assumed) if row["usd"] else "",
            duration(row["hours"]) if row["hours"] else "",
            number(row["kg_co2"], 1) if row["kg_co2"] else "",
            str(row["source"]).replace(";", "; "),
        )
        table.add_row(*map(Text, cells))
    table.add_section()
    totals = (number(route.usd_per_feu), duration(route.hours), number(route.kg_co2_per_feu, 1))
    table.add_row(Text("Total"), "", "", *map(Text, totals), "", style="bold")
    return table


def _decimals(quantity: float) -> int:
    return 0 if float(quantity).is_integer() else 1


def _notes(route: Route) -> list[RenderableType]:
    from rich.text import Text

    notes = []
    if route.missing:
        notes.append(Text(f"Incomplete: no rate for {', '.join(route.missing)}", style="red"))
    share = f"{percent(route.assumed_share)} of the money rests on assumptions."
    notes.append(Text(share, style="dim"))
    if route.indicative:
        notes.append(Text(f"{INDICATIVE_NOTE}.", style="yellow"))
    if route.steering is not None:
        notes.append(Text(_steering_words(route.steering), style="dim"))
    return list(notes)


def _steering_words(steering: Steering) -> str:
    unit = {"hours": "h", "co2": "kg CO₂"}.get(steering.objective, "USD")
    return (
        f"Known freight lines were preferred: the best way without that preference has "
        f"{steering.objective} of {number(steering.unsteered)} {unit}, "
        f"{number(steering.difference)} {unit} less."
    )


def _sources(route: Route, titles: Mapping[str, str]) -> list[RenderableType]:
    from rich.text import Text

    ids = sorted({source for cell in route.bill["source"] for source in split_ids(cell)})
    known = [(source, titles[source]) for source in ids if titles.get(source)]
    if not known:
        return []
    lines: list[RenderableType] = [Text("Sources", style="bold")]
    lines += [Text(f"  {source}: {title}", style="dim") for source, title in known]
    return lines
