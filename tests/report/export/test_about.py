"""What exported figures rest on."""

from __future__ import annotations

from geo.atlas import Atlas
from geo.files import sha256_of
from geo.report.export import about
from tests import worlds


def test_routes_bring_the_sources_of_their_charges() -> None:
    study = worlds.study("reopened")
    route = study.route("Busan", "Moscow")
    told = about(study.atlas, studies=[study], routes=[route])
    cited = {source for charge in route.charges.charges for source in charge.source_ids}
    assert {source.source_id for source in told.sources} == cited
    assert all(source.title for source in told.sources)


def test_notes_name_the_question_and_the_data() -> None:
    study = worlds.study("reopened")
    notes = about(study.atlas, studies=[study, worlds.study()]).notes
    assert notes["scenario 1"].startswith("reopened: ")
    assert notes["scenario 2"].startswith("severed-2026: ")
    assert notes["goods"] == "general"
    assert notes["money"] == "USD of 2024 per FEU (forty-foot container)"
    assert notes["data"] == f"sha256:{sha256_of(study.atlas.root / 'datapackage.json')}"


def test_sources_that_an_answer_names_are_taken_in_whatever_depth() -> None:
    atlas = Atlas()
    known = [str(one) for one in atlas.sources["source_id"].head(3)]
    record = {"a": [{"sources": known[:1]}, {"b": {"toll_source_ids": f"{known[1]};{known[2]}"}}]}
    assert [source.source_id for source in about(atlas, record=record).sources] == known


def test_without_any_the_sources_of_the_tables_are_taken() -> None:
    atlas = Atlas()
    told = about(atlas, record={"sources": ["no-such-source"]}, tables=("alliances",))
    cited = {one for cell in atlas.table("alliances")["source_ids"] for one in cell.split(";")}
    assert {source.source_id for source in told.sources} == cited
