"""Sweeps of the small world: means by formula, bytes by seed, and going on after a stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from geo.analysis.sweep import Sweep, read_sweep, sweep
from geo.errors import MissingDataError, OutputError, UsageError
from geo.files import sha256_of
from tests.small import SmallAtlas, small_study, study_of

if TYPE_CHECKING:
    from pathlib import Path

    from geo.study import Study

ENDS = ["delta", "gamma", "isle"]
DRAWS = 1100


def hashes(found: Sweep) -> dict[str, str]:
    return {one["path"]: one["hash"] for one in found.manifest["resources"]}


@pytest.fixture(scope="module")
def studies(tmp_path_factory: pytest.TempPathFactory) -> list[Study]:
    study = small_study(tmp_path_factory.mktemp("atlas"))
    return [study, study.at("shut")]


@pytest.fixture(scope="module")
def done(studies: list[Study], tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    folder = tmp_path_factory.mktemp("sweep")
    return sweep(studies, ["alpha"], ENDS, folder=folder, draws=DRAWS, workers=1)


def row_of(found: Sweep, scenario: str, destination: str) -> Any:
    rows = found.summary.set_index(["scenario", "destination"])
    return rows.loc[(scenario, destination)]


def test_the_mean_of_a_linear_case_is_its_formula(studies: list[Study], tmp_path: Path) -> None:
    # Between the two states of one gauge there is one way only, so the cost is linear.
    found = sweep(studies[:1], ["beta"], ["gamma"], folder=tmp_path, draws=2048, workers=1)
    row, route = row_of(found, "severed-2026", "gamma"), studies[0].route("beta", "gamma")
    for measure, base in (
        ("usd", route.usd_per_feu),
        ("hours", route.hours),
        ("kg_co2", route.kg_co2_per_feu),
    ):
        # A triangle of 0.5, 1 and 2 times the base has the mean 7/6.
        assert row[f"{measure}_mean"] == pytest.approx(base * 7 / 6, rel=2e-3)


def test_a_sweep_leaves_the_network_as_it_was(tmp_path: Path) -> None:
    mine = small_study(tmp_path)
    held = mine.network.quantities
    # A stored zero, which the sweep drops from a matrix of its own.
    held.data[0] = 0.0
    before = [part.copy() for part in (held.data, held.indices, held.indptr)]
    sweep([mine], ["alpha"], ["beta"], draws=4, folder=tmp_path / "out", workers=1)
    for was, now in zip(before, (held.data, held.indices, held.indptr), strict=True):
        assert np.array_equal(was, now)


def test_quantiles_are_in_order_and_shares_add_up(done: Sweep) -> None:
    there = done.summary[done.summary["p_route"] == 1]
    for measure in ("usd", "hours", "kg_co2", "generalised_usd"):
        columns = [f"{measure}_{name}" for name in ("p5", "p25", "p50", "p75", "p95")]
        assert (np.diff(there[columns].to_numpy(), axis=1) >= 0).all()
    np.testing.assert_allclose(there[["p_rail", "p_sea", "p_road"]].sum(axis=1), 1)
    firsts = done.ranks.groupby("destination")["p_first"].sum()
    np.testing.assert_allclose(firsts, 1)


def test_the_summary_is_that_of_the_blocks(done: Sweep) -> None:
    blocks = pd.concat(
        pd.read_parquet(path) for path in sorted(done.folder.glob("blocks/severed-2026/*.parquet"))
    )
    mine = blocks[blocks["destination"] == "delta"]
    assert sorted(mine["draw"]) == list(range(DRAWS))
    row = row_of(done, "severed-2026", "delta")
    assert row["usd_p95"] == pytest.approx(np.quantile(mine["usd"], 0.95))
    assert row["route"] == mine["route"].astype(str).mode()[0]
    assert row["route"].startswith("crossing:a-b > service:through")


def test_a_closed_border_leaves_no_way_and_no_rank(done: Sweep) -> None:
    row = row_of(done, "shut", "delta")
    assert (row["p_route"], row["route"]) == (0, "")
    assert np.isnan(row["usd_p50"])
    ranks = done.ranks.set_index(["destination", "scenario"])
    assert ranks.loc[("delta", "severed-2026"), "p_first"] == 1
    assert ranks.loc[("delta", "shut"), "mean_rank"] == 2
    assert ranks.loc[("delta", "shut"), "tau"] == 1
    # To the island both are the same, so neither is before the other.
    assert ranks.loc[("isle", "shut"), "p_first"] == 0.5


def test_draws_and_distributions_are_kept(done: Sweep) -> None:
    draws = pd.read_parquet(done.folder / "draws.parquet")
    assert list(draws.columns) == ["draw", *done.manifest["parameters"]["variables"]]
    assert len(draws) == DRAWS
    drawn = pd.read_parquet(done.folder / "distributions.parquet")
    assert set(drawn["variable"]) == set(draws.columns[1:])
    again = read_sweep(done.folder)
    pd.testing.assert_frame_equal(again.summary, done.summary)
    assert again.manifest == done.manifest


def test_workers_change_no_byte(done: Sweep, studies: list[Study], tmp_path: Path) -> None:
    other = sweep(studies, ["alpha"], ENDS, folder=tmp_path, draws=DRAWS, workers=2)
    assert hashes(other) == hashes(done)
    assert sha256_of(tmp_path / "sweep.json") == sha256_of(done.folder / "sweep.json")


def test_a_stopped_sweep_goes_on(done: Sweep, studies: list[Study], tmp_path: Path) -> None:
    def stop(blocks: int, _: int) -> None:
        if blocks == 2:
            raise KeyboardInterrupt

    ask: dict[str, Any] = {"folder": tmp_path, "draws": DRAWS, "workers": 1}
    with pytest.raises(KeyboardInterrupt):
        sweep(studies, ["alpha"], ENDS, **ask, progress=stop)
    with pytest.raises(MissingDataError, match="no finished sweep"):
        read_sweep(tmp_path)
    # One of the two blocks is damaged meanwhile.
    block = tmp_path / "blocks/severed-2026/block-000000.parquet"
    block.write_bytes(block.read_bytes()[:1000])
    found = sweep(studies, ["alpha"], ENDS, **ask)
    assert found.kept == 1
    assert hashes(found) == hashes(done)


def test_more_draws_go_on_from_those_that_are_there(tmp_path: Path) -> None:
    study = small_study(tmp_path / "atlas")
    folder = tmp_path / "sweep"
    sweep([study], ["alpha"], ENDS, folder=folder, draws=512, workers=1)
    found = sweep([study], ["alpha"], ENDS, folder=folder, draws=1024, workers=1)
    assert found.kept == 1
    other = sweep([study], ["alpha"], ENDS, folder=tmp_path / "new", draws=1024, workers=1)
    assert hashes(other) == hashes(found)


def test_another_sweep_is_not_written_over(done: Sweep, studies: list[Study]) -> None:
    with pytest.raises(OutputError, match="holds blocks of another sweep"):
        sweep(studies, ["alpha"], ENDS, folder=done.folder, draws=DRAWS, seed=2, workers=1)


def test_named_corridors_compete(tmp_path: Path) -> None:
    study = small_study(tmp_path / "atlas")
    found = sweep(
        [study],
        ["alpha"],
        ["isle"],
        folder=tmp_path / "out",
        corridors=["best", "by-sea", "by-train"],
        draws=64,
        workers=1,
    )
    wins = found.summary.set_index("corridor")["p_wins"]
    assert wins["by-sea"] == 1
    assert wins["by-train"] == 0
    assert np.isnan(wins["best"])


def test_one_scenario_twice_is_refused(studies: list[Study], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="scenarios must differ"):
        sweep([studies[0], studies[0]], ["alpha"], ["delta"], folder=tmp_path)


def test_what_bans_transit_lets_its_own_goods_out(tmp_path: Path) -> None:
    atlas = SmallAtlas(tmp_path / "atlas")
    text = 'id = "ban"\ntitle = "ban"\ndate = 2026-01-01\nclose = ["transit:BBB"]\n'
    (tmp_path / "atlas/scenarios/ban.toml").write_text(text, encoding="utf-8")
    study = study_of(atlas, "ban")
    found = sweep(
        [study], ["alpha", "beta"], ["delta"], folder=tmp_path / "out", draws=16, workers=1
    )
    routes = found.summary.set_index("origin")["p_route"]
    for origin in ("alpha", "beta"):
        [outcome] = study.routes([origin], ["delta"])
        assert routes[origin] == (outcome.route is not None)
