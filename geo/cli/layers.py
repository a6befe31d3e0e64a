"""`crescent layers`: the study's layers, listed, shown, or written for other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.options import (
    DEFAULT_SCENARIO,
    JsonOption,
    LinesFileOption,
    Names,
    NamesOption,
    NetworkOption,
    OutOption,
    PlacesFileOption,
    RatesFileOption,
    ScenarioOption,
    atlas_of,
)
from geo.cli.output import say, say_json, show

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

__all__ = ["layers"]

_ROWS_SHOWN = 20


def layers(  # noqa: PLR0913 - a verb has as many arguments as options
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="One layer; all without it.")
    ] = None,
    *,
    scenario: ScenarioOption = DEFAULT_SCENARIO,
    output: OutOption = None,
    network: NetworkOption = None,
    names: NamesOption = Names.dual,
    places: PlacesFileOption = None,
    lines: LinesFileOption = None,
    rates: RatesFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the layers, show one, or write to .gpkg, .parquet or .geojson."""
    from geo.report.layers import pick_layer, write_layer
    from geo.study import Study

    found = Study(
        scenario,
        names=names.value,
        atlas=atlas_of(network=network, places=places, lines=lines, rates=rates),
    ).layers()
    if name is not None:
        pick_layer(found, name)
    if output is not None:
        write_layer(found, output, name=name)
        if as_json:
            say_json({"file": str(output), "layers": [name] if name else list(found)})
        else:
            say(f"Layers: {output}")
    elif name is None:
        _list(found, as_json=as_json)
    elif as_json:
        say_json(json.loads(found[name].to_json(drop_id=True)))
    else:
        _show(found[name])


def _list(found: Mapping[str, gpd.GeoDataFrame], *, as_json: bool) -> None:
    from geo.report.layers import describe_layers
    from geo.report.listing import listing

    rows = describe_layers(found)
    if as_json:
        say_json(rows)
    else:
        show(listing(rows, ("layer", "features", "geometry", "columns")))


def _show(layer: gpd.GeoDataFrame) -> None:
    from geo.report.listing import listing

    plain = layer.drop(columns=layer.geometry.name)
    told = [column for column in plain.columns if column not in {"source_ids", "note"}]
    # What a row is comes first: its id, its name, its status.
    first = [told[0], *(column for column in ("name", "status") if column in told)]
    columns = list(dict.fromkeys([*first, *told]))[:8]
    show(listing(plain.head(_ROWS_SHOWN).to_dict("records"), columns))
    if len(plain) > _ROWS_SHOWN:
        say(f"{len(plain) - _ROWS_SHOWN} more; -o FILE writes all of them.")
