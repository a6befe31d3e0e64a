"""Encirclement: the Crescent around China, against what the atlas of the world says of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from geo.analysis import encircle
from geo.errors import UnknownNameError, UsageError
from tests.worlds import study

if TYPE_CHECKING:
    from geo.analysis import Encirclement


@pytest.fixture(scope="module")
def crescent() -> Encirclement:
    return encircle(study("severed-2026"), also=["reopened"])


def test_four_members_adjoin_china(crescent: Encirclement) -> None:
    adjoining = {member.iso3 for member in crescent.members if member.shared_km > 0}
    assert adjoining == {"MNG", "MMR", "KAZ", "VNM"}


def test_they_share_under_half_of_its_border(crescent: Encirclement) -> None:
    # Natural Earth at 1:10 million; CIA gives 22,457 km, and 9,821 with the four: 44 %.
    assert crescent.land_border_km == pytest.approx(19_100, rel=0.005)
    assert crescent.share == pytest.approx(0.45, abs=0.01)
    assert crescent.share == pytest.approx(9821 / 22457, abs=0.02)
    assert crescent.shared_km == pytest.approx(sum(m.shared_km for m in crescent.members))


def test_hong_kong_is_no_border_and_disputed_ground_is_named(crescent: Encirclement) -> None:
    assert set(crescent.excluded) == {"HKG"}
    assert set(crescent.unassigned) == {"Siachen Glacier"}


def test_the_six_fall_into_four_groups(crescent: Encirclement) -> None:
    assert set(crescent.groups) == {("KAZ", "UZB"), ("KHM", "VNM"), ("MMR",), ("MNG",)}
    assert crescent.gauge_blocks == {
        1000: (("KHM", "VNM"), ("MMR",)),
        1520: (("KAZ", "UZB"), ("MNG",)),
    }
    assert {m.iso3 for m in crescent.members if m.landlocked} == {"KAZ", "UZB", "MNG"}


def test_bands_add_up_to_the_border(crescent: Encirclement) -> None:
    assert sum(band.border_km for band in crescent.bands) == pytest.approx(
        crescent.land_border_km, rel=1e-3
    )
    assert crescent.bands[0].border_km == pytest.approx(crescent.shared_km)


def test_nothing_of_the_crescent_lies_east(crescent: Encirclement) -> None:
    # From Beijing the sea, Korea, Japan and Russia's Far East fill the east: no member there.
    view = crescent.views["capital"]
    begin, width = view.largest_gap
    assert begin < 90 < begin + width
    assert 90 < view.coverage_deg < 180
    assert crescent.views["centroid"].coverage_deg > view.coverage_deg


def test_rail_alone_reaches_none_while_the_link_is_cut(crescent: Encirclement) -> None:
    assert all(m.by_rail["severed-2026"].usd_per_feu is None for m in crescent.members)
    mongolia = next(m for m in crescent.members if m.iso3 == "MNG")
    assert "Dorasan" in mongolia.by_rail["severed-2026"].reason


def test_rail_alone_reaches_these_when_it_reopens(crescent: Encirclement) -> None:
    reached = {m.iso3 for m in crescent.members if m.by_rail["reopened"].usd_per_feu is not None}
    assert {"MNG", "KAZ", "UZB", "VNM"} <= reached
    assert "MMR" not in reached


def test_the_record_is_json_of_the_promised_shape(crescent: Encirclement) -> None:
    record = json.loads(json.dumps(crescent.to_dict(), allow_nan=False))
    assert {
        "around",
        "set",
        "land_border_km",
        "shared_km",
        "share",
        "bearing_coverage_deg",
        "largest_gap_deg",
        "contiguous_groups",
        "members",
    } <= set(record)
    assert {
        "iso3",
        "shared_km",
        "share",
        "landlocked",
        "gauge_mm",
        "usd_per_feu_from_busan",
        "hours_from_busan",
    } <= set(record["members"][0])
    assert len(record["contiguous_groups"]) == 4


def test_what_cannot_be_encircled_is_refused() -> None:
    world = study("severed-2026")
    with pytest.raises(UnknownNameError, match="CHX"):
        encircle(world, around="CHX")
    with pytest.raises(UsageError, match="no land border"):
        encircle(world, around="JPN")
    with pytest.raises(UsageError, match="no other state"):
        encircle(world, set_id="sco", around="CHN", on="1999")


def test_a_state_without_a_place_is_told_and_stops_nothing() -> None:
    world = study("severed-2026")
    known = set(world.atlas.places["iso3"])
    ways = {one.iso3: one.by_rail["severed-2026"] for one in encircle(world, set_id="sco").members}
    unknown = {iso3 for iso3, way in ways.items() if way.reason.startswith("no place")}
    assert unknown == set(ways) - known
    assert "IND" in unknown
