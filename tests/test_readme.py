"""README, notes on the data and licences against what is really there.

The README's commands are run, its Python is run, and its table is worked out anew: when data change
these tests fail and print the lines that the README should have.
"""

from __future__ import annotations

import doctest
import json
import re
import shlex
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from typer.testing import CliRunner

import geo.study
from geo.cli.main import app
from geo.report.selection import select_corridors
from geo.report.wording import duration, money, number, percent, span, status_words
from geo.study import Study
from tests.snippets import ROOT, Block, Example, blocks_of, examples_of, shared_study

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geo.route import Route

DATA = ROOT / "data"
README = (ROOT / "README.md").read_text(encoding="utf-8")

SLOW = tuple(
    f"crescent {verb}"
    for verb in (
        *("study", "map", "sweep", "compare", "decide", "rank", "rankings", "robustness"),
        *("encircle", "reach", "zones", "tracks", "figure", "route Busan Rotterdam --pareto"),
        *("route Busan Moscow --scenario reopened --alternatives",),
    )
)
"""What takes long; its options are checked, and tests of its own run it."""

HEAD = "| Way | Time | USD per FEU | Low–high | kg CO₂ | Generalised USD | Assumed | Today |"


def blocks(language: str) -> list[Block]:
    """Return the README's blocks of one language."""
    return [block for block in blocks_of("README.md") if block.language == language]


def examples() -> list[Example]:
    """Return every command of the console blocks."""
    return [example for block in blocks("console") for example in examples_of(block)]


@pytest.fixture(autouse=True)
def _wide_and_shared(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Give the commands a wide terminal, an empty folder and one network for all of them."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(geo.study, "build_network", lambda *_, **__: shared_study().network)
    monkeypatch.chdir(tmp_path)


def test_the_readme_has_examples() -> None:
    assert sum(example.command.startswith("crescent ") for example in examples()) >= 6
    assert blocks("pycon")


@pytest.mark.parametrize(
    "example",
    [e for e in examples() if e.command.startswith("crescent ")],
    ids=lambda example: example.command,
)
def test_commands_run_and_print_what_is_quoted(example: Example) -> None:
    words = shlex.split(example.command, comments=True)[1:]
    refusal = bool(example.quoted) and example.quoted[0].startswith("crescent: ")
    if example.command.startswith(SLOW):
        # Its names are checked, and that it has every option that is given.
        words.append("--help")
    result = CliRunner().invoke(app, words)
    assert (result.exit_code != 0) == refusal, result.output
    printed = [" ".join(line.split()) for line in result.output.splitlines()]
    missing = [line for line in example.quoted if line not in printed]
    assert not missing, f"not printed by {example.command!r} today: {missing}\n{result.output}"


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = {
        word
        for text in (README, (DATA / "README.md").read_text(encoding="utf-8"))
        for words in re.findall(r"\bmake ((?:[a-z]+ )*[a-z]+)[`\n]", text)
        for word in words.split()
    }
    assert "study" in named
    assert named <= set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))


@pytest.mark.parametrize("block", blocks("pycon"), ids=lambda block: block.where)
def test_python_runs_and_prints_what_is_quoted(block: Block) -> None:
    test = doctest.DocTestParser().get_doctest(block.text, {}, block.where, block.page, block.line)
    report: list[str] = []
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    failed, _ = doctest.DocTestRunner(optionflags=flags).run(test, out=report.append)
    assert not failed, "".join(report)


def test_the_table_is_what_the_study_says() -> None:
    quoted = README[README.index(HEAD) :].split("\n\n", 1)[0].splitlines()[2:]
    worked_out = list(table_rows())
    assert quoted == worked_out, "the table should be:\n" + "\n".join(worked_out)


