"""Writing layers: GeoParquet, packed tightly, the same bytes for the same content.

Build-only code: it is not part of the wheel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import files

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

__all__ = ["write_layer"]

_LEVEL = 19


def write_layer(layer: pd.DataFrame, path: Path) -> int:
    """Write a layer as (Geo)Parquet with zstd, whole or not at all.

    Returns
    -------
    int
        Bytes written.
    """
    with files.whole_file(path) as temporary:
        layer.to_parquet(temporary, index=False, compression="zstd", compression_level=_LEVEL)
    return path.stat().st_size
