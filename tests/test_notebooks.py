"""The notebooks as they lie there: no logic of their own, and no output kept."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

FOLDER = Path(__file__).parents[1] / "notebooks"
STUDIES = (
    "01-iron-silk-road",
    "02-five-zones",
    "03-gateways",
    "04-crescent-around-china",
    "05-rail-or-sea",
    "06-which-link-first",
    "07-your-own-corridor",
)
LOGIC = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.For,
    ast.While,
    ast.If,
    ast.Try,
    ast.With,
)


def _book(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.ipynb").read_text(encoding="utf-8"))


def _cells(name: str, kind: str) -> list[str]:
    cells = _book(name)["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == kind]


def _code(name: str) -> list[ast.Module]:
    """Return the code of each cell, without the lines that speak to the notebook itself."""
    sources = _cells(name, "code")
    return [ast.parse(re.sub(r"^%.*$", "", source, flags=re.MULTILINE)) for source in sources]


def test_every_notebook_is_one_of_the_studies() -> None:
    assert tuple(sorted(path.stem for path in FOLDER.glob("*.ipynb"))) == STUDIES


@pytest.mark.parametrize("name", STUDIES)
def test_a_study_opens_with_its_question_and_closes_with_its_answer_and_limits(name: str) -> None:
    first, *_, last = _cells(name, "markdown")
    assert re.match(r"# .+\n\n\*\*[^*]+\?\*\*\n", first)
    assert re.search(r"(?m)^(Asked by|For those) ", first)
    assert any(re.match(r"## \d+\. Answer", text) for text in _cells(name, "markdown"))
    assert "**Limits.**" in last


@pytest.mark.parametrize("name", STUDIES)
def test_a_study_has_no_logic_of_its_own(name: str) -> None:
    found = [
        type(node).__name__
        for module in _code(name)
        for node in ast.walk(module)
        if isinstance(node, LOGIC)
    ]
    assert found == []


@pytest.mark.parametrize("name", STUDIES)
def test_what_a_study_showed_is_not_kept_and_the_answer_is_worked_out(name: str) -> None:
    book = _book(name)
    nbformat.validate(book)
    code = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    # The figures of the answer come from the data: its last cell of code is an f-string in words.
    answer = "".join(code[-1]["source"])
    assert "Markdown(f" in answer
    assert re.search(r"\{[^}]+:[^}]*[.,][^}]*f\}", answer)
