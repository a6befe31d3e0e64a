"""Files of documents: by their endings, whole or not at all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from geo.errors import OutputError, UsageError
from geo.report.export import (
    FORMATS,
    Document,
    Sheet,
    format_of,
    render_document,
    write_document,
)
from tests.report.export.samples import document

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("file", "known"),
    [("a.csv", "csv"), ("a.XLSX", "xlsx"), ("b.md", "md"), ("c.tex", "latex"), ("d.json", "json")],
)
def test_the_ending_tells_the_format(file: str, known: str) -> None:
    assert format_of(file) == known


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"\.csv, \.xlsx, \.md, \.tex or \.json"):
        format_of("a.ods")
    with pytest.raises(UsageError, match="known: csv, xlsx, md, latex, json"):
        render_document(document(), "ods")
    with pytest.raises(UsageError, match=r"-o FILE\.xlsx"):
        render_document(document(), "xlsx")


def test_csv_lays_further_tables_beside_the_first(tmp_path: Path) -> None:
    files = write_document(document(), tmp_path / "new" / "t.csv")
    assert [file.name for file in files] == ["t.csv", "t-ties-all-.csv"]
    assert {file.name for file in (tmp_path / "new").iterdir()} == {file.name for file in files}
    assert files[1].read_text(encoding="utf-8") == "a,b\nKOR,1\n"


def test_csv_keeps_tables_apart_whose_names_come_out_alike(tmp_path: Path) -> None:
    sheets = tuple(
        Sheet(name, ("a",), ({"a": name},)) for name in ("first", "a b", "a/b", "A:b", "a-b-2")
    )
    files = write_document(Document(sheets, []), tmp_path / "t.csv")
    names = [file.name for file in files]
    assert names == ["t.csv", "t-a-b.csv", "t-a-b-2.csv", "t-A-b-3.csv", "t-a-b-2-2.csv"]
    # on a disk that holds capitals and small letters for the same
    assert len({name.casefold() for name in names}) == len(sheets)
    for file, sheet in zip(files, sheets, strict=True):
        assert file.read_text(encoding="utf-8") == f"a\n{sheet.name}\n"


def test_json_is_the_answer_itself(tmp_path: Path) -> None:
    (file,) = write_document(document(), tmp_path / "t.json")
    assert json.loads(file.read_text(encoding="utf-8")) == [{"name": "부산"}]


@pytest.mark.parametrize("name", list(FORMATS))
def test_the_same_document_gives_the_same_bytes(tmp_path: Path, name: str) -> None:
    first, second = (tmp_path / f"{one}{FORMATS[name]}" for one in "ab")
    for file in (first, second):
        write_document(document(), file)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("name", list(FORMATS))
def test_an_unwritable_place_leaves_nothing(tmp_path: Path, name: str) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot write"):
        write_document(document(), blocked / f"a{FORMATS[name]}")
    assert list(tmp_path.iterdir()) == [blocked]


def test_where_one_csv_cannot_be_written_none_is(tmp_path: Path) -> None:
    (tmp_path / "t-ties-all-.csv").mkdir()
    with pytest.raises(OutputError, match="cannot write"):
        write_document(document(), tmp_path / "t.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["t-ties-all-.csv"]
