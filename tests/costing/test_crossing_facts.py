"""Whose the figures of a crossing are: its own, reasoned, or those of a class."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from geo.atlas import ids_of
from geo.costing import Bill, RateCard, RateEdit, crossing_facts, kind_of
from geo.costing.items import read_items
from geo.errors import DataError
from tests.costing.conftest import ITEMS, RATES, Tables, table
from tests.worlds import study

CLASSED = (
    ITEMS.replace("covers,note", "covers,class_item,note").replace(
        "border:a-b,", "border:a-b,border-class-all,"
    )
    + "border-class-all,Border class,FEU,border,border:class-all,,\n"
)
CLASS_RATES = (
    "border-class-all,hours,40,20,50,h per FEU,,,triangular,year-to-year,cpmm,medium,\n"
    "border-class-all,money,99,50,99,per FEU,USD,2024,triangular,year-to-year,cpmm,medium,\n"
)


@pytest.fixture
def card(tables: Tables) -> RateCard:
    """Return a card where border-a-b has money of its own and hours of a class."""
    return RateCard.from_atlas(
        replace(tables, items=table(CLASSED), rates=table(RATES + CLASS_RATES))
    )


def test_a_class_lends_only_what_is_lacking_and_says_so(card: RateCard) -> None:
    own, lent = card.rates["border-a-b", "money"], card.rates["border-a-b", "hours"]
    assert (own.base, own.of_class) == (215, "")
    assert (lent.base, lent.of_class) == (40, "border-class-all")
    assert kind_of(card, "border-a-b", "money") == "own"
    assert kind_of(card, "border-a-b", "hours") == "class"
    assert kind_of(card, "border-class-all", "money") == "class"
    assert kind_of(card, "lift-busan", "hours") == "assumption"
    assert kind_of(card, "border-a-b", "co2") == ""
    assert not card.missing or "border-a-b" not in {item for item, _ in card.missing}


def test_the_bill_flags_the_class(card: RateCard, goods: object) -> None:
    rates = card.bind(goods)  # type: ignore[arg-type]
    lines = [("border-a-b", "A-B", 1, 1.0), ("border-class-all", "C", 2, 1.0)]
    partly, wholly = Bill.from_lines(lines, rates).charges
    assert partly.class_note == "time: class, not this crossing's own"
    assert wholly.class_note == "class, not this crossing's own"
    assert Bill.from_lines(lines, rates).frame()["class_note"].tolist()[0] == partly.class_note
    (plain,) = Bill.from_lines([("lift-busan", "Busan", 1, 1.0)], rates).charges
    assert plain.class_note == ""


def test_an_edit_of_the_class_reaches_those_that_lean_on_it_and_one_of_theirs_does_not(
    card: RateCard,
) -> None:
    edited = card.edited({("border-class-all", "hours"): RateEdit(set=10.0)})
    assert edited.rates["border-a-b", "hours"].base == 10
    one = card.edited({("border-a-b", "hours"): RateEdit(set=7.0)})
    assert one.rates["border-a-b", "hours"].base == 7
    assert one.rates["border-a-b", "hours"].of_class == ""
    assert one.rates["border-class-all", "hours"].base == 40
    doubled = card.edited({("border-a-b", "hours"): RateEdit(scale=2.0)})
    assert doubled.rates["border-a-b", "hours"].base == 80
    assert kind_of(doubled, "border-a-b", "hours") == "assumption"


def test_a_figure_that_is_missing_is_written_as_nothing(tables: Tables) -> None:
    bare = "gauge-lift,Lift,FEU,gauge-change,gauge-change:lift,,\n"
    priced = "gauge-lift,money,80,,,per FEU,USD,2024,fixed,none,thc,medium,\n"
    card = RateCard.from_atlas(
        replace(tables, items=table(CLASSED + bare), rates=table(RATES + CLASS_RATES + priced))
    )
    crossing = pd.DataFrame(
        [("border-a-b", "border-a-b", "gauge-lift", "3kVdc", None)],
        columns=["border_item_ab", "border_item_ba", "gauge_items", "power_a", "power_b"],
    )
    facts = crossing_facts(crossing, card).iloc[0]
    assert (facts["gauge_usd"], facts["gauge_hours"]) == ("80", "")


@pytest.mark.parametrize(
    ("class_item", "problem"),
    [
        ("border-class-moon", "unknown class"),
        ("erai", "of another unit or category"),
        ("border-a-b", "is no class"),
    ],
)
def test_a_class_that_is_none_is_refused(class_item: str, problem: str) -> None:
    text = CLASSED.replace("border:a-b,border-class-all,", f"border:a-b,{class_item},")
    with pytest.raises(DataError, match=problem):
        read_items(table(text))


def test_powers_break_where_both_are_known_and_differ() -> None:
    crossings = study().atlas.crossings
    facts = crossing_facts(crossings).set_index("crossing_id")
    # 25 kV in China against 3 kV in the North; 25 kV on both sides at Zabaikalsk.
    assert facts.at["sinuiju-dandong", "power_break"]
    assert facts.at["dorasan-panmun", "power_break"]
    assert facts.at["brest-malaszewicze", "power_break"]
    assert not facts.at["zabaikalsk-manzhouli", "power_break"]
    unknown = facts["power_a"].isna() | facts["power_b"].isna()
    assert facts["power_break"].isna().equals(unknown)


def test_no_crossing_has_the_figure_of_its_class_as_its_own() -> None:
    """The class applies, flagged; it is never copied into a row of the crossing."""
    card, atlas = study().card, study().atlas
    items = {item.item_id: item for item in card.items}
    for row in atlas.crossings.to_dict("records"):
        named = [row["border_item_ab"], row["border_item_ba"], *ids_of(row["gauge_items"])]
        for item in named:
            if items[item].is_class:
                continue
            assert items[item].class_item, f"{item} has no class to fall back on"
            for measure in ("money", "hours"):
                rate = card.rates[item, measure]
                if not rate.of_class:
                    lent = card.rates[items[item].class_item, measure]
                    assert (rate.base, rate.source_ids) != (lent.base, lent.source_ids), item


def test_the_layer_of_crossings_says_whose_the_figures_are() -> None:
    layer = study().layers()["crossings"].set_index("crossing_id")
    kinds = layer[["border_hours_kind_ab", "border_usd_kind_ab"]].apply(tuple, axis=1).to_dict()
    assert kinds["dostyk-alashankou"] == ("own", "own")
    assert kinds["boten-mohan"] == ("own", "class")
    assert kinds["suifenhe-grodekovo"] == ("class", "class")
    assert kinds["naushki-sukhbaatar"] == ("assumption", "assumption")
    # CAREC, rail, 2022: 40.6 h.
    assert layer.at["suifenhe-grodekovo", "border_hours_ab"] == pytest.approx(40.6)
    assert layer.at["boten-mohan", "border_hours_ba"] == pytest.approx(5)
    assert layer.at["tumangang-khasan", "gauge_kind"] == "class;class;class"
