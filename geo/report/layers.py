"""Layers as files and as a list: each is a GeoDataFrame in EPSG:4326.

A file is written whole or not at all.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from geo.errors import UnknownNameError, UsageError
from geo.files import whole_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

    import geopandas as gpd

    from geo.report.layer_notes import LayerNote

__all__ = ["LAYER_ENDINGS", "Layers", "describe_layers", "pick_layer", "write_layer"]

LAYER_ENDINGS = (".gpkg", ".parquet", ".geojson", ".kml")
"""Endings of files that hold a layer."""

_KEY = "crescent"

Layers: TypeAlias = "Mapping[str, gpd.GeoDataFrame]"


def describe_layers(layers: Layers) -> list[dict[str, object]]:
    """Describe the layers, one row each.

    Parameters
    ----------
    layers
        Layers by name.

    Returns
    -------
    list of dict
        Layer, number of features, kinds of geometry, names of columns.
    """
    return [
        {
            "layer": name,
            "features": len(frame),
            "geometry": ", ".join(sorted(set(frame.geom_type.dropna()))),
            "columns": ", ".join(column for column in frame.columns if column != "geometry"),
        }
        for name, frame in layers.items()
    ]


def pick_layer(layers: Layers, name: str) -> gpd.GeoDataFrame:
    """Take a layer by its name.

    Parameters
    ----------
    layers
        Layers by name.
    name
        One of `geo.layers.LAYER_NAMES`.

    Returns
    -------
    GeoDataFrame
        The layer.

    Raises
    ------
    UnknownNameError
        If there is no such layer.
    """
    if name not in layers:
        import difflib

        near = difflib.get_close_matches(name, layers, n=3) or list(layers)
        kind = "layer"
        raise UnknownNameError(kind, name, near)
    return layers[name]


def write_layer(
    layers: Layers,
    path: str | PathLike[str],
    *,
    name: str | None = None,
    notes: Mapping[str, LayerNote] | None = None,
) -> None:
    """Write one layer, or all of them into a GeoPackage.

    Parameters
    ----------
    layers
        Layers by name.
    path
        Where to; the suffix says the format, one of `LAYER_ENDINGS`.
    name
        The layer to write; None means all, which only a GeoPackage can hold.
    notes
        What the file says of each layer: title, attribution and sources. A GeoPackage has it as
        metadata of the layer, GeoParquet under the key ``crescent``, GeoJSON as the member
        ``about``, KML as the description of the layer.

    Raises
    ------
    UsageError
        If the suffix is none of these, or all layers are to go into a one-layer format.
    OutputError
        If the file cannot be written.
    """
    # What asks for the endings alone need not load what writes.
    from geo.report.kml import write_kml

    suffix = Path(path).suffix.lower()
    if suffix not in LAYER_ENDINGS:
        *most, last = LAYER_ENDINGS
        msg = f"cannot tell the format of {path}: expected {', '.join(most)} or {last}"
        raise UsageError(msg)
    if name is None and suffix != ".gpkg":
        msg = f"only a .gpkg file holds every layer; name one layer to write {path}"
        raise UsageError(msg)
    chosen = dict(layers) if name is None else {name: pick_layer(layers, name)}
    told = {layer: note for layer, note in (notes or {}).items() if layer in chosen}
    with whole_file(path) as temporary:
        if suffix == ".gpkg":
            _write_geopackage(chosen, temporary, told)
            return
        [(layer, frame)] = chosen.items()
        write = {".parquet": _write_parquet, ".geojson": _write_geojson, ".kml": write_kml}[suffix]
        write(frame, temporary, layer, told.get(layer))


def _write_geopackage(layers: Layers, path: Path, notes: Mapping[str, LayerNote]) -> None:
    """Write layers with a fixed date, so that the same layers give the same bytes."""
    import pyogrio

    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "2000-01-01T00:00:00.000Z"})
    try:
        for layer, frame in layers.items():
            # an empty layer has no geometry type of its own to declare
            kind = {"geometry_type": "Unknown"} if frame.empty else {}
            said = {"layer_metadata": {_KEY: _as_json(notes[layer])}} if layer in notes else {}
            pyogrio.write_dataframe(
                frame, path, layer=layer, driver="GPKG", append=True, **kind, **said
            )
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})


def _write_parquet(
    frame: gpd.GeoDataFrame, path: Path, _layer: str, note: LayerNote | None
) -> None:
    """Write GeoParquet; what is said of the layer stands beside the metadata of its geometry."""
    frame.to_parquet(path, index=False)
    if note is None:
        return
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    said = {**table.schema.metadata, _KEY.encode(): _as_json(note).encode()}
    pq.write_table(table.replace_schema_metadata(said), path, compression="snappy")


def _write_geojson(
    frame: gpd.GeoDataFrame, path: Path, _layer: str, note: LayerNote | None
) -> None:
    """Write GeoJSON as RFC 7946 has it: lon and lat on WGS 84, and no other CRS to be named."""
    record = json.loads(frame.to_json(drop_id=True))
    record.pop("crs", None)
    if note is not None:
        features = record.pop("features")
        record |= {"about": note.to_dict(), "features": features}
    path.write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


def _as_json(note: LayerNote) -> str:
    return json.dumps(note.to_dict(), ensure_ascii=False)
