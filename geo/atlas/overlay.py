"""Overlays: tables and layers that lie over what ships, whole or row by row.

The user's own data and an imported network are overlays; what ships stays as it is on disk.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.atlas.schema import Schema
    from geo.atlas.tables import Table

__all__ = ["Overlay", "merged"]


@dataclass(frozen=True, kw_only=True)
class Overlay:
    """What an atlas holds beside, or instead of, what ships.

    Parameters
    ----------
    title
        Where it comes from, e.g. ``own data: my-rates.csv``.
    rows
        Rows by table: one whose primary key is there already replaces it, others are added.
    whole
        Tables and layers that stand instead of the shipped ones, by name.
    notes
        What was filled in, repaired or left out, counted, one sentence each.
    """

    title: str
    rows: Mapping[str, Table] = field(default_factory=dict)
    whole: Mapping[str, Table] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def touches(self, name: str) -> bool:
        """Whether the table or layer is other than without the overlay."""
        return name in self.rows or name in self.whole


def merged(frame: pd.DataFrame, rows: pd.DataFrame, schema: Schema) -> pd.DataFrame:
    """Lay rows over a table.

    Parameters
    ----------
    frame
        The table below.
    rows
        Rows with the same columns.
    schema
        Says which columns are the key.

    Returns
    -------
    DataFrame
        A row with a known key stands where the one that it replaces stood; new ones follow.
    """
    key = list(schema.primary_key)
    below = pd.MultiIndex.from_frame(frame[key])
    above = pd.MultiIndex.from_frame(rows[key])
    # A key that is there takes the place of its row, a new one a place after all others.
    place = below.get_indexer(above) if len(below) else np.full(len(above), -1)
    new = place < 0
    place = np.where(new, len(frame) + np.arange(len(rows)), place)
    kept = ~below.isin(above)
    order = np.argsort(np.concatenate([np.flatnonzero(kept), place]), kind="stable")
    parts = [part for part in (frame[kept], rows[list(frame.columns)]) if len(part)]
    if not parts:
        return frame
    joined = pd.concat(parts, ignore_index=True)
    return joined.iloc[order].reset_index(drop=True)
