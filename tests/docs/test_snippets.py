"""Every fenced block of README and docs is run, page by page, as a reader would run it.

A page has a folder of its own. Files that it shows with a name are written there, its commands run
in one process on the data that ship, and what is quoted below a command must be printed. What is
not run says so in its title; its names and options are checked all the same.
"""

from __future__ import annotations

import doctest
import io
import re
import shlex
import shutil
import tomllib
from contextlib import redirect_stdout
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import geo.atlas
import geo.study
from geo.atlas import NAME_STYLES, Atlas, named
from geo.cli.main import app
from geo.network import build_network
from tests.snippets import ROOT, Block, Example, blocks_of, examples_of, pages, shared_study

if TYPE_CHECKING:
    from pathlib import Path

    from geo.network import Network

SHELL = {"bash", "console", "sh"}
PYTHON = {"python", "pycon"}
SHOWN = {"csv", "json", "math", "toml", "text"}
"""Languages of blocks that are shown and not run; with a file's name as title they are written."""

NOT_RUN = {
    "needs a cluster",
    "needs a file of OpenStreetMap",
    "needs the network",
    "takes a minute",
    "takes minutes, and a cluster",
}
"""Titles of blocks that no test can run."""

HELPERS = {"dask", "export", "make", "pip"}
"""Commands that are not ours; what they name is looked up in our files instead."""

ELSEWHERE = {("README.md", "console"), ("README.md", "pycon")}
"""Blocks that `tests/test_readme.py` runs, on every change."""

FILES_OF_OTHERS = ("crescent osm import", "crescent route Seoul Busan --network")
"""Commands of the README that need a file of OpenStreetMap: their options are checked."""


@pytest.fixture(autouse=True)
def _shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the commands a wide terminal, and the data that ship and their network as read once."""
    shared_study()  # is made before what makes it is changed
    monkeypatch.setenv("COLUMNS", "200")
    for room, name, shared in (
        (geo.atlas, "Atlas", the_atlas),
        (geo.study, "Atlas", the_atlas),
        (geo.atlas, "named", named_once),
        (geo.study, "named", named_once),
        (geo.study, "build_network", the_network),
    ):
        monkeypatch.setattr(room, name, shared)


def the_atlas(*given: Any) -> Atlas:
    """Return the atlas of the data that ship, which is read once."""
    return Atlas(*given) if given else shared_study().atlas


@cache
def named_once(atlas: Atlas, style: str) -> Atlas:
    """Return an atlas with other names, made once."""
    return named(atlas, style)


def the_network(atlas: Atlas, **options: Any) -> Network:
    """Return the network of the data that ship, whatever their names; else build one."""
    study = shared_study()
    ours = {id(study.atlas), *(id(named_once(study.atlas, style)) for style in NAME_STYLES)}
    if id(atlas) in ours and not options.get("points"):
        return study.network
    return build_network(atlas, **options)


def test_blocks_are_of_languages_that_are_known() -> None:
    every = [block for page in pages() for block in blocks_of(page)]
    assert len(every) > 50
    strange = [block.where for block in every if block.language not in SHELL | PYTHON | SHOWN]
    assert strange == []


def test_what_is_not_run_says_so() -> None:
    code = [
        block
        for page in pages()
        for block in blocks_of(page)
        if block.language in SHELL | PYTHON and block.title
    ]
    assert {block.title for block in code} == NOT_RUN
    assert len(code) <= 7


@pytest.mark.parametrize("page", [page for page in pages() if blocks_of(page)])
def test_a_page_does_what_it_says(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "__main__"}
    for block in blocks_of(page):
        if (block.page, block.language) in ELSEWHERE:
            continue
        if block.language in SHELL:
            for example in examples_of(block):
                run(example, block)
        elif block.language in PYTHON:
            execute(block, names)
        elif block.title:
            (tmp_path / block.title).write_text(block.text, encoding="utf-8")


def run(example: Example, block: Block) -> None:
    """Run a command, and compare what it prints."""
    words = shlex.split(example.command, comments=True)
    if words[0] in HELPERS:
        look_up(words, block)
        return
    assert words[0] == "crescent", f"{block.where}: nobody checks {example.command!r}"
    if block.title in NOT_RUN or (
        block.page == "README.md" and example.command.startswith(FILES_OF_OTHERS)
    ):
        words.append("--help")
    result = CliRunner().invoke(app, words[1:])
    refused = bool(example.quoted) and example.quoted[0].startswith("crescent: ")
    told = f"{block.where}: {example.command}\n{result.output}"
    assert (result.exit_code != 0) == refused, told
    printed = [" ".join(line.split()) for line in result.output.splitlines()]
    assert [line for line in example.quoted if line not in printed] == [], told


def look_up(words: list[str], block: Block) -> None:
    """Check what a command of others names: targets of make, extras of the package."""
    if words[0] == "make":
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        assert set(words[1:]) <= set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE)), block.where
    elif words[0] == "pip":
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        extra = re.fullmatch(r"crescent\[([a-z]+)\]", words[-1])
        assert extra, block.where
        assert extra[1] in project["optional-dependencies"], block.where


def execute(block: Block, names: dict[str, Any]) -> None:
    """Run Python; a block with prompts prints what it quotes."""
    if block.language == "python":
        with redirect_stdout(io.StringIO()) as printed:
            exec(compile(block.text, block.where, "exec"), names)  # noqa: S102 - it is our own page
        assert printed.getvalue() or "assert" in block.text, f"{block.where} shows nothing"
        return
    test = doctest.DocTestParser().get_doctest(
        block.text, names, block.where, block.page, block.line
    )
    report: list[str] = []
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    failed, _ = doctest.DocTestRunner(optionflags=flags).run(test, out=report.append)
    assert not failed, "".join(report)
