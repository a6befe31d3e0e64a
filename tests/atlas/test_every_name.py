"""Every name that must be understood: those of the corridor places, and those of the issue."""

from __future__ import annotations

import csv
import io

import pytest

from geo.earth import distance_km
from tests import worlds

# Collected by hand for the corridors, good to 2-5 km; the network's own stations lie near them.
CORRIDOR_PLACES = """name,iso3,lon,lat
Busan,KOR,129.042,35.115
Busanjin,KOR,129.049,35.127
Seoul,KOR,126.971,37.555
Yongsan,KOR,126.965,37.530
Munsan,KOR,126.792,37.854
Dorasan,KOR,126.7101,37.8987
Panmun,PRK,126.651,37.932
Kaesong,PRK,126.557,37.969
Sariwon,PRK,125.757,38.506
Haeju,PRK,125.716,38.043
Pyongyang,PRK,125.737,39.005
Nampo,PRK,125.405,38.735
Sinuiju,PRK,124.394,40.100
Dandong,CHN,124.386,40.125
Shenyang,CHN,123.390,41.795
Beijing,CHN,116.421,39.903
Changchun,CHN,125.318,43.909
Harbin,CHN,126.626,45.762
Manzhouli,CHN,117.428,49.603
Zabaikalsk,RUS,117.330,49.652
Borzya,RUS,116.513,50.388
Olovyannaya,RUS,115.567,50.944
Karymskaya,RUS,114.355,51.618
Chita,RUS,113.499,52.028
Ulan-Ude,RUS,107.586,51.843
Naushki,RUS,106.110,50.390
Sukhbaatar,MNG,106.192,50.239
Darkhan,MNG,105.981,49.464
Ulaanbaatar,MNG,106.884,47.909
Choir,MNG,108.362,46.365
Sainshand,MNG,110.137,44.893
Zamyn-Uud,MNG,111.903,43.718
Erenhot,CHN,111.977,43.653
Jining South,CHN,113.105,41.030
Datong,CHN,113.303,40.118
Zhangjiakou,CHN,114.880,40.770
Irkutsk,RUS,104.260,52.283
Taishet,RUS,98.000,55.940
Krasnoyarsk,RUS,92.830,56.006
Novosibirsk,RUS,82.898,55.036
Omsk,RUS,73.386,54.939
Tyumen,RUS,65.523,57.146
Yekaterinburg,RUS,60.600,56.858
Perm,RUS,56.186,58.005
Kirov,RUS,49.651,58.583
Moscow Yaroslavsky,RUS,37.657,55.777
Birobidzhan,RUS,132.945,48.793
Khabarovsk,RUS,135.074,48.496
Ussuriysk,RUS,131.944,43.790
Vladivostok,RUS,131.882,43.111
Nakhodka-Vostochnaya,RUS,133.060,42.757
Baranovsky,RUS,131.920,43.640
Khasan,RUS,130.645,42.428
Tumangang,PRK,130.620,42.414
Hongui,PRK,130.530,42.380
Rajin,PRK,130.300,42.250
Chongjin,PRK,129.790,41.780
Kowon,PRK,127.242,39.435
Wonsan,PRK,127.430,39.163
Anbyon,PRK,127.525,39.045
Pyonggang,PRK,127.288,38.413
Woljeong-ri,KOR,127.210,38.300
Baengmagoji,KOR,127.153,38.258
Kumgangsan Chongnyon,PRK,128.205,38.690
Kamho,PRK,128.340,38.610
Jejin,KOR,128.400,38.550
Gangneung,KOR,128.899,37.764
Samcheok,KOR,129.171,37.437
Pohang,KOR,129.342,36.072
Cheorwon (old),KOR,127.200,38.245
Naegumgang,PRK,128.020,38.640
Lianyungang,CHN,119.450,34.742
Xuzhou,CHN,117.203,34.267
Zhengzhou,CHN,113.653,34.749
Xi'an,CHN,108.955,34.280
Baoji,CHN,107.147,34.377
Lanzhou,CHN,103.850,36.034
Urumqi,CHN,87.577,43.786
Jinghe,CHN,82.890,44.600
Khorgos,CHN,80.420,44.210
Altynkol,KAZ,80.260,44.200
Zhetygen,KAZ,77.140,43.660
Alashankou,CHN,82.570,45.170
Dostyk,KAZ,82.487,45.253
Aktogay,KAZ,79.670,46.950
Moyynty,KAZ,73.330,47.210
Zhezkazgan,KAZ,67.720,47.800
Beyneu,KAZ,55.190,45.320
"""
WITHIN_KM = 15.0

