"""The road layers: which states keep their whole network, and which only the short ways.

Roads were not thinned by class, for the source tells none: only by what they lead to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.atlas import ids_of
from geo.network.road_build import RoadFacts, build_road
from geo.network.topology import curated_links_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geo.atlas import Atlas
    from geo.network.road_build import RoadReport

__all__ = ["NATIONAL", "THINNED", "build_roads"]

HIGHWAYS = "scgraph_data/scgraph_data/world_highways.py"

NATIONAL = (
    *("ARM", "AZE", "BLR", "GEO", "KAZ", "KGZ", "KHM", "KOR", "LAO", "MMR", "MNG", "PRK"),
    *("THA", "TJK", "TKM", "UZB", "VNM"),
)
"""States whose whole network stays, but for dead ends that serve no place."""

THINNED = (
    *("AUT", "BEL", "BGR", "CHN", "CZE", "DEU", "EST", "FIN", "HKG", "HRV", "HUN", "IRN", "JPN"),
    *("LTU", "LUX", "LVA", "MYS", "NLD", "POL", "ROU", "RUS", "SGP", "SRB", "SVK", "SVN", "TUR"),
)
"""States of which the shortest ways between places and crossings stay."""


def build_roads(
    raw_dir: Path, layers: Path, atlas: Atlas, *, progress: Callable[[str], None] = lambda _: None
) -> RoadReport:
    """Build the layers `road_edges` and `road_nodes`.

    Parameters
    ----------
    raw_dir
        Folder with the unpacked wheel scgraph-data 2.0.0 in `scgraph_data/`.
    layers
        Folder that the two files are written to.
    atlas
        Boundaries, places, crossings, unions and additions.
    progress
        Called with the name of each step.

    Returns
    -------
    RoadReport
    """
    unions = [ids_of(members) for members in atlas.border_regimes["members"]]
    facts = RoadFacts(
        boundaries=atlas.boundaries,
        crossings=atlas.road_crossings,
        places=atlas.places,
        national=frozenset(NATIONAL),
        thinned=frozenset(THINNED),
        unions=frozenset(
            (here, there) for members in unions for here in members for there in members
        ),
        links=curated_links_of(atlas.road_additions),
    )
    return build_road(raw_dir / HIGHWAYS, layers, facts, progress=progress)
