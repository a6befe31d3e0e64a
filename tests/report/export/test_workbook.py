"""XLSX, read back by calamine, which shares no code with what wrote it, and as plain XML."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from geo.report.export import Document, Sheet
from geo.report.export.workbook import to_xlsx
from tests.report.export.samples import FRAME, NAMES, document

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def opened(content: bytes) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(content))


def part(content: bytes, name: str) -> ET.Element:
    """Return a part of the package as XML."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return ET.fromstring(package.read(name))  # noqa: S314 - of our own making


def test_a_workbook_reads_back_with_units_sources_and_notes() -> None:
    book = opened(to_xlsx(document()))
    assert book.sheet_names == ["routes", "ties- -all-", "sources", "notes"]
    head, units, *rows = book.get_sheet_by_name("routes").to_python()
    assert head == list(FRAME.columns)
    assert units == ["", "USD per FEU", "km", "0 to 1", ""]
    assert [row[0] for row in rows] == list(NAMES)
    assert [row[1] for row in rows] == [1234.5, -0.25, "", 4.0, 5e6]
    assert [row[2] for row in rows] == [1, 2, 3, 4, 5]
    assert [row[4] for row in rows] == FRAME["open"].tolist()
    sources = book.get_sheet_by_name("sources").to_python()
    assert sources[0][:5] == ["source", "title", "address", "year", "licence"]
    assert sources[1][:5] == ["tariff-2024", "Тариф & rates", "an address", 2024, "CC-BY-4.0"]
    assert ["scenario", "reopened: 통일"] in book.get_sheet_by_name("notes").to_python()


def test_no_text_becomes_a_formula() -> None:
    content = to_xlsx(document())
    sheet = part(content, "xl/worksheets/sheet1.xml")
    assert not list(sheet.iter(f"{MAIN}f"))
    cells = {cell.get("r"): cell for cell in sheet.iter(f"{MAIN}c")}
    assert cells["A7"].get("t") in {"s", "inlineStr"}
    styles = part(content, "xl/styles.xml").find(f"{MAIN}cellXfs")
    assert styles is not None
    assert styles[int(cells["A7"].get("s", "0"))].get("quotePrefix") == "1"


def test_the_head_stays_in_view_and_columns_are_wide_enough() -> None:
    sheet = part(to_xlsx(document()), "xl/worksheets/sheet1.xml")
    pane = next(sheet.iter(f"{MAIN}pane"))
    assert (pane.get("topLeftCell"), pane.get("state")) == ("A3", "frozen")
    widths = [float(column.get("width", "0")) for column in sheet.iter(f"{MAIN}col")]
    assert widths[0] >= max(map(len, NAMES))


def test_the_same_document_gives_the_same_bytes_and_tells_no_time() -> None:
    content = to_xlsx(document())
    assert content == to_xlsx(document())
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = package.read("docProps/core.xml").decode()
        assert "modified" not in core
        assert "created" not in core
        assert package.testzip() is None


@pytest.mark.parametrize("text", ["a\x00b", "\x0b", "x\ufffe"])
def test_signs_that_xml_has_not_are_replaced(text: str) -> None:
    content = to_xlsx(Document((Sheet("t", ("a",), ({"a": text},)),), None))
    read = str(opened(content).get_sheet_by_name("t").to_python()[-1][0])
    assert "\ufffd" in read


def test_a_text_too_long_for_a_cell_ends_in_dots() -> None:
    content = to_xlsx(Document((Sheet("t", ("a",), ({"a": "x" * 40_000},)),), None))
    read = str(opened(content).get_sheet_by_name("t").to_python()[-1][0])
    assert len(read) == 32_767
    assert read.endswith("…")


def test_worksheets_of_one_name_are_told_apart() -> None:
    sheets = tuple(Sheet(name, ("a",), ()) for name in ("x" * 40, "x" * 50, "X" * 31))
    names = opened(to_xlsx(Document(sheets, None))).sheet_names
    assert len({name.casefold() for name in names}) == 3
    assert max(map(len, names)) <= 31


def test_an_answer_of_sources_has_no_second_sheet_of_them() -> None:
    own = Sheet("sources", ("source",), ({"source": "mine"},))
    book = opened(to_xlsx(document(sheets=(own,))))
    assert book.sheet_names == ["sources", "notes"]


def test_a_table_without_rows_has_its_head() -> None:
    frame = pd.DataFrame(columns=["name", "distance_km"])
    read = opened(to_xlsx(document(frame))).get_sheet_by_name("routes").to_python()
    assert read == [["name", "distance_km"], ["", "km"]]
