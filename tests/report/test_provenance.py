"""Where numbers come from: every kind of subject, its rows, sources and rival claims."""

from __future__ import annotations

import json
import math
from functools import cache
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from geo.atlas import ids_of
from geo.errors import UnknownNameError, UsageError
from geo.own import with_own_data
from geo.report.provenance import list_sources, sources_of
from geo.report.provenance_view import provenance_view, source_list_view
from tests import worlds

if TYPE_CHECKING:
    from pathlib import Path

    from geo.report.provenance import Provenance

SUBJECTS = {
    "haul-rus": ("item", {"items", "rates"}),
    "tumangang-khasan": ("crossing", {"crossings", "rates", "corridors"}),
    "gyeongui": ("line", {"lines", "line_stations", "published_lengths"}),
    "vostochny": ("place, port", {"places", "ports", "place_names", "rates"}),
    "kcci-busan-europe-2025-10": ("lane", {"lanes", "rates"}),
    "tkr-tsr": ("corridor", {"corridors"}),
    "reopened": ("scenario", {"scenario"}),
    "Gaesong": ("place, zone", {"places", "zones", "place_names"}),
    "개성": ("place", {"places", "place_names", "line_stations"}),
    "KAZ": ("state", {"states", "indicators", "rates", "crossings"}),
    "Kazakhstan": ("state", {"states", "indicators"}),
    "money-002": ("claim", {"claims"}),
    "general": ("goods", {"goods"}),
    "Takeshima": ("feature", {"features", "feature_names"}),
    "erai-2024-07": ("service", {"services", "rates"}),
    "suez": ("passage", {"passages"}),
}


@cache
def told_of(subject: str) -> Provenance:
    """Return what is told of a subject, asked once."""
    return sources_of(worlds.study().atlas, subject)


def drawn(renderable: object, width: int = 120) -> str:
    """Return what a reader sees."""
    console = Console(width=width, record=True, file=None, force_terminal=False)
    with console.capture() as captured:
        console.print(renderable)
    return captured.get()


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_kind_of_subject_is_found(subject: str) -> None:
    found = told_of(subject)
    kind, tables = SUBJECTS[subject]
    assert found.kind == kind
    assert tables <= {block.table for block in found.blocks}
    assert found.sources


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_source_of_every_row_is_told(subject: str) -> None:
    found = told_of(subject)
    told = {source.source_id for source in found.sources}
    for block in found.blocks:
        for row in block.rows:
            assert set(ids_of(row.get("source_ids"))) <= told
    for claim in found.claims:
        assert set(claim.source_ids) <= told


@pytest.mark.parametrize("subject", [*SUBJECTS, "rates", "data/rates.csv", "boundaries"])
@pytest.mark.parametrize("width", [60, 120])
def test_it_fits_the_terminal_and_json(subject: str, width: int) -> None:
    found = told_of(subject)
    text = drawn(provenance_view(found, width=width), width)
    assert max(map(len, text.splitlines())) <= width
    assert found.name.split()[0] in text
    json.dumps(found.to_dict(), allow_nan=False)


def test_a_rate_is_told_as_its_source_states_it() -> None:
    found = sources_of(worlds.study().atlas, "haul-chn")
    (block,) = (block for block in found.blocks if block.table == "rates")
    (row,) = block.rows
    assert (row["base"], row["currency"], row["price_year"]) == (2.754, "CNY", 2017)
    text = drawn(provenance_view(found))
    assert "CNY per FEU-km" in text
    assert "1.928–3.167" in text
    assert "https://" in text


def test_rival_claims_stand_side_by_side_the_preferred_first() -> None:
    found = sources_of(worlds.study().atlas, "haul-chn")
    rivals = [claim for claim in found.claims if claim.field == "money-20ft"]
    assert [claim.preferred for claim in rivals] == [True, False]
    assert [claim.value for claim in rivals] == ["2.025", "2.205"]
    assert all(claim.reason for claim in rivals)