def table_rows() -> Iterator[str]:
    """Yield the rows of the README's table, from Busan to Moscow."""
    today = shared_study()
    names = today.atlas.corridors.set_index("corridor_id")["name"]
    ways = select_corridors(today.atlas, "all")
    before, after = (
        {each.corridor: each.route for each in study.routes(["busan"], ["moscow"], corridors=ways)}
        for study in (today, today.at("reopened"))
    )
    yield _row("**The best way today**", before["best"])
    yield _row("**The best way, reopened**", after["best"])
    for way in ways:
        if way != "best" and after[way] is not None:
            if before[way] is not None:
                assert _usd(before[way]) == pytest.approx(_usd(after[way])), way
            yield _row(f"{names[way]}, `{way}`", after[way])


def test_who_counts_only_interest_stays_with_the_ship() -> None:
    assert "stays with the ship, before and after" in " ".join(README.split())
    patient = Study(time_value="capital-cost", atlas=shared_study().atlas)
    for study in (patient, patient.at("reopened")):
        assert "sea" in study.route("busan", "moscow").modes


def _row(name: str, route: Route | None) -> str:
    assert route is not None
    today = "severed" if route.physical_status == "hypothetical" else route.physical_status
    cells = (
        name,
        duration(route.hours),
        money(route.usd_per_feu, indicative=route.indicative),
        span(route.usd_low, route.usd_high),
        number(route.kg_co2_per_feu),
        number(route.generalised_usd_per_feu),
        percent(route.assumed_share),
        status_words(today, route.legal_status),
    )
    return f"| {' | '.join(cells)} |"


def _usd(route: Route | None) -> float:
    assert route is not None
    return route.usd_per_feu


def test_every_room_is_in_the_table_of_floors() -> None:
    floors = README[README.index("| floor |") :].split("\n\n", 1)[0]
    rooms = {
        path.name + ("/" if path.is_dir() else "")
        for path in (ROOT / "geo").iterdir()
        if not path.name.startswith(("_", "."))
        and (path.suffix == ".py" or (path / "__init__.py").exists())
    }
    assert {room for room in rooms if f"`geo/{room}`" not in floors} == set()


@pytest.mark.parametrize("name", ["README.md", "data/README.md", "data/LICENSES.md"])
def test_links_and_paths_lead_somewhere(name: str) -> None:
    page = ROOT / name
    links = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
    near = [link for link in links if "://" not in link]
    assert [link for link in near if not (page.parent / link).exists()] == []


def test_the_notes_on_the_data_name_every_file() -> None:
    notes = (DATA / "README.md").read_text(encoding="utf-8")
    paths = [resource["path"] for resource in _resources()]
    assert [path for path in paths if f"`{path}`" not in notes] == []


def test_the_licences_agree_with_the_data_package() -> None:
    text = (DATA / "LICENSES.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.*?) \| (.*?) \| .*? \|$", text, flags=re.MULTILINE)
    for resource in _resources():
        path = resource["path"]
        kind = "every other `.csv`" if path.endswith(".csv") else "`scenarios/*.toml`"
        # The row of the file itself stands above those of its kind.
        named = [licence for files, licence in rows if f"`{path}`" in files or kind in files]
        stated = named[0]
        for licence in resource["licenses"]:
            expected = {"other-pd": "public domain"}.get(licence["name"], licence["name"])
            assert expected in stated, path


def test_positions_read_off_openstreetmap_are_counted() -> None:
    text = (DATA / "LICENSES.md").read_text(encoding="utf-8")
    tables = ("places", "crossings", "rail_additions")
    counts = [
        int(pd.read_csv(DATA / f"{name}.csv")["source_ids"].str.contains("scgraph-rail").sum())
        for name in tables
    ]
    words = " ".join(text.split())
    for name, count in zip(tables, counts, strict=True):
        assert re.search(rf"\b{count} [a-z ]+ in `{name}\.csv`", words), (name, count)
    assert f"With {sum(counts)} features" in words
    by_name = {resource["name"]: resource for resource in _resources()}
    for name in tables:
        assert "ODbL-1.0" in {licence["name"] for licence in by_name[name]["licenses"]}


def _resources() -> list[dict[str, Any]]:
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    resources: list[dict[str, Any]] = package["resources"]
    return resources
