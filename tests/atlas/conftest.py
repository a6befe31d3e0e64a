"""A small data folder: the real schemas, a few made rows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "data" / "datapackage.json"

TABLES = {
    "sources": [
        "source_id,title,address,kind,year,accessed,licence,note",
        "atlas-1,An atlas,,paper,1999,,,",
        'assumption,Assumptions of the study,,assumption,,,,"reasons, in the notes"',
    ],
    "places": [
        "place_id,name,iso3,lon,lat,kinds,coord_error_km,source_ids,note",
        "gaesong,Kaesong,PRK,126.557,37.969,station;zone,0.5,atlas-1,",
        "pyongyang,Pyongyang,PRK,125.737,39.005,station;capital;city,,atlas-1,",
        "busan,Busan,KOR,129.042,35.115,station;port;city,,atlas-1;assumption,",
        "moscow,Moscow,RUS,37.655,55.776,station;capital,,atlas-1,",
        "lodz,Łódź,POL,19.46,51.76,station,,atlas-1,",
        "uiju,Uiju,PRK,124.53,40.2,city,,atlas-1,",
        "sinuiju,Sinuiju,PRK,124.394,40.1,station;border,,atlas-1,",
        "gwangju,Gwangju,KOR,126.85,35.16,city,,atlas-1,",
        "gyeonggi-gwangju,Gwangju (Gyeonggi),KOR,127.25,37.41,city,,atlas-1,",
    ],
    "place_names": [
        "place_id,text,language,system,preferred,source_ids",
        "gaesong,개성,ko,hangul,true,atlas-1",
        "gaesong,開城,ko,hanja,false,",
        "gaesong,Kaesŏng,ko,mccune-reischauer,false,",
        "pyongyang,P'yŏngyang,ko,mccune-reischauer,false,",
        "moscow,Москва,ru,cyrillic,true,",
        "gyeonggi-gwangju,Gwangju,ko,revised,false,",
    ],
    "items": [
        "item_id,title,unit,category,covers,class_item,note,group",
        "haul-rus,Haulage in Russia,FEU-km,haulage,haulage:RUS,,,",
        "run-rus,Running in Russia,km,running,,,,",
    ],
    "rates": [
        (
            "item_id,measure,base,low,high,unit,currency,price_year,distribution,range_means,"
            "source_ids,confidence,note,skew_reason"
        ),
        "haul-rus,money,0.6,0.5,0.8,per FEU-km,USD,2024,triangular,cross-section,atlas-1,medium,,",
        "run-rus,hours,0.02,0.02,0.03,h per km,,,uniform,ignorance,atlas-1,low,,",
    ],
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder `data` with the tables above."""
    root = tmp_path / "data"
    (root / "layers").mkdir(parents=True)
    package = json.loads(PACKAGE.read_text(encoding="utf-8"))
    wanted = {*TABLES, "zones", "sea_lanes", "sea_edges"}
    package["resources"] = [
        resource for resource in package["resources"] if resource["name"] in wanted
    ]
    (root / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    for name, rows in TABLES.items():
        (root / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return root
