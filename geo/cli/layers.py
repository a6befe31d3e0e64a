"""`crescent layers`: the study's layers, listed, shown, or written for other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.exports import FormatOption, Telling
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
from geo.cli.output import say, say_json

if TYPE_CHECKING:
    import geopandas as gpd
    from rich.console import RenderableType

__all__ = ["layers"]

_ROWS_SHOWN = 20


def layers(  # noqa: PLR0913 - a verb has as many arguments as options
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="One layer; all without it.")
    ] = None,
    *,
    scenario: ScenarioOption = DEFAULT_SCENARIO,
    text_format: FormatOption = None,
    output: OutOption = None,
    network: NetworkOption = None,
    names: NamesOption = Names.dual,
    places: PlacesFileOption = None,
    lines: LinesFileOption = None,
    rates: RatesFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the layers, show one, or write to .gpkg, .parquet, .geojson, .kml or a table."""
    from geo.report.export import Document, Sheet, about
    from geo.report.layer_notes import layer_notes
    from geo.report.layers import LAYER_ENDINGS, describe_layers, pick_layer, write_layer
    from geo.report.listing import listing
    from geo.study import Study

    telling = Telling.of(text_format, output, as_json=as_json, also=LAYER_ENDINGS)
    study = Study(
        scenario,
        names=names.value,
        atlas=atlas_of(network=network, places=places, lines=lines, rates=rates),
    )
    found = study.layers()
    one = None if name is None else pick_layer(found, name)
    if output is not None and not telling.file_format:
        notes = layer_notes(study.atlas, found, scenario=study.scenario)
        write_layer(found, output, name=name, notes=notes)
        if as_json:
            say_json({"file": str(output), "layers": [name] if name else list(found)})
        else:
            say(f"Layers: {output}")
        return
    rows = describe_layers(found)
    columns = ("layer", "features", "geometry", "columns")

    def document() -> Document:
        if one is None:
            return Document(
                (Sheet("layers", columns, tuple(rows)),), rows, lambda: about(study.atlas)
            )
        plain = one.drop(columns=one.geometry.name)
        return Document(
            (Sheet.of_frame(str(name), plain),),
            json.loads(one.to_json(drop_id=True)),
            lambda: about(study.atlas, studies=[study], record=plain.to_dict("records")),
        )

    telling.tell(document, lambda: [listing(rows, columns)] if one is None else _shown(one))


def _shown(layer: gpd.GeoDataFrame) -> list[RenderableType]:
    from geo.report.listing import listing

    plain = layer.drop(columns=layer.geometry.name)
    told = [column for column in plain.columns if column not in {"source_ids", "note"}]
    # What a row is comes first: its id, its name, its status.
    first = [told[0], *(column for column in ("name", "status") if column in told)]
    columns = list(dict.fromkeys([*first, *told]))[:8]
    drawn: list[RenderableType] = [listing(plain.head(_ROWS_SHOWN).to_dict("records"), columns)]
    if len(plain) > _ROWS_SHOWN:
        drawn.append(f"{len(plain) - _ROWS_SHOWN} more; -o FILE writes all of them.")
    return drawn
