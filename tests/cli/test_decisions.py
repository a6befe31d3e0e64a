"""The verbs compare, decide, rank, rankings and robustness, on the small world."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

import geo.study
from geo.cli.main import app
from geo.study import Study
from tests import worlds
from tests.small import SmallAtlas, study_of, table

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

RANKINGS = """ranking_id,study,origin,destination,scenario,winner,rivals,source_ids,note
one,Somebody 2010,alpha,delta,severed-2026,by-train,best,book,
two,Nobody 2011,alpha,isle,severed-2026,best,not-bbb,book,
"""
PROJECTS = """project_id,invest_low,invest_high,currency,invest_year,source_ids,note
tolls,1,2,USD,2007,book,A made one
"""


@pytest.fixture(autouse=True)
def _small_world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Put a study of the small world in place of the real one."""
    atlas: Any = SmallAtlas(tmp_path)
    atlas.crossings = atlas.crossings.assign(trains_day=[2.0, np.nan], trains_date="2024")
    atlas.parameters |= {"train-teu": 100.0, "trade-theta": 5.03}
    atlas.rankings, atlas.projects = table(RANKINGS), table(PROJECTS)
    atlas.indicators = pd.DataFrame(
        {"iso3": ["DDD"], "indicator": "gdp", "year": 2023, "value": [5.0]}
    )

    def made(scenario: str = "severed-2026", *, names: str | None = None, **options: Any) -> Any:
        assert names in {None, "dual"}
        # The atlas that ships gives way to the small one.
        options.pop("atlas", None)
        return study_of(atlas, scenario, **options)

    monkeypatch.setattr(geo.study, "Study", made)
    monkeypatch.chdir(tmp_path)


def crescent(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def answer(*words: str) -> Any:
    done = crescent(*words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_compare_tells_what_a_closed_crossing_changes() -> None:
    rows = answer("compare", "severed-2026", "shut", "--origins", "alpha", "--destinations", "beta")
    assert [row["route"] for row in rows] == ["base", "lost"]
    assert rows[1]["usd_per_feu"] is None
    shown = crescent(
        "compare", "severed-2026", "tolls", "--origins", "alpha", "--destinations", "beta"
    )
    assert "Alpha → Beta" in shown.stdout
    assert "same" in shown.stdout


@pytest.mark.parametrize("name", ["c.csv", "c.md", "c.json"])
def test_compare_writes_its_table(tmp_path: Path, name: str) -> None:
    words = ("compare", "severed-2026", "shut", "--origins", "alpha", "--destinations", "beta")
    done = crescent(*words, "-o", name)
    assert done.exit_code == 0, done.output
    assert "lost" in (tmp_path / name).read_text(encoding="utf-8")
    again = crescent(*words, "-o", "again", "-f", name.partition(".")[2])
    assert again.exit_code == 0
    assert (tmp_path / "again").read_bytes() == (tmp_path / name).read_bytes()


def test_compare_writes_a_layer_of_what_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A layer tells its sources, which the small world has none of.
    monkeypatch.setattr(geo.study, "Study", Study)
    network = worlds.study().network
    monkeypatch.setattr(geo.study, "build_network", lambda *_, **__: network)
    done = crescent(
        "compare", "severed-2026", "reopened", "--destinations", "moscow", "-o", "c.gpkg"
    )
    assert done.exit_code == 0, done.output
    assert gpd.read_file(tmp_path / "c.gpkg")["route"].tolist() == ["was", "changed"]


def test_compare_refuses_places_of_which_no_two_differ() -> None:
    done = crescent(
        "compare", "severed-2026", "shut", "--origins", "alpha", "--destinations", "alpha"
    )
    assert done.exit_code == 2
    assert "two places" in done.output


def test_compare_refuses_one_world_and_an_unknown_suffix(tmp_path: Path) -> None:
    assert crescent("compare", "shut").exit_code == 2
    words = ("compare", "severed-2026", "shut", "--origins", "alpha", "--destinations", "beta")
    assert crescent(*words, "-o", "c.xyz").exit_code == 2
    assert not (tmp_path / "c.xyz").exists()


def test_decide_tells_break_evens_and_shares() -> None:
    words = ("decide", "alpha", "isle", "--ways", "by-sea,best", "--scale", "500")
    found = answer(*words)
    assert found["scale_usd"] == 500
    assert sum(row["share"] for row in found["by_goods"]) == pytest.approx(1)
    shown = crescent(*words)
    assert "Logit over generalised costs with the stated scale of 500 USD" in shown.stdout
    assert "ask the same" in shown.stdout


def test_decide_prices_carbon() -> None:
    words = ("decide", "alpha", "isle", "--ways", "by-sea,best")
    dear = answer(*words, "--carbon", "100")["by_goods"][0]["usd_per_feu"]
    assert dear > answer(*words)["by_goods"][0]["usd_per_feu"]
    assert crescent(*words, "--subsidy", "lane-spot=1000").exit_code == 2


def test_rank_takes_the_table_or_names() -> None:
    words = ("--origins", "alpha", "--destinations", "delta", "--scenario", "severed-2026")
    found = answer("rank", *words)
    assert [row["project"] for row in found["projects"]] == ["tolls"]
    assert found["published"]["tolls"]["invest_high"] == 2
    assert answer("rank", "tolls", *words)["joint"] == found["joint"]
    shown = crescent("rank", *words, "--by", "access")
    assert "per cent of the origins' market access" in shown.stdout
    assert crescent("rank", "shut", *words).exit_code == 2


def test_rankings_say_what_is_reproduced() -> None:
    found = answer("rankings")
    assert {row["ranking"]: row["verdict"] for row in found} == {
        "one": "reproduced in part",
        "two": "reproduced",
    }
    shown = crescent("rankings", "one")
    assert "Somebody 2010" in shown.stdout
    assert "Nobody" not in shown.stdout
    assert crescent("rankings", "three").exit_code == 2


def test_robustness_ranks_links_and_counts_routes() -> None:
    words = ("robustness", "--origins", "alpha", "--destinations", "delta,isle")
    found = answer(*words, "--teu-year", "1000")
    assert found["links"][0]["pairs_cut"] == 1
    assert {pair["destination"]: pair["routes"] for pair in found["independent_routes"]} == {
        "Delta": 1,
        "Isle": 1,
    }
    assert found["capacities"][0]["teu_year"] == 73_000
    shown = crescent(*words)
    assert "One smallest cut" in shown.stdout
    assert crescent(*words, "--kinds", "bridge").exit_code == 2
