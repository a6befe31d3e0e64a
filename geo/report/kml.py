"""Layers as KML, each feature with a name, a description and its columns as data.

Written by the driver LIBKML, which the wheel of pyogrio brings.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.report.export.document import DECIMALS
from geo.report.export.units import unit_of

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

    from geo.report.layer_notes import LayerNote

__all__ = ["write_kml"]

_INT32 = 2**31 - 1
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NAMES = ("name", "title", "line", "place_id")
_LEFT_OUT = {"geometry", "source_ids", "note", "name", "lat", "lon"}
_WORDS = {"iso3": "state", "iso3_a": "from state", "iso3_b": "to state"}
_BEHIND = ("licence", "data")
"""Facts of the document that stand behind its sources."""


def write_kml(frame: gpd.GeoDataFrame, path: Path, layer: str, note: LayerNote | None) -> None:
    """Write a layer as KML.

    Parameters
    ----------
    frame
        The layer, in EPSG:4326, which is what KML has.
    path
        Where to.
    layer
        Its name.
    note
        What is said of it, as the description of the layer.
    """
    import pyogrio

    said = {"NAME": layer if note is None else note.title}
    if note is not None:
        said["DESCRIPTION"] = _about(note)
    told = frame.assign(description=[_description(row) for row in frame.to_dict("records")])
    if "name" not in told:
        told = told.assign(name=_names(frame))
    told = told.assign(
        **{str(name): _fit(told[name]) for name in told.columns if name != told.geometry.name}
    )
    kind = {"geometry_type": "Unknown"} if frame.empty else {}
    pyogrio.write_dataframe(told, path, layer=layer, driver="LIBKML", layer_options=said, **kind)


def _fit(column: pd.Series[Any]) -> pd.Series[Any]:
    """Make a column fit for the driver, and for XML.

    The driver writes whole numbers of 64 bits as text, and breaks on the signs of a CDATA section.
    """
    if pd.api.types.is_bool_dtype(column):
        return column
    if pd.api.types.is_integer_dtype(column):
        large = column.abs().max() > _INT32
        return column if large else column.astype("Int32" if column.hasnans else "int32")
    if pd.api.types.is_float_dtype(column):
        return column
    return column.map(lambda cell: _clean(cell) if isinstance(cell, str) else cell)


def _clean(text: str) -> str:
    plain = _NO_XML.sub("\ufffd", text)
    return plain.replace("]]>", "]]\u200b>").replace("<![CDATA[", "<\u200b![CDATA[")


def _names(frame: gpd.GeoDataFrame) -> list[str]:
    """Name the features by the column that names them best."""
    columns = [name for name in _NAMES if name in frame] or list(frame.columns[:1])
    return [
        next((text for name in columns if (text := _text(row[name]))), "")
        for row in frame.to_dict("records")
    ]


def _description(row: dict[Any, Any]) -> str:
    """Tell a feature column by column, as the HTML that balloons show."""
    lines = []
    for column, value in row.items():
        text = "" if column in _LEFT_OUT else _text(value)
        if text:
            unit = unit_of(str(column))
            words = _WORDS.get(str(column), str(column).replace("_", " "))
            lines.append(f"<b>{escape(words)}</b>: {escape(text)}{f' {unit}' if unit else ''}")
    return "<br/>".join(lines)


def _about(note: LayerNote) -> str:
    facts = {name: f"{name}: {text}" for name, text in note.facts.items()}
    parts = [note.title, *note.attribution]
    parts += [text for name, text in facts.items() if name not in _BEHIND]
    parts += [f"{one.title}, {one.address}".rstrip(", ") for one in note.sources]
    parts += [text for name, text in facts.items() if name in _BEHIND]
    return "<br/>".join(map(escape, parts))


def _text(value: Any) -> str:
    if value is None or (not isinstance(value, list | tuple) and pd.isna(value)):
        return ""
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else str(round(value, DECIMALS))
    return str(value)
