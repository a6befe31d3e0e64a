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
    short_name,
    span,
    status_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rich.console import Group, RenderableType
    from rich.table import Table

    from geo.costing import Charge
    from geo.route import Leg, Route, Steering

__all__ = ["route_view"]


def route_view(
    route: Route, *, sources: Mapping[str, str] | None = None, full: bool = False
) -> Group:
    """Draw a route from its headline down to the sources of its charges.

    Parameters
    ----------
    route : Route
        The route.
    sources : mapping of str to str, optional
        Titles of sources by id; without it the ids stand alone.
    full : bool, default False
        Whether the bill shows each rate as its source states it: in its own currency and year.

    Returns
    -------
    rich.console.Group
        Ready to print.
    """
    from rich.console import Group
    from rich.text import Text

    marks = _source_marks(route)
    return Group(
        *_headline(route),
        Text(""),
        _legs(route.legs),
        _bill(route, marks, full=full),
        *_notes(route),
        *_sources(marks, sources or {}),
    )


def _headline(route: Route) -> list[RenderableType]:
    from rich.padding import Padding
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
        f"USD {number(route.generalised_usd_per_feu)} generalised, of which "
        f"{number(route.generalised_usd_per_feu - route.usd_per_feu)} for time "
        f"({route.time_value.method}, goods: {route.goods.goods_id}; best by {route.objective})",
        style="dim",
    )
    status = Text(f"Status: {status_words(route.physical_status, route.legal_status)}")
    lines: list[RenderableType] = [title, figures, generalised, status]
    lines += [Padding(Text(note, style="yellow"), (0, 0, 0, 2)) for note in route.status_notes]
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
        padding=(0, 1, 0, 0),
        header_style="bold dim",
    )


def _legs(legs: Iterable[Leg]) -> Table:
    from rich.text import Text

    table = _new_table("Legs")
    table.add_column("By", no_wrap=True)
    for head in ("From", "To", "Line"):
        table.add_column(head, overflow="fold")
    table.add_column("Land", overflow="fold")
    for head in ("Gauge", "km", "Time", "USD"):
        table.add_column(head, justify="right", no_wrap=True)
    for leg in legs:
        moving = leg.mode in {"rail", "sea", "road", "access"}
        start, end, line = map(short_name, (leg.from_name, leg.to_name, leg.line))
        if not moving or line in {start, end}:
            line = ""
        cells = (
            "road" if leg.mode == "access" else leg.mode,
            start,
            "" if start == end and not moving else end,
            f"{line} (schematic)".strip() if leg.schematic else line,
            leg.country.replace(";", " "),
            "" if leg.gauge_mm is None else str(leg.gauge_mm),
            number(leg.km, 1) if leg.km else "",
            duration(leg.hours) if leg.hours else "",
            number(leg.usd) if leg.usd else "",
        )
        table.add_row(*(Text(cell) for cell in cells), style="" if moving else "dim")
    return table


def _bill(route: Route, marks: Mapping[str, int], *, full: bool) -> Table:
    """Draw every charge on a line of its own; its sources are numbers that stand below."""
    from rich.text import Text

    table = _new_table("Bill")
    table.add_column("Charge", overflow="fold")
    table.add_column("Where", overflow="fold", max_width=24)
    table.add_column("Quantity", justify="right", no_wrap=True)
    if full:
        table.add_column("Rate as its source states it", justify="right", overflow="fold")
    for head in ("USD", "Time", "kg CO₂"):
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("Source", overflow="fold", max_width=14, style="dim")
    before = ""
    for charge in route.charges.charges:
        where = short_name(charge.where)
        cells = (
            _words(charge),
            "" if where == before else where,
            f"{number(charge.quantity, _decimals(charge.quantity))} {charge.unit}",
            *([_original(charge)] if full else []),
            money(charge.usd, indicative=charge.assumed) if charge.usd else "",
            duration(charge.hours) if charge.hours else "",
            number(charge.kg_co2, 1) if charge.kg_co2 else "",
            ",".join(str(marks[source]) for source in charge.source_ids),
        )
        before = where
        table.add_row(*map(Text, cells))
    table.add_section()
    totals = (number(route.usd_per_feu), duration(route.hours), number(route.kg_co2_per_feu, 1))
    blank = [""] * (3 if full else 2)
    table.add_row(Text("Total"), *blank, *map(Text, totals), "", style="bold")
    return table


def _original(charge: Charge) -> str:
    """Return the money for one unit as its source states it, with currency and year."""
    money_of = charge.original
    if money_of is None or not charge.quantity or not money_of.amount:
        return ""
    rate = f"{money_of.amount / charge.quantity:.6g}"
    return f"{money_of.currency} {rate} per {charge.unit}, {money_of.price_year}"


def _brief(charge: Charge) -> str:
    """Drop the state from the words of a charge that is told beside it."""
    is_state = len(charge.where) == 3 and charge.where.isupper()
    return charge.title.partition(", ")[0] if is_state else charge.title


def _words(charge: Charge) -> str:
    """Name a charge, and say so where it is that of a class."""
    return f"{_brief(charge)} ({charge.class_note})" if charge.class_note else _brief(charge)


def _source_marks(route: Route) -> dict[str, int]:
    """Give each source its number, in the order in which the bill meets them."""
    ids = dict.fromkeys(s for charge in route.charges.charges for s in charge.source_ids)
    return {source: number for number, source in enumerate(ids, start=1)}


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
        f"Known freight lines were preferred: without that the best way would come to "
        f"{number(steering.unsteered)} {unit} ({steering.objective}), "
        f"{number(steering.difference)} {unit} less."
    )


def _sources(marks: Mapping[str, int], titles: Mapping[str, str]) -> list[RenderableType]:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    if not marks:
        return []
    listed = Table.grid(padding=(0, 1))
    listed.add_column(justify="right", style="dim")
    listed.add_column(overflow="fold", style="dim")
    for source, mark in marks.items():
        title = titles.get(source, "")
        listed.add_row(Text(str(mark)), Text(f"{source}: {title}" if title else source))
    return [Text(""), Text("Sources", style="bold"), Padding(listed, (0, 0, 0, 1))]
