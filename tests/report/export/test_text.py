"""CSV, Markdown and LaTeX, each read back by a library that did not write it."""

from __future__ import annotations

import io
import math
import re
from itertools import pairwise

import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pytest
from markdown_it import MarkdownIt
from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)
from pylatexenc.latexwalker import LatexEnvironmentNode, LatexWalker

from geo.report.export import Reading, Sheet
from geo.report.export.text import to_csv, to_latex, to_markdown
from tests.report.export.samples import FRAME, MONEY, NAMES

SHEET = Sheet.of_frame("routes", FRAME)
_SPAN = ("<span>", "</span>")


def read_csv(text: str) -> pa.Table:
    """Read CSV by Arrow."""
    return pyarrow.csv.read_csv(io.BytesIO(text.encode("utf-8")))


def cells_of_markdown(text: str) -> list[list[str]]:
    """Read the tables of a text by a parser of CommonMark, and return their rows."""
    rows: list[list[str]] = []
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    for before, token in pairwise(tokens):
        if before.type == "tr_open":
            rows.append([])
        if token.type == "inline" and before.type in {"td_open", "th_open"}:
            # a span parts a sign from its neighbours and shows nothing itself
            parts = [
                child
                for child in token.children or ()
                if (child.type, child.content) not in {("html_inline", tag) for tag in _SPAN}
            ]
            assert {part.type for part in parts} <= {"text", "text_special"}
            rows[-1].append("".join(part.content for part in parts))
    return rows


def tables_of_latex(text: str) -> list[tuple[str, list[list[str]]]]:
    """Read LaTeX by a parser that forgives nothing, and return sides and rows of its tables."""
    nodes, _, _ = LatexWalker(text, tolerant_parsing=False).get_latex_nodes()
    found = []
    known = get_default_latex_context_db()
    # those of LaTeX's own signs that the library does not know, or as another one
    signs = {"textbar": "|", "textless": "<", "textgreater": ">", "textasciicircum": "^"}
    macros = [MacroTextSpec(name, sign) for name, sign in signs.items()]
    known.add_context_category("signs", macros=macros, prepend=True)
    reader = LatexNodes2Text(latex_context=known)
    for node in nodes:
        if not isinstance(node, LatexEnvironmentNode):
            continue
        assert node.environmentname == "tabular"
        sides = "".join(one.chars for one in node.nodeargd.argnlist[-1].nodelist)
        body = "".join(one.latex_verbatim() for one in node.nodelist)
        for rule in ("\\toprule", "\\midrule", "\\bottomrule"):
            assert body.count(rule) == 1
            body = body.replace(rule, "")
        lines = [line.strip() for line in body.split("\\\\\n") if line.strip()]
        told = [
            [reader.latex_to_text(cell).strip() for cell in split_cells(line)] for line in lines
        ]
        found.append((sides, told))
    return found


def split_cells(line: str) -> list[str]:
    """Split a row at the signs that are not escaped."""
    return [cell.replace("\0", "\\&") for cell in line.replace("\\&", "\0").split("&")]


def test_csv_reads_back_value_by_value() -> None:
    table = read_csv(to_csv(SHEET))
    assert table.column_names == list(FRAME.columns)
    *plain, formula = NAMES
    assert table["name"].to_pylist() == [*plain, f"'{formula}"]
    read = table["usd_per_feu"].to_pylist()
    assert read == [None if math.isnan(usd) else usd for usd in MONEY]
    assert table["distance_km"].to_pylist() == [1, 2, 3, 4, 5]
    assert table["open"].to_pylist() == FRAME["open"].tolist()


@pytest.mark.parametrize("text", ["=1+1", "+1 (a)", "-x", "@sum(A1)", "\tx", "=cmd|' /C calc'!A0"])
def test_csv_marks_what_a_spreadsheet_would_run(text: str) -> None:
    lines = to_csv(Sheet("t", ("a",), ({"a": text},)))
    assert read_csv(lines)["a"].to_pylist() == [f"'{text}"]


@pytest.mark.parametrize("text", ["-5", "+3.5", "-1e3"])
def test_csv_leaves_texts_that_are_numbers(text: str) -> None:
    assert to_csv(Sheet("t", ("a",), ({"a": text},))) == f"a\n{text}\n"


def test_markdown_reads_back_with_units_in_its_head() -> None:
    head, *rows = cells_of_markdown(to_markdown([SHEET]))
    assert head[:4] == ["name", "money (USD per FEU)", "distance (km)", "assumed (0 to 1)"]
    assert [row[0] for row in rows] == list(NAMES)
    assert [row[1].replace("\u202f", "") for row in rows] == [
        *("1234.50", "-0.25", "–", "4.00", "5000000.00")
    ]
    assert [row[3] for row in rows] == ["0.1234", "0.0000", "1.0000", "0.5000", "0.2500"]


