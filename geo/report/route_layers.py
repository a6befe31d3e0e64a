"""Routes as layers and as tables: ways, legs with what they cost, and every charge of the bill."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.report.charges import usd_by_bucket
from geo.report.export import Sheet, sheets_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from geo.route import Leg, Route

__all__ = ["route_layers", "route_sheets"]

_CRS = "EPSG:4326"
_LEG = (
    *("route", "leg", "mode", "from", "to", "line", "country", "gauge_mm", "schematic"),
    *("km", "tariff_km", "hours", "usd", "kg_co2"),
)
_TOTALS = (
    *("distance_km", "tariff_km", "hours", "usd_per_feu", "usd_low", "usd_high"),
    *("kg_co2_per_feu", "generalised_usd_per_feu", "assumed_share"),
)
_LISTS = ("legs", "bill")
_MAYBE = ("way", "steering")


def route_layers(
    routes: Sequence[Route], categories: Mapping[str, str]
) -> dict[str, gpd.GeoDataFrame]:
    """Lay routes out as layers.

    Parameters
    ----------
    routes
        Routes between the same two places.
    categories
        Category of each item, by its id.

    Returns
    -------
    dict of str to GeoDataFrame
        In EPSG:4326. `legs`: a row a leg; its `usd`, `hours` and `kg_co2` add up to the bill.
        What happens on the spot has no geometry. `routes`: a row a route, with its totals, and
        its money by what it pays for as ``usd_rail``, ``usd_sea`` and the like.
    """
    # A route that is told alone needs no layers.
    import geopandas as gpd

    legs = [
        {**_leg_row(number, place, leg), "geometry": leg.geometry}
        for number, route in enumerate(routes, start=1)
        for place, leg in enumerate(route.legs, start=1)
    ]
    ways = [
        {
            "route": number,
            "origin": route.origin.name,
            "destination": route.destination.name,
            "scenario": route.scenario,
            "corridor": route.corridor,
            "modes": "+".join(route.modes),
            **{name: float(getattr(route, name)) for name in _TOTALS},
            **{
                f"usd_{bucket}": usd
                for bucket, usd in usd_by_bucket(route.charges, categories).items()
            },
            "physical_status": route.physical_status,
            "legal_status": route.legal_status,
            "geometry": route.geometry,
        }
        for number, route in enumerate(routes, start=1)
    ]
    frame = gpd.GeoDataFrame(legs, columns=[*_LEG, "geometry"], geometry="geometry", crs=_CRS)
    # a gauge that is not known must not turn the others into fractions
    frame["gauge_mm"] = frame["gauge_mm"].astype("Int32")
    return {
        "legs": _rounded(frame),
        "routes": _rounded(gpd.GeoDataFrame(ways, geometry="geometry", crs=_CRS)),
    }


def route_sheets(routes: Sequence[Route]) -> tuple[Sheet, ...]:
    """Lay routes out as tables: routes, legs and the bill.

    Parameters
    ----------
    routes
        Routes between the same two places.

    Returns
    -------
    tuple of Sheet
        Rows of the second and third name the route by its number.
    """
    records = []
    for number, route in enumerate(routes, start=1):
        head = {
            "route": number,
            "origin": route.origin.name,
            "destination": route.destination.name,
            "scenario": route.scenario,
        }
        told = route.to_dict()
        left_out = {*_LISTS, *(name for name in _MAYBE if told[name] is None)}
        legs = [_leg_row(number, place, leg) for place, leg in enumerate(route.legs, start=1)]
        bill = route.bill.rename(columns={"original_amount": "amount", "source": "source_ids"})
        records.append(
            head
            | {key: value for key, value in told.items() if key not in left_out}
            | {"legs": legs, "bill": bill.to_dict("records")}
        )
    return sheets_of(records, name="routes")


def _leg_row(route: int, place: int, leg: Leg) -> dict[str, Any]:
    return {
        "route": route,
        "leg": place,
        "mode": leg.mode,
        "from": leg.from_name,
        "to": leg.to_name,
        "line": leg.line,
        "country": leg.country,
        "gauge_mm": leg.gauge_mm,
        "schematic": leg.schematic,
        "km": leg.km,
        "tariff_km": leg.tariff_km,
        "hours": leg.hours,
        "usd": leg.usd,
        "kg_co2": leg.kg_co2,
    }


def _rounded(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Round what sums of floats leave in the last digits."""
    for name in frame.columns:
        if pd.api.types.is_float_dtype(frame[name]):
            frame[name] = frame[name].round(4)
    return frame