def test_a_crossing_tells_its_rates_or_those_of_its_class() -> None:
    found = sources_of(worlds.study().atlas, "tumangang-khasan")
    items = {row["item_id"] for b in found.blocks if b.table == "rates" for row in b.rows}
    assert {"border-class-prk", "gauge-class-dual"} <= items


def test_a_table_tells_licence_steps_and_sources() -> None:
    found = sources_of(worlds.study().atlas, "data/layers/rail_edges.parquet")
    (block,) = found.blocks
    assert block.licence.startswith("ODbL")
    assert block.steps
    assert block.count == len(worlds.study().atlas.attributes("rail_edges"))
    assert "de facto" in sources_of(worlds.study().atlas, "boundaries").name


def test_the_list_counts_every_citation() -> None:
    atlas = worlds.study().atlas
    by_id = {source.source_id: source for source in list_sources(atlas)}
    assert set(by_id) == set(atlas.sources["source_id"])
    hand = sum(
        "fed-fx-annual" in ids_of(cell)
        for resource in atlas.resources.values()
        if resource.format == "csv" and resource.name != "sources"
        for column in atlas.table(resource.name)
        if str(column).endswith("source_ids")
        for cell in atlas.table(resource.name)[column]
    )
    assert by_id["fed-fx-annual"].figures == hand > 50
    counts = [source.figures for source in list_sources(atlas)]
    assert counts == sorted(counts, reverse=True)


def test_the_list_is_chosen_by_kind() -> None:
    atlas = worlds.study().atlas
    assert {source.kind for source in list_sources(atlas, kind="memory")} == {"memory"}
    text = drawn(source_list_view(list_sources(atlas, kind="memory"), kind="memory"))
    assert "of the kind memory" in text
    with pytest.raises(UsageError, match="one of page, file, dataset"):
        list_sources(atlas, kind="rumour")


def test_a_source_tells_what_rests_on_it() -> None:
    found = sources_of(worlds.study().atlas, "jumeiguan-cn-tariff")
    assert found.kind == "source"
    assert "rates" in {block.table for block in found.blocks}
    assert [source.source_id for source in found.sources] == ["jumeiguan-cn-tariff"]


def test_a_slip_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError) as caught:
        sources_of(worlds.study().atlas, "haul-rsu")
    assert caught.value.suggestions[0] == "haul-rus"
    with pytest.raises(UnknownNameError, match=r"subject '126\.5,37\.9'"):
        sources_of(worlds.study().atlas, "126.5,37.9")


def test_own_data_is_a_source_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "my-rates.csv"
    path.write_text("item_id,measure,base\nhaul-prk,money,0.5\n", encoding="utf-8")
    atlas = with_own_data(worlds.study().atlas, rates=path)
    found = sources_of(atlas, "haul-prk")
    (row,) = (row for b in found.blocks if b.table == "rates" for row in b.rows)
    assert math.isclose(row["base"], 0.5)
    assert found.sources[0].title == "own data: my-rates.csv"
    own = list_sources(atlas, kind="own")
    assert [(source.source_id, source.figures) for source in own] == [("own-rates-my-rates", 1)]


def test_a_figure_of_ones_own_takes_the_tick_of_the_shipped_one(tmp_path: Path) -> None:
    path = tmp_path / "my.csv"
    path.write_text("item_id,measure,base\nhaul-prk,money,0.5\n", encoding="utf-8")
    shipped = sources_of(worlds.study().atlas, "haul-prk").claims
    assert any(claim.preferred for claim in shipped)
    own = sources_of(with_own_data(worlds.study().atlas, rates=path), "haul-prk").claims
    assert [claim.value for claim in own if claim.field == "money"]
    assert not [claim for claim in own if claim.preferred and claim.field.startswith("money")]
    assert any(claim.reason.startswith("Replaced by a figure of your own") for claim in own)