def test_markdown_of_several_tables_names_each() -> None:
    other = Sheet("line_stations", ("a",), ({"a": "*b* [c](d) `e` _f_"},))
    text = to_markdown([SHEET, other])
    assert "## line stations" in text.replace("\\_", "_")
    assert cells_of_markdown(text)[-1] == ["*b* [c](d) `e` _f_"]


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/a_b?c=d*e",
        "HTTP://example.org and ftp://example.org",
        "www.example.org, WWW.example.org",
        "a.b@example.org, mailto:a_@_b.example.org",
        "~~gone~~ ~gone~",
        "$a$, $5 to $6, $$b^2$$",
    ],
)
def test_markdown_leaves_nothing_that_github_makes_more_of(text: str) -> None:
    written = to_markdown([Sheet("t", ("a",), ({"a": text},))])
    assert cells_of_markdown(written)[1] == [text]
    # GitHub's own: it makes links of addresses without brackets (6.9 of its specification), and
    # looks for mail and formulas in each piece of text when escapes are gone already.
    assert not re.search(r"(?i)://(?<!\\://)|www\.", written)
    assert not re.search(r"[\w.+-]@|\$(?!</span>)", re.sub(r"\\(?=\W)", "", written))


def test_the_note_below_a_table_is_text_too() -> None:
    reading = Reading(("a",), (False,), (("x",),), note="*none* <b> [a](b) $c$")
    sheet = Sheet("t", ("a",), ({"a": "x"},), reading=reading)
    tokens = MarkdownIt("commonmark").enable("table").parse(to_markdown([sheet]))
    last = tokens[-2]
    parts = [part for part in last.children or () if part.content not in _SPAN]
    assert {part.type for part in parts} <= {"text", "text_special"}
    assert "".join(part.content for part in parts) == "*none* <b> [a](b) $c$."


@pytest.mark.parametrize("sign", [chr(n) for n in (*range(32), *range(127, 160), 0x2028, 0x2029)])
def test_a_sign_of_control_is_a_blank(sign: str) -> None:
    sheet = Sheet("t", ("a",), ({"a": f"one{sign}two"},))
    assert "\none two \\\\\n" in to_latex([sheet])
    assert "\n| one two |\n" in to_markdown([sheet])


def test_latex_reads_back_with_units_and_numbers_to_the_right() -> None:
    [(sides, (head, *rows))] = tables_of_latex(to_latex([SHEET]))
    assert sides == "lrrrl"
    assert head[1:3] == ["money (USD per FEU)", "distance (km)"]
    written = [row[0] for row in rows]
    assert [name.replace(" ", "") for name in written] == [name.replace(" ", "") for name in NAMES]
    money = ["".join(row[1].split()).replace("−", "-") for row in rows]
    assert money[0] == "1234.50"
    assert money[1] == "-0.25"
    assert money[4] == "5000000.00"


def test_latex_leaves_no_sign_that_means_something() -> None:
    name = "[2pt] a_b"
    sheet = Sheet("t", (name,), ({name: "[2pt] 50% of $5 & #1_2^3~{x}\\end{tabular}"},))
    text = to_latex([sheet])
    [(_, rows)] = tables_of_latex(text)
    assert rows[1][0].replace(" ", "") == "[2pt]50%of$5&#1_2^3~{x}\\end{tabular}"
    assert "\n[" not in text


@pytest.mark.parametrize("columns", [("a", "distance_km"), ("one",)])
def test_a_table_without_rows_has_its_head(columns: tuple[str, ...]) -> None:
    sheet = Sheet.of_frame("t", pd.DataFrame(columns=list(columns)))
    assert to_csv(sheet) == ",".join(columns) + "\n"
    assert len(cells_of_markdown(to_markdown([sheet]))) == 1
    [(_, rows)] = tables_of_latex(to_latex([sheet]))
    assert len(rows) == 1


def test_a_single_wide_row_is_told_line_by_line() -> None:
    columns = ("usd_per_feu", *(f"c{number}" for number in range(8)))
    sheet = Sheet("t", columns, (dict.fromkeys(columns, 1.5),))
    head, first, *others = cells_of_markdown(to_markdown([sheet]))
    assert (head, first) == (["what", "value"], ["money (USD per FEU)", "1.50"])
    assert len(others) == 8
