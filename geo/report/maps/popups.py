"""The small pieces of HTML behind a click: facts, and the bill of a route.

Every text is escaped here, once, on its way into HTML.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from geo.report.charges import stops
from geo.report.wording import (
    duration,
    is_indicative,
    money,
    number,
    percent,
    short_name,
    span,
    split_ids,
    status_words,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.route import Route

__all__ = ["facts", "route_popup", "tip"]


def tip(text: object) -> str:
    """Escape a text for HTML, and for the template strings in which folium puts some of it."""
    return _escaped(str(text))


def facts(title: str, rows: Mapping[str, object], *, also: str = "") -> str:
    """Write a title and a list of facts, without those that are absent.

    Parameters
    ----------
    title
        The heading.
    rows
        Facts by name.
    also
        Other names, below the heading.

    Returns
    -------
    str
        Escaped HTML.
    """
    # End tags that HTML lets one leave out are left out: there are thousands of rows.
    shown = {name: value for name, value in rows.items() if _present(value)}
    body = "".join(
        f"<tr><th>{_escaped(name)}<td>{_escaped(_words(value))}" for name, value in shown.items()
    )
    table = f"<table>{body}</table>" if body else ""
    below = f'<div class="sub">{_escaped(also)}</div>' if also else ""
    return f'<div class="cr"><b>{_escaped(title)}</b>{below}{table}</div>'


def route_popup(
    route: Route,
    *,
    categories: Mapping[str, str] | None = None,
    states: Mapping[str, str] | None = None,
    corridors: Mapping[str, str] | None = None,
) -> str:
    """Write a route's figures and its bill, in the order of travel.

    Parameters
    ----------
    route
        The route.
    categories
        Category of each item, by id.
    states
        Names of states, by iso3.
    corridors
        Names of corridors, by id.

    Returns
    -------
    str
        Escaped HTML.
    """
    corridor = (corridors or {}).get(route.corridor, route.corridor)
    indicative = is_indicative(route.assumed_share)
    ends = f"{route.origin.name} → {route.destination.name}"
    usd = money(route.usd_per_feu, indicative=indicative)
    status = status_words(route.physical_status, route.legal_status)
    mark = " · indicative" if indicative else ""
    return (
        f'<div class="cr"><b>{escape(ends)}</b>'
        f'<div class="sub">{escape(corridor)} · {escape(route.scenario)}</div>'
        f'<div class="sum">USD {escape(usd)} · {escape(duration(route.hours))} · '
        f"{escape(number(route.distance_km))} km</div>"
        f'<div class="sub">USD {escape(span(route.usd_low, route.usd_high))} per FEU · '
        f"{escape(number(route.kg_co2_per_feu))} kg CO₂ · generalised USD "
        f"{escape(number(route.generalised_usd_per_feu))}<br>"
        f"{escape(percent(route.assumed_share))} assumed{mark} · {escape(status)}</div>"
        f"{_bill_table(route, categories or {}, states or {})}</div>"
    )


def _escaped(text: str) -> str:
    return escape(text).replace("`", "&#96;").replace("${", "&#36;{").replace("\\", "&#92;")


def _bill_table(route: Route, categories: Mapping[str, str], states: Mapping[str, str]) -> str:
    rows = [
        (
            escape(states.get(stop.where, short_name(stop.where))),
            escape(stop.what),
            escape(money(stop.usd, indicative=stop.assumed)) if stop.usd else "",
            escape(duration(stop.hours)) if stop.hours else "",
            _sources(stop.source_ids),
        )
        for stop in stops(route.charges, categories)
    ]
    body = "".join(
        f'<tr><td>{where} <span class="w">· {what}</span>{sources}</td>'
        f'<td class="n">{usd}</td><td class="n">{time}</td></tr>'
        for where, what, usd, time, sources in rows
    )
    total = (
        f'<tr class="t"><td>Total</td><td class="n">{escape(money(route.usd_per_feu))}</td>'
        f'<td class="n">{escape(duration(route.hours))}</td></tr>'
    )
    head = '<tr><th>Charge</th><th class="n">USD</th><th class="n">Time</th></tr>'
    return f"<table>{head}{body}{total}</table>"


def _sources(source_ids: Sequence[str]) -> str:
    """List the sources of an amount behind a small sign, so that the bill stays short."""
    if not source_ids:
        return ""
    listed = escape(", ".join(source_ids))
    return f'<details class="s"><summary title="{listed}">sources</summary>{listed}</details>'


def _present(value: object) -> bool:
    return value is not None and value == value and _words(value) != ""  # noqa: PLR0124 - NaN


def _words(value: object) -> str:
    if isinstance(value, float):
        return number(value, 0 if value.is_integer() else 1)
    return str(value) if isinstance(value, str | int) else ", ".join(split_ids(value))
