"""What a layer's file says of itself: title, attribution, licence, sources and state of the world.

It holds no time of writing: the same layers give the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geo.atlas import ids_of
from geo.files import sha256_of
from geo.report.export import about
from geo.report.provenance import Source, cited_sources, tables_cite

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd

    from geo.atlas import Atlas
    from geo.route import Route
    from geo.scenario import Scenario
    from geo.study import Study

__all__ = ["LayerNote", "layer_notes", "route_note"]

_RESOURCES = {
    "states": ("boundaries", "states", "state_sets"),
    "zones": ("zones", "places"),
    "places": ("places",),
    "lines": ("lines", "line_stations", "rail_edges"),
    "track": ("rail_edges",),
    "crossings": ("crossings", "rates"),
    "ports": ("ports", "places"),
    "passages": ("passages",),
    "lanes": ("sea_lanes",),
    "features": ("features",),
    "roads": ("road_edges",),
    "road_crossings": ("road_crossings", "rates"),
    "state_sets": ("state_sets", "boundaries"),
    "alliances": ("alliances", "capitals"),
    # of reach
    "ground": ("rail_edges", "road_edges", "boundaries", "cities"),
    "network": ("rail_edges", "road_edges", "sea_lanes"),
    "cities": ("cities",),
}
_ROUTES = ("rail_edges", "road_edges", "sea_lanes", "rates")
_BY_ROW = "Named row by row in source_ids"


@dataclass(frozen=True)
class LayerNote:
    """What is said of a layer.

    Attributes
    ----------
    title : str
    attribution : tuple of str
        What it was made from, and under which licence, file by file.
    sources : tuple of Source
        Those that its rows cite.
    facts : mapping of str to str
        State of the world, version of the data.
    """

    title: str
    attribution: tuple[str, ...]
    sources: tuple[Source, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {
            "title": self.title,
            "attribution": list(self.attribution),
            **self.facts,
            "sources": [
                {
                    "source": source.source_id,
                    "title": source.title,
                    "address": source.address,
                    "year": source.year,
                    "licence": source.licence,
                }
                for source in self.sources
            ],
        }


def layer_notes(
    atlas: Atlas, layers: Mapping[str, gpd.GeoDataFrame], *, scenario: Scenario
) -> dict[str, LayerNote]:
    """Say of each layer what it was made from.

    Parameters
    ----------
    atlas
        The data.
    layers
        Layers by name, of `geo.layers.atlas_layers` or of reach.
    scenario
        The state of the world that their status tells.

    Returns
    -------
    dict of str to LayerNote
        By the names of the layers.
    """
    facts = {
        "scenario": f"{scenario.scenario_id}: {scenario.title}",
        "data": f"sha256:{sha256_of(atlas.root / 'datapackage.json')}",
    }
    notes = {}
    for name, frame in layers.items():
        tables = [one for one in _RESOURCES.get(name, ()) if one in atlas.resources]
        if "source_ids" in frame:
            cited = [one for cell in frame["source_ids"] for one in ids_of(cell)]
        else:
            cited = tables_cite(atlas, tables)
        title = atlas.resources[tables[0]].title if tables else name
        notes[name] = LayerNote(
            title, _attribution(atlas, tables), cited_sources(atlas, cited), facts
        )
    return notes


def route_note(studies: Sequence[Study], routes: Sequence[Route], *, title: str) -> LayerNote:
    """Say of the layers of routes what their course and their bills rest on.

    Parameters
    ----------
    studies
        Those that found them, one a state of the world.
    routes
        The routes.
    title
        What they are.
    """
    atlas = studies[0].atlas
    told = about(atlas, studies=studies, routes=routes)
    return LayerNote(title, _attribution(atlas, _ROUTES), told.sources, told.notes)


def _attribution(atlas: Atlas, tables: Iterable[str]) -> tuple[str, ...]:
    """Return a line for each file, and for each overlay that stands over one."""
    lines = []
    for name in tables:
        resource = atlas.resources[name]
        made_of = "; ".join(one for one in resource.sources if one != _BY_ROW)
        words = f"{resource.title}: {made_of}" if made_of else resource.title
        lines.append(f"{words} ({resource.licence_title or resource.licence})")
        lines += [overlay.title for overlay in atlas.overlays if overlay.touches(name)]
    return tuple(dict.fromkeys(lines))
