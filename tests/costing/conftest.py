"""Small made tables, with numbers that can be worked by hand."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pandas as pd
import pytest

from geo.costing import Goods, RateCard, TimeValue

ITEMS = """item_id,title,unit,category,covers,note
entry-chn,Entry to Chinese railways,FEU,entry,,
haul-chn,Haulage in China,FEU-km,haulage,haulage:CHN,
run-chn,Running in China,km,running,,
energy-chn,Energy in China,t-km,energy,,
haul-rus,Haulage in Russia,FEU-km,haulage,haulage:RUS,
erai,Transit by the through rate,FEU,service,haulage:KAZ;haulage:RUS;haulage:BLR,
lane-busan-rotterdam,Lane rate,FEU,lane,sea:busan-rotterdam;handling-load:busan,
lift-busan,Lift at Busan,FEU,handling,handling-load:busan,
border-a-b,Border from A to B,FEU,border,border:a-b,
wait-train-kor,Wait for a train,FEU,waiting,,
sea-energy,Fuel at sea,TEU-km,sea,,
sea-run,Sailing,km,sea,,
sea-short,Short-sea freight,FEU-km,sea,,
"""
RATES = """item_id,measure,base,low,high,unit,currency,price_year,\
distribution,range_means,source_ids,confidence,note
entry-chn,money,680,680,680,per FEU,CNY,2018,fixed,none,card,medium,
haul-chn,money,2.754,2.754,2.754,per FEU-km,CNY,2018,fixed,none,card,medium,
run-chn,hours,0.02,0.015,0.025,h per km,,,triangular,cross-section,speeds,high,
energy-chn,co2,0.01,0.008,0.012,kg per t-km,,,uniform,cross-section,glec,medium,
haul-rus,money,0.5,0.4,0.8,per FEU-km,USD,2024,triangular,ignorance,assumption,assumption,a guess
erai,money,3289,2691,3295,per FEU,USD,2024,triangular,year-to-year,eri,high,
erai,hours,175.4,175.4,175.4,h per FEU,,,fixed,none,eri,high,
lane-busan-rotterdam,money,1955,1077,6549,per FEU,USD,2024,triangular,year-to-year,kcci,high,
lift-busan,money,100,80,120,per FEU,USD,2024,triangular,ignorance,thc,medium,
lift-busan,hours,24,12,48,h per FEU,,,triangular,ignorance,assumption,assumption,a guess
border-a-b,money,215,178,215,per FEU,USD,2020,triangular,cross-section,cpmm,high,
wait-train-kor,hours,36,12,84,h per FEU,,,triangular,ignorance,assumption,assumption,a guess
sea-energy,co2,0.08,0.08,0.08,kg per TEU-km,,,fixed,none,glec,high,
sea-run,hours,0.03,0.025,0.04,h per km,,,triangular,cross-section,speeds,medium,
"""
EXCHANGE = """currency,year,per_usd,source_ids
CNY,2018,6.5,ecb
CNY,2024,7.2,ecb
EUR,2020,0.875,ecb
"""
DEFLATORS = """year,index,series,source_ids
2018,100,made,bea
2020,104,made,bea
2024,125,made,bea
"""
GOODS = """goods_id,name,value_usd_per_feu,value_low,value_high,tonnes_per_feu,price_year,\
confidence,source_ids,note
general,General cargo,80000,40000,160000,20,2018,medium,unctad,
"""
TIME_VALUES = """method,per_day,low,high,source_ids,confidence,note
ad-valorem,0.006,0.006,0.021,hummels-schaur-2013,high,
capital-cost,0.0003,,,assumption,assumption,
"""


HEADWAYS = """item_id,mode,from_places,to_places,departures_week,low,high,least_wait_h,as_of,\
source_ids,confidence,note
"""
STORAGE = """item_id,dwell_item,from_day,to_day,per_day,currency,price_year,\
source_ids,confidence,note
"""


def table(text: str) -> pd.DataFrame:
    """Read a table from its text."""
    return pd.read_csv(io.StringIO(text))


@dataclass
class Tables:
    """The part of an Atlas that costing looks at."""

    items: pd.DataFrame
    rates: pd.DataFrame
    exchange_rates: pd.DataFrame
    deflators: pd.DataFrame
    goods: pd.DataFrame
    time_values: pd.DataFrame
    headways: pd.DataFrame
    storage: pd.DataFrame

    def with_rate(self, line: str) -> RateCard:
        """Return the card with one more row of rates."""
        self.rates = table(f"{RATES}{line}\n")
        return RateCard.from_atlas(self)


@pytest.fixture
def tables() -> Tables:
    """Return all tables of costing."""
    texts = (ITEMS, RATES, EXCHANGE, DEFLATORS, GOODS, TIME_VALUES, HEADWAYS, STORAGE)
    return Tables(*map(table, texts))


@pytest.fixture
def card(tables: Tables) -> RateCard:
    """Return the rate card of the made tables, USD of 2024."""
    return RateCard.from_atlas(tables)


@pytest.fixture
def goods() -> Goods:
    """Return a load of 20 t and USD 100,000."""
    return Goods(
        goods_id="general",
        name="General cargo",
        value_usd=100_000,
        value_low_usd=50_000,
        value_high_usd=200_000,
        tonnes_per_feu=20,
    )


@pytest.fixture
def time_value() -> TimeValue:
    """Return 0.6 % of the value a day."""
    return TimeValue(method="ad-valorem", per_day=0.006, low=0.006, high=0.021)
