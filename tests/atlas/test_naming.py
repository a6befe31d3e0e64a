"""Which names are shown: dual by default, and every setting leaves all names understood."""

from __future__ import annotations

import pytest

from geo.atlas import NAME_STYLES, named
from geo.errors import UsageError
from tests import worlds


def shown(style: str) -> dict[str, str]:
    """Return the names of places and features under a setting."""
    atlas = named(worlds.study().atlas, style)
    places = dict(zip(atlas.places["place_id"], atlas.places["name"], strict=True))
    features = dict(zip(atlas.features["feature_id"], atlas.features["name"], strict=True))
    return places | {f"feature:{key}": name for key, name in features.items()}


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (
            "dual",
            {
                "kaesong": "Kaesong / Gaeseong",
                "chongjin": "Chongjin / Cheongjin",
                "haeju": "Haeju",
                "busan": "Busan",
                "gaesong": "Gaesong (Kaesong Industrial Complex)",
                "feature:east-sea": "East Sea / Sea of Japan",
                "feature:yellow-sea": "Yellow Sea / West Sea",
                "feature:dokdo": "Dokdo / Takeshima (Liancourt Rocks)",
                "feature:southern-kurils": "Southern Kurils / Northern Territories",
            },
        ),
        ("english", {"kaesong": "Kaesong", "feature:dokdo": "Liancourt Rocks"}),
        (
            "korean",
            {"kaesong": "개성", "busan": "부산", "moscow": "모스크바", "feature:east-sea": "동해"},
        ),
        (
            "chinese",
            {"beijing": "北京", "pyongyang": "平壤", "feature:yellow-sea": "黄海"},
        ),
        (
            "russian",
            {"moscow": "Москва", "kaesong": "Кэсон", "feature:east-sea": "Японское море"},
        ),
        ("japanese", {"tokyo": "東京", "feature:dokdo": "竹島"}),
        (
            "local",
            {
                "kaesong": "개성",
                "beijing": "北京",
                "moscow": "Москва",
                "ulaanbaatar": "Улаанбаатар",
            },
        ),
    ],
)
def test_names_by_setting(style: str, expected: dict[str, str]) -> None:
    names = shown(style)
    assert {key: names[key] for key in expected} == expected


@pytest.mark.parametrize("style", NAME_STYLES)
def test_every_setting_names_every_place_and_understands_all(style: str) -> None:
    atlas = named(worlds.study().atlas, style)
    assert len(atlas.places) == len(worlds.study().atlas.places)
    assert (atlas.places["name"].str.strip() != "").all()
    for text in ("Kaesong", "개성", "Rajin", "Москва", "Saigon"):
        assert atlas.find_place(text).place_id == worlds.study().atlas.find_place(text).place_id


def test_states_are_named_in_their_language() -> None:
    layer = named(worlds.study().atlas, "local").boundaries.set_index("iso3")["name"]
    assert layer["KOR"] == "대한민국"
    assert layer["RUS"] == "Россия"


def test_an_unknown_setting_is_refused() -> None:
    with pytest.raises(UsageError, match="one of dual, english, korean"):
        named(worlds.study().atlas, "klingon")


def test_disputed_places_say_who_holds_and_who_claims_them() -> None:
    features = worlds.study().atlas.features.set_index("feature_id")
    disputed = features[features["kind"] == "disputed"]
    assert {"dokdo", "senkaku", "southern-kurils", "crimea", "taiwan"} <= set(disputed.index)
    assert disputed["claimed_by"].notna().all()
    assert disputed["held_by"]["dokdo"] == "KOR"
    assert disputed["claimed_by"]["dokdo"] == "JPN"
    assert disputed["claimed_by"]["senkaku"] == "CHN;TWN"
