"""What stands behind a click: the bill of a route, and names that cannot become markup."""

from __future__ import annotations

import dataclasses

from geo.costing import Bill
from geo.report.maps.popups import route_popup, tip
from tests.fakes import charge, route


def test_a_text_cannot_leave_a_template_string() -> None:
    assert tip("`${alert(1)}\\") == "&#96;&#36;{alert(1)}&#92;"


def test_a_popup_has_the_bill_and_its_total() -> None:
    html = route_popup(
        route(usd=1000.0, assumed_usd=1000.0),
        categories={"haul-rus": "haulage"},
        states={"RUS": "Russia"},
    )
    assert 'Russia <span class="w">· rail</span>' in html
    assert "indicative" in html
    assert "tariff-2024, review-2023" in html
    assert "Total" in html


def test_a_popup_tells_what_falls_due_at_one_place_in_one_row() -> None:
    found = route()
    many = tuple(charge(f"item-{i}", 10.0 + i, where=str(i // 10)) for i in range(20))
    html = route_popup(dataclasses.replace(found, charges=Bill(many)))
    assert html.count('<td class="n">') == 2 * (2 + 1)
    for total in (sum(range(10, 20)), sum(range(20, 30)), sum(range(10, 30))):
        assert f">{total}<" in html


def test_a_popup_names_the_corridor_where_its_name_is_known() -> None:
    found = route(corridor="tkr-tsr")
    assert "tkr-tsr ·" in route_popup(found)
    assert "Korea &amp; Siberia ·" in route_popup(found, corridors={"tkr-tsr": "Korea & Siberia"})
