"""Places of the user's own: what suffices, what is filled in, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.errors import DataError, UsageError
from geo.own import with_own_data

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geo.atlas import Atlas


def test_a_name_and_coordinates_suffice(peninsula: Atlas, csv_file: Callable[..., Path]) -> None:
    atlas = with_own_data(peninsula, places=csv_file("name,lon,lat", "Dry Port One,126.83,37.2"))
    place = atlas.find_place("dry port one")
    assert (place.place_id, place.iso3, place.kinds) == ("dry-port-one", "KOR", ("city",))
    assert (place.lon, place.lat) == (126.83, 37.2)
    row = atlas.places.set_index("place_id").loc["dry-port-one"]
    assert row["source_ids"] == "own-places-my"
    source = atlas.sources.set_index("source_id").loc["own-places-my"]
    assert (source["title"], source["kind"]) == ("own data: my.csv", "own")


def test_other_names_are_understood(peninsula: Atlas, csv_file: Callable[..., Path]) -> None:
    path = csv_file("place_id,lon,lat,names", "depot,126.83,37.2,화성 기지; Hwaseong Depot")
    atlas = with_own_data(peninsula, places=path)
    assert atlas.find_place("화성기지").place_id == "depot"
    assert atlas.find_place("hwaseong depot").name == "depot"


def test_a_known_id_replaces_and_is_joined_anew(
    peninsula: Atlas, csv_file: Callable[..., Path]
) -> None:
    path = csv_file("place_id,name,lon,lat", "munsan,Munsan New,126.9,37.7")
    atlas = with_own_data(peninsula, places=path)
    assert len(atlas.places) == len(peninsula.places)
    assert atlas.find_place("munsan").name == "Munsan New"
    assert not atlas.rail_nodes["place_ids"].str.contains("munsan").any()
    assert peninsula.rail_nodes["place_ids"].str.contains("munsan").any()
    assert any("munsan was moved by" in note for note in atlas.overlays[-1].notes)


def test_a_byte_order_mark_is_accepted(peninsula: Atlas, csv_file: Callable[..., Path]) -> None:
    path = csv_file("name,lon,lat", "Depot Zwei,126.83,37.2", encoding="utf-8-sig")
    assert with_own_data(peninsula, places=path).find_place("Depot Zwei").iso3 == "KOR"


@pytest.mark.parametrize(
    ("encoding", "text", "told"),
    [
        ("cp949", "화성 물류 기지", "cp949 \\(Korean\\)"),
        ("gb18030", "连云港集装箱码头", "gb18030 \\(Chinese\\)"),
        ("cp1251", "Находка Восточная", "cp1251 \\(Cyrillic\\)"),
        ("cp1252", "München/Café", "cp1252 \\(Western European\\)"),
        ("cp1252", "Müller Straße – Åre", "cp1252 \\(Western European\\)"),
        ("utf-16", "Depot", "got UTF-16"),
    ],
)
def test_another_encoding_is_named_with_the_way_to_utf8(
    peninsula: Atlas, csv_file: Callable[..., Path], encoding: str, text: str, told: str
) -> None:
    path = csv_file("name,lon,lat", f"{text},126.83,37.2", encoding=encoding)
    with pytest.raises(DataError, match=told) as caught:
        with_own_data(peninsula, places=path)
    assert f"iconv -f {encoding} -t UTF-8" in str(caught.value)
    assert "my.csv" in caught.value.file


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["name,lon,lat", "A,37.2,126.83"], "row 2, lat: .* lon and lat seem to be swapped"),
        (["name,lon,lat", "A,37.2,55.8,"], "expected 3 cells, got 4"),
        (["name,lon,lat", "A,200,37"], "row 2, lon: expected degrees from -180 to 180"),
        (["name,lon,lat", "A,nan,37"], "row 2, lon: expected degrees"),
        (["name,lon,lat", "A,east,37"], "row 2, lon: expected degrees, got 'east'"),
        (["name,lon,lat", "A,,37"], "row 2, lon: expected degrees, got ''"),
        (["name,lon,lat", ",126.8,37"], "row 2, name: expected a name or a place_id"),
        (["name,lon,lat", "부산,126.8,37"], "no id can be made of '부산'"),
        (["name,lon", "A,126.8"], "row 1, lat: the column is missing; the file has name, lon"),
        (["lon,lat", "126.8,37"], "row 1, name or place_id: the column is missing"),
        (["name,lon,lat,colour", "A,126.8,37,red"], "unknown column 'colour'"),
        (["name;lon;lat", "A;126.8;37"], "parted by commas"),
        (["name,lon,lat,lat", "A,126.8,37,37"], "the column stands there twice"),
        (["name,lon,lat", "A,126.8,37", "a,126.9,37"], "row 3, place_id: 'a' is there already"),
        (["name,lon,lat", "A,150,0"], "over 20 km from any state: give iso3"),
        (["name,lon,lat,kinds", "A,126.8,37,airport"], "kinds: expected one of station, border"),
        (["name,lon,lat,iso3", "A,55.756,37.617,RUS"], "swapped it lies in RUS"),
        (["name,lon,lat"], "has a header and no rows"),
        ([], "is empty; expected a header: name,lon,lat"),
    ],
)
def test_bad_places_are_refused_with_the_spot(
    peninsula: Atlas, csv_file: Callable[..., Path], lines: list[str], message: str
) -> None:
    with pytest.raises(DataError, match=message):
        with_own_data(peninsula, places=csv_file(*lines))


def test_a_file_that_is_not_there_is_wrong_use(peninsula: Atlas, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot read .*none.csv: No such file"):
        with_own_data(peninsula, places=tmp_path / "none.csv")
