"""Layers as files and as a list: each is a GeoDataFrame in EPSG:4326.

A file is written whole or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd

from geo.errors import UnknownNameError, UsageError
from geo.files import whole_file

if TYPE_CHECKING:
    from os import PathLike

__all__ = ["Layers", "describe_layers", "pick_layer", "write_layer"]

Layers = Mapping[str, gpd.GeoDataFrame]


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


def write_layer(layers: Layers, path: str | PathLike[str], *, name: str | None = None) -> None:
    """Write one layer, or all of them into a GeoPackage.

    Parameters
    ----------
    layers
        Layers by name.
    path
        Where to; the suffix says the format: ``.gpkg``, ``.parquet`` or ``.geojson``.
    name
        The layer to write; None means all, which only a GeoPackage can hold.

    Raises
    ------
    UsageError
        If the suffix is none of these, or all layers are to go into a one-layer format.
    OutputError
        If the file cannot be written.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in {".gpkg", ".parquet", ".geojson"}:
        msg = f"cannot tell the format of {path}: expected .gpkg, .parquet or .geojson"
        raise UsageError(msg)
    if name is None and suffix != ".gpkg":
        msg = f"only a .gpkg file holds every layer; name one layer to write {path}"
        raise UsageError(msg)
    chosen = dict(layers) if name is None else {name: pick_layer(layers, name)}
    with whole_file(path) as temporary:
        if suffix == ".gpkg":
            _write_geopackage(chosen, temporary)
        elif suffix == ".parquet":
            next(iter(chosen.values())).to_parquet(temporary, index=False)
        else:
            text = next(iter(chosen.values())).to_json(drop_id=True, ensure_ascii=False)
            temporary.write_text(text + "\n", encoding="utf-8")


def _write_geopackage(layers: Layers, path: Path) -> None:
    """Write layers with a fixed date, so that the same layers give the same bytes."""
    import pyogrio

    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "2000-01-01T00:00:00.000Z"})
    try:
        for layer, frame in layers.items():
            # an empty layer has no geometry type of its own to declare
            kind = {"geometry_type": "Unknown"} if frame.empty else {}
            pyogrio.write_dataframe(frame, path, layer=layer, driver="GPKG", append=True, **kind)
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})
