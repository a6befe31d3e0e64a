"""The audit: worked sums of published figures, and verdicts that follow from them."""

from __future__ import annotations

import pytest

from geo.analysis.audit import VERDICTS, ClaimAudit, audit
from geo.atlas import Atlas
from geo.errors import UnknownNameError


@pytest.fixture(scope="module")
def claims() -> dict[str, ClaimAudit]:
    return {claim.claim_id: claim for claim in audit(Atlas())}


def value(claim: ClaimAudit, definition: str) -> float | None:
    (found,) = [one.value for one in claim.findings if one.definition_id == definition]
    return found


def test_a_fifth_holds_at_purchasing_power_and_not_at_exchange_rates(
    claims: dict[str, ClaimAudit],
) -> None:
    claim = claims["global-production"]
    # World Factbook, trillions of 2008: 7.8 + 4.487 + 1.312 of 70.65; with Taiwan 0.7572 more.
    assert value(claim, "ppp-2008") == pytest.approx(13.599 / 70.65)
    assert value(claim, "ppp-taiwan-2008") == pytest.approx(14.3562 / 70.65)
    # International Monetary Fund, hundreds of millions of 2007.
    assert value(claim, "nominal-imf-2007") == pytest.approx((32508 + 43838 + 9571) / 543116)
    assert value(claim, "nominal-taiwan-2008") is None
    assert claim.verdict == "holds under a definition only"
    assert claim.decided_by_definition


def test_the_definition_of_europe_decides_four_times(claims: dict[str, ClaimAudit]) -> None:
    claim = claims["four-times-eu"]
    three = 1324.655 + 128.063 + 49.054708
    assert value(claim, "eu-27") == pytest.approx(three / 497.455, rel=1e-6)
    assert value(claim, "eu-15") == pytest.approx(three / 392.93, rel=1e-6)
    agree = {one.definition_id for one in claim.findings if one.agrees and one.at_date}
    assert agree == {"eu-15", "eu-15-prk-taiwan"}
    assert claim.verdict == "holds under a definition only"


def test_later_figures_do_not_count_for_the_verdict(claims: dict[str, ClaimAudit]) -> None:
    people = claims["people"]
    (now,) = [one for one in people.findings if one.definition_id == "prk-2024"]
    assert now.agrees
    assert not now.at_date
    assert people.verdict == "does not hold"
    assert people.spread == pytest.approx((1559.093524 - 1501.772708) * 1e6, rel=1e-6)


@pytest.mark.parametrize(
    ("claim_id", "verdict"),
    [
        ("over-seventy-million", "holds"),
        ("eleventh-economy", "does not hold"),
        ("us-bases", "holds"),
        ("treaty-1954", "holds under a definition only"),
        ("crescent-unfriendly", "not judged"),
        ("crescent-socialist", "not judged"),
    ],
)
def test_verdicts(claims: dict[str, ClaimAudit], claim_id: str, verdict: str) -> None:
    assert claims[claim_id].verdict == verdict


def test_the_treaty_was_signed_a_year_before_it_was_in_force(
    claims: dict[str, ClaimAudit],
) -> None:
    claim = claims["treaty-1954"]
    assert (value(claim, "signed"), value(claim, "in-force")) == (1953, 1954)


def test_every_claim_has_a_verdict_and_every_value_its_sources(
    claims: dict[str, ClaimAudit],
) -> None:
    for claim in claims.values():
        assert claim.verdict in VERDICTS
        for one in claim.findings:
            assert bool(one.missing) == (one.value is None)
            assert one.source_ids


def test_one_claim_alone_and_an_unknown_one() -> None:
    (claim,) = audit(Atlas(), "people")
    assert claim.to_dict()["verdict"] == "does not hold"
    with pytest.raises(UnknownNameError, match="four-times-eu"):
        audit(Atlas(), "four-times")