ASKED_FOR = {
    "gaesong": "Gaesong|gae-song|GAESONG|Gaesung|Kaesong Industrial Complex|개성공단",
    "kaesong": "Kaesong|Kaesŏng|kae song|kae'song|Gaeseong|개성|開城|开城|Кэсон",
    "najin": "Najin|Rajin|Rason|나진|라진|Раджин|羅津",
    "pyongyang": "Pyongyang|P'yŏngyang|Pyeongyang|평양|平壤|Пхеньян",
    "hamhung": "Hamhung|Hamhŭng|Hamheung|함흥",
    "chongjin": "Chongjin|Ch'ŏngjin|Cheongjin|청진",
    "kimchaek": "Kimchaek|Kimch'aek|Gimchaek|김책",
    "sinuiju": "Sinuiju|Sinŭiju|신의주",
    "wonsan": "Wonsan|Wŏnsan|원산",
    "kumgang": "Kumgang|Geumgang",
    "donghae": "Donghae|동해",
    "goseong": "Goseong|고성",
    "busan": "Busan|Pusan|부산|釜山",
    "ulaanbaatar": "Ulaanbaatar|Ulan Bator|ulan-bator|Улаанбаатар|Улан-Батор",
    "ho-chi-minh-city": "Ho Chi Minh City|Saigon|Sài Gòn|Hồ Chí Minh",
    "hanoi": "Hanoi|Hà Nội",
    "vientiane": "Vientiane",
    "bangkok": "Bangkok",
    "singapore": "Singapore",
    "moscow": "Moscow|Москва|москва",
    "rotterdam": "Rotterdam",
    "duisburg": "Duisburg",
    "hamburg": "Hamburg",
    "brest": "Brest",
    "malaszewicze": "Malaszewicze|Małaszewicze",
    "tashkent": "Tashkent",
    "astana": "Astana|Nur-Sultan",
    "almaty": "Almaty|Alma-Ata|Алматы",
    "baku": "Baku",
    "aktau": "Aktau",
    "tianjin": "Tianjin",
    "shanghai": "Shanghai",
    "qingdao": "Qingdao",
    "dalian": "Dalian",
    "lianyungang": "Lianyungang",
    "chongqing": "Chongqing",
    "chengdu": "Chengdu",
    "xian": "Xi'an|Xian|XI'AN|Xi\u02bcan|西安",
    "beijing": "Beijing|Peking|北京",
    "urumqi": "Urumqi|Ürümqi|Urumchi",
    "hunchun": "Hunchun",
    "vostochny": "Vostochny",
    "nakhodka": "Nakhodka",
    "zarubino": "Zarubino",
    "tokyo": "Tokyo|東京",
    "osaka": "Osaka|大阪",
    "los-angeles": "Los Angeles",
    "long-beach": "Long Beach",
}


@pytest.mark.parametrize(
    ("name", "iso3", "lon", "lat"),
    [
        (row["name"], row["iso3"], float(row["lon"]), float(row["lat"]))
        for row in csv.DictReader(io.StringIO(CORRIDOR_PLACES))
    ],
)
def test_every_corridor_place_is_found_where_it_is(
    name: str, iso3: str, lon: float, lat: float
) -> None:
    place = worlds.study().atlas.find_place(name)
    assert place.iso3 == iso3
    assert float(distance_km(lon, lat, place.lon, place.lat)) < WITHIN_KM


@pytest.mark.parametrize(
    ("name", "place_id"),
    [(name, place_id) for place_id, names in ASKED_FOR.items() for name in names.split("|")],
)
def test_every_name_asked_for_is_understood(name: str, place_id: str) -> None:
    assert worlds.study().atlas.find_place(name).place_id == place_id


def test_all_corridor_places_are_asked_for() -> None:
    assert len(CORRIDOR_PLACES.splitlines()) == 1 + 88
