"""Overlays: rows that replace and add, tables that stand instead, and what stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from geo.atlas import Atlas
from geo.atlas.overlay import Overlay, merged
from geo.atlas.tables import Table
from geo.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path


def rates_of(atlas: Atlas, **changes: Any) -> Table:
    """Return the first rate of an atlas with some cells changed."""
    frame = atlas.rates.iloc[:1].assign(**changes).reset_index(drop=True)
    return Table("mine.csv", frame, [7])


def test_a_known_key_replaces_its_row_in_place(data: Path) -> None:
    below = Atlas(data)
    above = below.over(Overlay(title="mine", rows={"rates": rates_of(below, base=0.7)}))
    assert above.rates["base"].tolist() == [0.7, 0.02]
    assert above.rates["item_id"].tolist() == below.rates["item_id"].tolist()
    assert above.rates.dtypes.equals(below.rates.dtypes)
    assert below.rates["base"].tolist() == [0.6, 0.02]
    assert below.overlays == ()


def test_a_new_key_follows_the_others(data: Path) -> None:
    below = Atlas(data)
    above = below.over(Overlay(title="mine", rows={"rates": rates_of(below, measure="co2")}))
    assert above.rates["measure"].tolist() == ["money", "hours", "co2"]
    assert above.attributes("rates").equals(above.rates)


def test_the_last_overlay_lies_on_top(data: Path) -> None:
    below = Atlas(data)
    one = Overlay(title="one", rows={"rates": rates_of(below, base=0.7)})
    two = Overlay(title="two", rows={"rates": rates_of(below, base=0.75)})
    assert below.over(one, two).rates["base"].iloc[0] == 0.75
    assert below.over(one).over(two).rates["base"].iloc[0] == 0.75
    assert below.over(two, one).rates["base"].iloc[0] == 0.7


def test_a_whole_table_stands_instead(data: Path) -> None:
    below = Atlas(data)
    places = below.places.iloc[:3].reset_index(drop=True)
    above = below.over(Overlay(title="few", whole={"places": Table("few.csv", places, [2, 3, 4])}))
    assert len(above.places) == 3
    assert len(below.places) == 9


def test_references_are_checked_with_the_file_and_row_of_the_overlay(data: Path) -> None:
    below = Atlas(data)
    above = below.over(Overlay(title="mine", rows={"rates": rates_of(below, item_id="haul-xyz")}))
    with pytest.raises(DataError, match=r"mine.csv, row 7, item_id: expected one of .*'haul-xyz'"):
        _ = above.rates


def test_a_row_may_refer_to_a_row_of_another_overlaid_table(data: Path) -> None:
    below = Atlas(data)
    source = below.sources.iloc[:1].assign(source_id="own-1").reset_index(drop=True)
    rows = {
        "sources": Table("mine.csv", source, [2]),
        "rates": rates_of(below, source_ids="own-1"),
    }
    above = below.over(Overlay(title="mine", rows=rows))
    assert above.rates["source_ids"].iloc[0] == "own-1"
    assert above.sources["source_id"].iloc[-1] == "own-1"


def test_verify_looks_at_what_ships_only(data: Path) -> None:
    below = Atlas(data)
    above = below.over(Overlay(title="mine", rows={"rates": rates_of(below, item_id="haul-xyz")}))
    assert above.verify() == below.verify()


def test_merging_keeps_order_and_counts(data: Path) -> None:
    atlas = Atlas(data)
    schema = atlas.schema("places")
    rows = atlas.places.iloc[[4, 0]].assign(note="changed").reset_index(drop=True)
    new = rows.iloc[:1].assign(place_id="new")
    result = merged(atlas.places, pd.concat([rows, new], ignore_index=True), schema)
    assert result["place_id"].tolist() == [*atlas.places["place_id"], "new"]
    assert result["note"].notna().tolist() == [i in {0, 4, 9} for i in range(10)]
