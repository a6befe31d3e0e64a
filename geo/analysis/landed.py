"""Landed cost: what a box of a zone costs in the United States under each treatment of origin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.analysis.two_track import MODES
from geo.atlas import ids_of
from geo.costing import find_goods

if TYPE_CHECKING:
    from geo.costing import Goods
    from geo.route import Route
    from geo.study import Study

__all__ = ["BANNED", "PORTS", "TREATMENTS", "Landed", "Preference", "landed_costs", "preferences"]

BANNED = "banned"
TREATMENTS = (BANNED, "column-2", "mfn", "korus")
"""How the United States may treat goods of a zone, from the hardest to the kindest."""

PORTS = ("los-angeles", "long-beach")
"""Where goods land; the cheaper of the two counts."""

WHY_BANNED = (
    "no landed cost: the United States bar goods with content of the North "
    "(Executive Orders 13570 and 13722, 31 CFR 510); UN resolutions 2371, 2375 and 2397 bar many"
)
BAN_SOURCES = (
    *("tradeexpertise-eo13570", "ofac-2011-nksr", "ustr-2011-larson", "freekorea-us-regs"),
    *("usun-2397", "mofa-2375"),
)


@dataclass(frozen=True)
class Landed:
    """A box of goods landed in the United States, USD of the study's price year per FEU.

    Attributes
    ----------
    goods_id, goods : str
    hts : str
        Subheading of the Harmonized Tariff Schedule ("" where goods are barred as a whole).
    treatment : str
        banned, column-2, mfn or korus.
    value_usd : float
        Of the goods at the zone.
    value_confidence : str
    ad_valorem, duty_usd, transport_usd, landed_usd : float or None
        None where goods are barred, or no way leads to the port.
    port : str
        "" where no way leads to one.
    reason : str
        Why there is no landed cost.
    source_ids : tuple of str
        Of the duty, or of the ban.
    """

    goods_id: str
    goods: str
    hts: str
    treatment: str
    value_usd: float
    value_confidence: str
    ad_valorem: float | None
    duty_usd: float | None
    transport_usd: float | None
    landed_usd: float | None
    port: str
    reason: str
    source_ids: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        money = {
            name: _rounded(getattr(self, name))
            for name in ("value_usd", "duty_usd", "transport_usd", "landed_usd")
        }
        return {
            "goods": self.goods_id,
            "hts": self.hts or None,
            "treatment": self.treatment,
            "ad_valorem": self.ad_valorem,
            **money,
            "value_confidence": self.value_confidence,
            "port": self.port or None,
            "reason": self.reason,
            "source_ids": list(self.source_ids),
        }


@dataclass(frozen=True)
class Preference:
    """What the preference of KORUS is worth to one box.

    Attributes
    ----------
    goods_id, goods, hts : str
    margin : float
        General rate less the preference, as a share of the value.
    usd_per_feu, usd_low, usd_high : float
        USD of the study's price year; the range is that of the value of the goods.
    value_confidence : str
    """

    goods_id: str
    goods: str
    hts: str
    margin: float
    usd_per_feu: float
    usd_low: float
    usd_high: float
    value_confidence: str

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {
            "goods": self.goods_id,
            "hts": self.hts,
            "margin": round(self.margin, 6),
            "usd_per_feu": _rounded(self.usd_per_feu),
            "usd_low": _rounded(self.usd_low),
            "usd_high": _rounded(self.usd_high),
            "value_confidence": self.value_confidence,
        }


def landed_costs(study: Study, place: str) -> tuple[Landed, ...]:
    """Reckon the landed cost of every good whose duties are sourced.

    Parameters
    ----------
    study : Study
        Its scenario says which way the box takes, by rail, sea and road.
    place : str
        Where the goods are made.

    Returns
    -------
    tuple of Landed
        By goods in the order of `tariffs.csv`: banned, and then each subheading and treatment.

    Notes
    -----
    Landed = value x (1 + duty) + transport to the port; duty is on the value at the zone, as the
    United States value goods without freight. Surcharges of chapter 99, fees and what lies
    beyond the port are not counted.
    """
    tariffs = study.atlas.tariffs
    order = {treatment: rank for rank, treatment in enumerate(TREATMENTS)}
    found: list[Landed] = []
    for goods_id in dict.fromkeys(tariffs["goods_id"]):
        laden = study.carrying(str(goods_id))
        route, reason = _way(laden, place)
        found.append(_banned(laden.goods))
        rows = tariffs[tariffs["goods_id"] == goods_id].to_dict("records")
        rows.sort(key=lambda row: (row["hts"], order[row["treatment"]]))
        found += [_dutiable(laden.goods, row, route, reason) for row in rows]
    return tuple(found)


def preferences(study: Study) -> tuple[Preference, ...]:
    """Reckon what the preference of KORUS is worth per box, for each subheading.

    Parameters
    ----------
    study : Study

    Returns
    -------
    tuple of Preference
        In the order of `tariffs.csv`. It saves money only where goods may enter at all, and only
        against the general rate.
    """
    found = []
    for (goods_id, hts), rows in study.atlas.tariffs.groupby(["goods_id", "hts"], sort=False):
        rates = rows.set_index("treatment")["ad_valorem"]
        goods = find_goods(study.atlas, str(goods_id))
        margin = float(rates["mfn"]) - float(rates["korus"])
        found.append(
            Preference(
                goods_id=goods.goods_id,
                goods=goods.name,
                hts=str(hts),
                margin=margin,
                usd_per_feu=margin * goods.value_usd,
                usd_low=margin * goods.value_low_usd,
                usd_high=margin * goods.value_high_usd,
                value_confidence=goods.confidence,
            )
        )
    return tuple(found)


def _way(study: Study, place: str) -> tuple[Route | None, str]:
    """Return the way to the cheaper port, or why there is none."""
    outcomes = study.routes([place], PORTS, modes=MODES)
    routes = [outcome.route for outcome in outcomes if outcome.route is not None]
    best = min(routes, key=lambda route: route.generalised_usd_per_feu, default=None)
    return best, "" if routes else outcomes[0].reason


def _banned(goods: Goods) -> Landed:
    return Landed(
        goods_id=goods.goods_id,
        goods=goods.name,
        hts="",
        treatment=BANNED,
        value_usd=goods.value_usd,
        value_confidence=goods.confidence,
        ad_valorem=None,
        duty_usd=None,
        transport_usd=None,
        landed_usd=None,
        port="",
        reason=WHY_BANNED,
        source_ids=BAN_SOURCES,
    )


def _dutiable(goods: Goods, row: dict[str, Any], route: Route | None, reason: str) -> Landed:
    rate = float(row["ad_valorem"])
    duty = goods.value_usd * rate
    transport = None if route is None else route.usd_per_feu
    return Landed(
        goods_id=goods.goods_id,
        goods=goods.name,
        hts=str(row["hts"]),
        treatment=str(row["treatment"]),
        value_usd=goods.value_usd,
        value_confidence=goods.confidence,
        ad_valorem=rate,
        duty_usd=duty,
        transport_usd=transport,
        landed_usd=None if transport is None else goods.value_usd + duty + transport,
        port="" if route is None else route.destination.place_id,
        reason=reason,
        source_ids=ids_of(row["source_ids"]),
    )


def _rounded(usd: float | None) -> float | None:
    return None if usd is None else round(usd, 2)
