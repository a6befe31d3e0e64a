"""The small pieces of HTML behind a click: facts, and the bill of a route.

Every text is escaped here, once, on its way into HTML.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from geo.report.wording import (
    duration,
    is_indicative,
    money,
    number,
    percent,
    span,
    split_ids,
    status_words,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.route import Route

__all__ = ["facts", "route_popup", "tip"]

# A long bill is cut to its largest charges; the rest is summed in one row, so it still adds up.
_ROWS_SHOWN = 12


def tip(text: object) -> str:
    """Escape a text for HTML."""
    return escape(str(text))


def facts(title: str, rows: Mapping[str, object]) -> str:
    """Write a title and a list of facts, without those that are absent.

    Parameters
    ----------
    title
        The heading.
    rows
        Facts by name.

    Returns
    -------
    str
        Escaped HTML.
    """
    shown = {name: value for name, value in rows.items() if _present(value)}
    body = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(_words(value))}</td></tr>"
        for name, value in shown.items()
    )
    table = f"<table>{body}</table>" if body else ""
    return f'<div class="cr"><b>{escape(title)}</b>{table}</div>'


def route_popup(route: Route) -> str:
    """Write a route's figures and its bill.

    Parameters
    ----------
    route
        The route.

    Returns
    -------
    str
        Escaped HTML.
    """
    indicative = is_indicative(route.assumed_share)
    ends = f"{route.origin.name} → {route.destination.name}"
    usd = money(route.usd_per_feu, indicative=indicative)
    status = status_words(route.physical_status, route.legal_status)
    mark = " · indicative" if indicative else ""
    return (
        f'<div class="cr"><b>{escape(ends)}</b>'
        f'<div class="sub">{escape(route.corridor)} · {escape(route.scenario)}</div>'
        f'<div class="sum">USD {escape(usd)} · {escape(duration(route.hours))} · '
        f"{escape(number(route.distance_km))} km</div>"
        f'<div class="sub">USD {escape(span(route.usd_low, route.usd_high))} per FEU · '
        f"{escape(number(route.kg_co2_per_feu))} kg CO₂ · generalised USD "
        f"{escape(number(route.generalised_usd_per_feu))}<br>"
        f"{escape(percent(route.assumed_share))} assumed{mark} · {escape(status)}</div>"
        f"{_bill_table(route)}</div>"
    )


def _bill_table(route: Route) -> str:
    bill = route.bill
    order = bill["usd"].fillna(0.0).abs().sort_values(ascending=False, kind="stable").index
    shown = bill.loc[sorted(order[:_ROWS_SHOWN])]
    rest = bill.drop(shown.index)
    rows = [
        (
            f"{row['title'] or row['item']}" + (f", {row['where']}" if row["where"] else ""),
            money(row["usd"], indicative=row["confidence"] == "assumption"),
            duration(row["hours"]) if row["hours"] else "",
            str(row["source"]).replace(";", ", "),
        )
        for row in shown.to_dict("records")
    ]
    if len(rest):
        others = f"{len(rest)} smaller charges"
        rows.append((others, money(rest["usd"].sum()), duration(rest["hours"].sum()), ""))
    body = "".join(
        f'<tr><td>{escape(what)}</td><td class="n">{escape(usd)}</td>'
        f'<td class="n">{escape(time)}</td><td class="s">{escape(source)}</td></tr>'
        for what, usd, time, source in rows
    )
    total = (
        f'<tr class="t"><td>Total</td><td class="n">{escape(money(route.usd_per_feu))}</td>'
        f'<td class="n">{escape(duration(route.hours))}</td><td></td></tr>'
    )
    number_heads = '<th class="n">USD</th><th class="n">Time</th>'
    head = f"<tr><th>Charge</th>{number_heads}<th>Source</th></tr>"
    return f"<table>{head}{body}{total}</table>"


def _present(value: object) -> bool:
    return value is not None and value == value and _words(value) != ""  # noqa: PLR0124 - NaN


def _words(value: object) -> str:
    if isinstance(value, float):
        return number(value, 0 if value.is_integer() else 1)
    return str(value) if isinstance(value, str | int) else ", ".join(split_ids(value))
