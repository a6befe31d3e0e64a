"""Records laid out flat."""

from __future__ import annotations

from geo.report.export import sheets_of
from geo.report.export.text import to_markdown


def test_lists_within_rows_become_sheets_that_name_the_row() -> None:
    record = [
        {"zone": "a", "size": {"area_km2": 1.0}, "ways": [{"to": "x"}, {"to": "y"}]},
        {"zone": "b", "size": {"area_km2": 2.0}, "ways": []},
    ]
    zones, ways = sheets_of(record, name="zones")
    assert zones.columns == ("zone", "size.area_km2")
    assert [row["size.area_km2"] for row in zones.rows] == [1.0, 2.0]
    assert (ways.name, ways.columns) == ("ways", ("zone", "to"))
    assert ways.rows == ({"zone": "a", "to": "x"}, {"zone": "a", "to": "y"})


def test_one_record_gives_its_lists_and_what_is_left() -> None:
    record = {"unit": "USD", "bands": [{"km": 1}], "members": [{"iso3": "KOR"}], "joint_km": 2.5}
    members, bands, facts = sheets_of(record, name="members")
    assert [members.name, bands.name, facts.name] == ["members", "bands", "facts"]
    assert facts.rows[1] == {"field": "joint_km", "value": 2.5, "unit": "km"}


def test_keys_and_mappings_apart() -> None:
    record = {"groups": [{"group": "g", "by": 1, "ratios": {"CHN": 3.0, "RUS": 0.5}}]}
    groups, ratios = sheets_of(record, name="groups", keys=("group", "by"), apart={"ratios"})
    assert groups.columns == ("group", "by")
    assert ratios.rows[0] == {"group": "g", "by": 1, "of": "CHN", "ratios": 3.0}


def test_records_by_name_become_rows() -> None:
    views, facts = sheets_of({"views": {"capital": {"lon": 1.0}}, "set": "sco"}, name="views")
    assert views.rows == ({"views": "capital", "lon": 1.0},)
    assert facts.rows == ({"field": "set", "value": "sco", "unit": ""},)


def test_units_of_its_own_stand_in_the_main_sheet_alone() -> None:
    record = [{"project": "a", "share": 6029.5, "parts": [{"share": 0.25}]}]
    projects, parts = sheets_of(record, name="projects", units={"share": "USD saved a pair"})
    assert "share (USD saved a pair)" in to_markdown([projects])
    assert "6 029.50" in to_markdown([projects]).replace("\u202f", " ")
    assert "share (0 to 1)" in to_markdown([parts])


def test_lists_of_words_are_joined_and_columns_of_all_rows_are_there() -> None:
    (sheet,) = sheets_of([{"a": ["x", "y"]}, {"b": [["K", "L"], ["M"]]}], name="t")
    assert sheet.columns == ("a", "b")
    assert sheet.rows == ({"a": "x; y"}, {"b": "K+L; M"})


def test_a_sheet_without_rows_keeps_its_columns_and_its_place() -> None:
    main, other = sheets_of(
        {"ties": [], "sets": [{"set": "sco"}]}, name="ties", empty={"ties": ("a", "b")}
    )[:2]
    assert (main.name, main.columns, main.rows) == ("ties", ("a", "b"), ())
    assert other.name == "sets"
