"""State sets: memberships by date, as the organisations themselves have them."""

from __future__ import annotations

import pytest

from geo.analysis.state_sets import members_of, overlaps, set_summaries
from geo.atlas import Atlas
from geo.errors import UnknownNameError, UsageError

SIX = {"VNM", "KHM", "MMR", "UZB", "KAZ", "MNG"}


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas()


def test_the_crescent_has_six_states_at_any_date(atlas: Atlas) -> None:
    for date in (None, "1900", "2008-02-29", "2026"):
        assert set(members_of(atlas, "crescent-6", on=date)) == SIX


@pytest.mark.parametrize(
    ("date", "newest", "absent"),
    [
        ("2001-06-14", None, "CHN"),
        ("2001-06-15", "UZB", "IND"),
        ("2017-06-08", "UZB", "IND"),
        ("2017-06-09", "IND", "IRN"),
        ("2023-07-04", "IRN", "BLR"),
        ("2024-07", "BLR", "MNG"),
    ],
)
def test_the_shanghai_organisation_grew_by_these_dates(
    atlas: Atlas, date: str, newest: str | None, absent: str
) -> None:
    members = members_of(atlas, "sco", on=date, roles=["member"])
    assert newest is None or newest in members
    assert absent not in members


def test_india_was_an_observer_until_it_was_a_member(atlas: Atlas) -> None:
    for date, role in (("2016", "observer"), ("2018", "member")):
        assert "IND" in members_of(atlas, "sco", on=date, roles=[role])
    assert "IND" not in members_of(atlas, "sco", on="2018", roles=["observer"])


def test_a_year_counts_as_its_last_day(atlas: Atlas) -> None:
    assert "IND" in members_of(atlas, "sco", on="2017", roles=["member"])
    assert "IND" not in members_of(atlas, "sco", on="2016", roles=["member"])


def test_overlaps_by_hand(atlas: Atlas) -> None:
    rows = overlaps(atlas, ["crescent-6", "soft-coalition-4", "neat"], on="2008")
    found = {(row["set_a"], row["set_b"]): row for row in rows.to_dict("records")}
    pair = found["crescent-6", "soft-coalition-4"]
    assert pair["n_common"] == 4
    assert pair["jaccard"] == pytest.approx(4 / 6)
    assert pair["common"] == "KAZ;KHM;MNG;UZB"
    assert found["crescent-6", "neat"]["jaccard"] == 0.0


def test_the_overlap_with_shanghai_grew_between_2008_and_now(atlas: Atlas) -> None:
    then, now = (
        overlaps(atlas, ["crescent-6", "sco"], on=date).iloc[0]["n_common"]
        for date in ("2008", "2025")
    )
    # Members Kazakhstan and Uzbekistan and the observer Mongolia; later the partners in the south.
    assert (then, now) == (3, 5)


def test_strange_words_are_refused(atlas: Atlas) -> None:
    with pytest.raises(UnknownNameError, match="crescent-6"):
        members_of(atlas, "crescent-7")
    with pytest.raises(UsageError, match="write 2008"):
        members_of(atlas, "sco", on="last year")
    with pytest.raises(UsageError, match="no role"):
        members_of(atlas, "sco", roles=["guest"])


def test_every_set_is_summed_up_with_its_words(atlas: Atlas) -> None:
    found = {one["set"]: one for one in set_summaries(atlas, on="2008")}
    assert found["neat"]["quote"] == "Northeast Asia today - China, Korea, and Japan"
    assert found["neat"]["by_role"] == {"member": ["CHN", "KOR", "JPN"]}
    assert found["sco"]["by_role"]["observer"] == ["MNG", "IND", "PAK", "IRN"]
    # Twenty-seven states of the European Union in 2008, and twenty-seven others in 2021.
    for date in ("2008", "2021"):
        triad = {one["set"]: one for one in set_summaries(atlas, on=date)}["global-triad"]
        assert len(triad["by_role"]["european-union"]) == 27


def test_the_security_organisation_had_uzbekistan_for_six_years(atlas: Atlas) -> None:
    for date, there in (("2006-05", False), ("2006-06", True), ("2012-11", True), ("2013", False)):
        assert ("UZB" in members_of(atlas, "csto", on=date)) is there
