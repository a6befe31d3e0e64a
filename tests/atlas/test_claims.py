"""Claims agree with the tables: what is preferred is what the study uses."""

from __future__ import annotations

from geo.atlas.claims import claims_at_odds, disputed, value_in_use
from tests.worlds import study

OUTSIDE_THE_TABLES = {
    "money-20ft",
    "feu_teu_ratio",
    "distance_coefficient",
    "value_usd_per_tonne",
    "minimum_wage",
    "km_to_seoul",
}
"""Facts that no cell holds: inputs of a derivation, or what the network measures."""


def test_every_preferred_claim_is_what_the_tables_say() -> None:
    assert claims_at_odds(study().atlas) == ()


def test_a_preferred_claim_that_no_table_follows_is_found() -> None:
    class Changed:
        """The atlas, with one preferred value altered and another claim preferred too."""

        resources = study().atlas.resources
        claims = study().atlas.claims

        def table(self, name: str) -> object:
            return study().atlas.table(name)

    atlas = Changed()
    at = atlas.claims.index[atlas.claims["claim_id"] == "money-047"]
    atlas.claims.loc[at, "value"] = "0.0145"
    (problem,) = claims_at_odds(atlas)  # type: ignore[arg-type]
    assert problem == "money-047: prefers 0.0145, but time_values ad-valorem per_day is 0.0135"
    other = atlas.claims.index[atlas.claims["claim_id"] == "money-046"]
    atlas.claims.loc[other, "preferred"] = True
    assert any("is preferred for the same fact" in text for text in claims_at_odds(atlas))  # type: ignore[arg-type]


def test_of_every_disputed_fact_one_claim_is_preferred_with_its_reason() -> None:
    for fact, rows in disputed(study().atlas.claims).items():
        chosen = [row for row in rows if row["preferred"]]
        assert len(chosen) <= 1, fact
        if not chosen:
            assert fact[2] in OUTSIDE_THE_TABLES, fact
        for row in rows:
            assert str(row["reason"]).strip(), row["claim_id"]


def test_values_in_use_are_found_in_each_kind_of_table() -> None:
    atlas = study().atlas
    assert float(value_in_use(atlas, "rates", "haul-chn", "money")) == 2.754
    assert float(value_in_use(atlas, "rates", "border-class-carec-2022", "base")) == 40.6
    assert float(value_in_use(atlas, "exchange_rates", "CNY", "2024")) == 7.1957
    assert float(value_in_use(atlas, "storage", "demurrage-korea", "free_days")) == 8
    assert value_in_use(atlas, "crossings", "brest-malaszewicze", "trains_day") == "16.0"
    assert value_in_use(atlas, "rates", "haul-chn", "money-20ft") == ""
    assert value_in_use(atlas, "moons", "io", "radius") == ""
