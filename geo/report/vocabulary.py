"""The words that a question may use, as records: corridors and goods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.atlas import ids_of, text_of
from geo.atlas.cells import number_of
from geo.atlas.nearest import nearest
from geo.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.atlas import Atlas

__all__ = ["corridor_records", "goods_records", "pick"]

Record = dict[str, object]


def corridor_records(atlas: Atlas) -> list[Record]:
    """Describe every corridor for a program.

    Parameters
    ----------
    atlas
        The data.

    Returns
    -------
    list of dict
        Its id, its name, modes, the points that it passes in order, the states that it avoids.
    """
    return [
        {
            "corridor": row["corridor_id"],
            "name": row["name"],
            "modes": list(ids_of(row["modes"])),
            "via": list(ids_of(row["vias"])),
            "avoids": list(ids_of(row["avoid"])),
            "note": text_of(row["note"]),
            "sources": list(ids_of(row["source_ids"])),
        }
        for row in atlas.corridors.to_dict("records")
    ]


def goods_records(atlas: Atlas) -> list[Record]:
    """Describe every kind of goods for a program.

    Parameters
    ----------
    atlas
        The data.

    Returns
    -------
    list of dict
        Value in USD of its price year and weight in t of one FEU; null where blank.
    """
    return [
        {
            "goods": row["goods_id"],
            "name": row["name"],
            "usd_per_feu": float(row["value_usd_per_feu"]),
            "low": _number(row["value_low"]),
            "high": _number(row["value_high"]),
            "price_year": int(row["price_year"]),
            "tonnes_per_feu": float(row["tonnes_per_feu"]),
            "confidence": row["confidence"],
            "note": text_of(row["note"]),
            "sources": list(ids_of(row["source_ids"])),
        }
        for row in atlas.goods.to_dict("records")
    ]


def pick(records: Sequence[Record], kind: str, name: str) -> Record:
    """Return the record of a name.

    Parameters
    ----------
    records
        Records with their id under `kind`.
    kind
        What they are.
    name
        The id of one.

    Raises
    ------
    UnknownNameError
        There is none; it names the nearest.
    """
    for record in records:
        if record[kind] == name:
            return record
    raise UnknownNameError(kind, name, nearest(name, [str(record[kind]) for record in records]))


def _number(cell: object) -> float | None:
    """Return a number, None where the cell is blank."""
    value = number_of(cell)
    return None if value != value else value  # noqa: PLR0124 - NaN
