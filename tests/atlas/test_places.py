"""Places by any of their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.atlas import Atlas, Place, fold
from geo.errors import UnknownNameError, UsageError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "text",
    ["gaesong", "Kaesong", "KAESONG", " kae-song ", "Kaesŏng", "kae'song", "개성", "開城"],
)
def test_any_name_finds_the_place(data: Path, text: str) -> None:
    place = Atlas(data).find_place(text)
    assert place == Place("gaesong", "Kaesong", "PRK", 126.557, 37.969, ("station", "zone"))


@pytest.mark.parametrize(
    ("text", "place_id"),
    [("москва", "moscow"), ("Lodz", "lodz"), ("ŁÓDŹ", "lodz"), ("P\u02bcyŏngyang", "pyongyang")],
)
def test_scripts(data: Path, text: str, place_id: str) -> None:
    assert Atlas(data).find_place(text).place_id == place_id


def test_a_misspelt_name_suggests_the_nearest(data: Path) -> None:
    with pytest.raises(UnknownNameError) as caught:
        Atlas(data).find_place("Pyongjang")
    assert caught.value.suggestions[0] == "Pyongyang"
    assert len(caught.value.suggestions) <= 3
    with pytest.raises(UnknownNameError) as nothing_like_it:
        Atlas(data).find_place("zzz")
    assert nothing_like_it.value.suggestions == ()
    with pytest.raises(UsageError, match="no place is named"):
        Atlas(data).find_place("  ")
    with pytest.raises(UnknownNameError):
        Atlas(data).find_place("--")


def test_an_ambiguous_name_lists_the_places(data: Path) -> None:
    atlas = Atlas(data)
    assert atlas.find_place("gwangju").place_id == "gwangju"  # an id wins
    names = data / "place_names.csv"
    text = names.read_text(encoding="utf-8")
    names.write_text(text + "uiju,Shingishu,ja,,false,\nsinuiju,Shingishū,ja,,false,\n", "utf-8")
    with pytest.raises(UsageError, match=r"sinuiju \(Sinuiju, PRK\) or uiju \(Uiju, PRK\)"):
        Atlas(data).find_place("shingishu")


@pytest.mark.parametrize("text", ["126.5,37.9", " 126.5 , 37.9 ", "+126.5;37.9"])
def test_a_point(data: Path, text: str) -> None:
    place = Atlas(data).find_place(text)
    assert (place.place_id, place.iso3, place.lon, place.lat) == ("", "", 126.5, 37.9)
    assert str(place) == "126.5,37.9"


def test_a_point_out_of_range(data: Path) -> None:
    atlas = Atlas(data)
    with pytest.raises(UsageError, match=r"seem to be swapped, 126.5,37.9 was meant"):
        atlas.find_place("37.9,126.5")
    with pytest.raises(UsageError, match=r"out of range: write lon,lat in degrees$"):
        atlas.find_place("-200,300")


def test_search(data: Path) -> None:
    atlas = Atlas(data)
    assert len(atlas.search_places()) == len(atlas.places)
    assert atlas.search_places("uiju")["place_id"].tolist() == ["uiju", "sinuiju"]
    found = atlas.search_places("моск")
    assert found[["place_id", "matched"]].to_numpy().tolist() == [["moscow", "Москва"]]
    assert atlas.search_places("pyongjang")["place_id"].iloc[0] == "pyongyang"
    assert atlas.search_places("xxxxxxxxx").empty


def test_fold_keeps_hangul_hanja_and_cyrillic() -> None:
    assert fold("개성-시") == "개성시"
    assert fold("開城") == "開城"
    assert fold("Йошкар-Ола") == "иошкарола"
    assert fold("Ŭiju/Sin.uiju") == "uijusinuiju"


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("Moskva", "moscow"),
        ("Rotterdam", "rotterdam"),
        ("Duisburg", "duisburg"),
        ("Hamburg", "hamburg"),
        ("Brest-Litovsk", "brest"),
        ("Małaszewicze", "malaszewicze"),
        ("Toshkent", "tashkent"),
        ("Nur-Sultan", "astana"),
        ("Akmola", "astana"),
        ("Alma-Ata", "almaty"),
        ("Bakı", "baku"),
        ("Актау", "aktau"),
        ("Alyat", "alat"),
        ("Tiflis", "tbilisi"),
        ("İstanbul", "istanbul"),
        ("Krasnovodsk", "turkmenbashi"),
        ("Wien", "vienna"),
        ("Praha", "prague"),
        ("Киев", "kyiv"),
        ("Antwerpen", "antwerp"),
    ],
)
def test_the_west_is_found_by_its_names(text: str, place_id: str) -> None:
    assert Atlas().find_place(text).place_id == place_id


def test_names_of_everyday_are_known_and_none_is_guessed_from_afar() -> None:
    atlas = Atlas()
    names = {
        "Viangchan": "vientiane",
        "Vostochnyy": "vostochny",
        "Chinnampo": "nampo",
        "Gwangju": "gwangju-songjeong",
        "Busan Port": "busan",
        "LA": "los-angeles",
    }
    assert {name: atlas.find_place(name).place_id for name in names} == names
    with pytest.raises(UnknownNameError) as caught:
        atlas.find_place("London")
    assert caught.value.suggestions == ()
