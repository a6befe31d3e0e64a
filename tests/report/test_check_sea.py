"""Sailing distances beside published ones."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from rich.console import Console

from geo.earth import distance_km
from geo.report.check_sea import check_sea, sea_records, sea_view
from tests.worlds import study

LANES = pd.DataFrame(
    [
        ("a", "b", 1040.0, "strait"),
        ("a", "b", 1500.0, ""),
        ("a", "c", 200.0, "strait;canal"),
    ],
    columns=["port_a", "port_b", "length_km", "passages"],
)


def verdicts(text: str) -> dict[str, str]:
    head = "check_id,from_port,to_port,passages,around,length_km,source_ids,excuse\n"
    rows = check_sea(pd.read_csv(io.StringIO(head + text)), LANES).rows
    return dict(zip(rows["check_id"], rows["verdict"], strict=True))


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        ("x,a,b,,,1000,s,", "agrees"),
        ("x,b,a,,,990.4,s,", "out"),
        ("x,a,b,,strait,1450,s,", "agrees"),
        ("x,a,b,strait,,1450,s,", "out"),
        ("x,a,b,,strait,1000,s,it was a guess", "excused"),
        ("x,a,b,,,1000,s,it was a guess", "excuse no longer needed"),
        ("x,a,b,,,,s,nobody said", "no source"),
        ("x,a,c,,canal,200,s,", "no way"),
        ("x,a,d,,,200,s,", "no way"),
    ],
)
def test_verdicts(row: str, verdict: str) -> None:
    assert verdicts(row) == {"x": verdict}
    frame = pd.read_csv(
        io.StringIO(
            "check_id,from_port,to_port,passages,around,length_km,source_ids,excuse\n" + row
        )
    )
    failing = {"out", "excuse no longer needed", "no way"}
    assert check_sea(frame, LANES).ok == (verdict not in failing)


def test_the_sea_near_korea_agrees_with_what_was_published() -> None:
    atlas = study().atlas
    result = check_sea(atlas.published_sea_lengths, atlas.sea_lanes)
    assert result.ok, result.rows[["check_id", "verdict", "difference_share"]]
    found = result.rows.set_index("check_id")
    # Operator of the ferry, 2009: 362 sea miles; port of Dandong, 2025: about 250.
    assert found.at["donghae-vladivostok", "computed_km"] == pytest.approx(362 * 1.852, rel=0.05)
    assert found.at["incheon-dandong", "computed_km"] == pytest.approx(250 * 1.852, rel=0.05)
    assert set(result.counts) <= {"agrees", "excused", "no source"}


def test_no_lane_is_shorter_than_the_great_circle() -> None:
    atlas = study().atlas
    ports = atlas.ports.set_index("place_id")
    lanes = atlas.attributes("sea_lanes")
    a, b = ports.loc[lanes["port_a"]], ports.loc[lanes["port_b"]]
    straight = distance_km(*(end[c].to_numpy() for end in (a, b) for c in ("lon", "lat")))
    assert (lanes["length_km"].to_numpy() >= straight - 0.1).all()


def test_it_can_be_read_and_passed_on() -> None:
    atlas = study().atlas
    result = check_sea(atlas.published_sea_lengths, atlas.sea_lanes)
    rows = sea_records(result)
    lost = next(row for row in rows if row["check_id"] == "busan-najin")
    assert lost["published_km"] is None
    assert lost["computed_km"]
    console = Console(record=True, width=160, file=io.StringIO())
    console.print(sea_view(result, {"donghae": "Donghae"}))
    text = console.export_text()
    assert "Donghae" in text
    assert "no source" in text
    assert "within 5 % of the published distance" in text
