"""The door of the room: files of places, lines and rates over an atlas."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geo.own.lines import read_own_lines
from geo.own.places import read_own_places
from geo.own.rates import read_own_rates

if TYPE_CHECKING:
    from geo.atlas import Atlas

__all__ = ["with_own_data"]


def with_own_data(
    atlas: Atlas,
    *,
    places: str | Path | None = None,
    lines: str | Path | None = None,
    rates: str | Path | None = None,
) -> Atlas:
    """Lay the user's own data over an atlas.

    Parameters
    ----------
    atlas
        What lies below; it stays as it is.
    places
        A CSV file of places: ``name``, ``lon``, ``lat`` suffice.
    lines
        A GeoJSON file of railway lines; their ends are joined to the network.
    rates
        A CSV file of rates: ``item_id``, ``measure``, ``base`` suffice.

    Returns
    -------
    Atlas
        A new atlas; its `overlays` say what was filled in, repaired or left out. Rates come
        before lines, which may run by an item of theirs, and places before both.

    Raises
    ------
    UsageError
        A file cannot be read.
    DataError
        A file is wrong: file, row, column and problem.
    """
    if places is not None:
        atlas = atlas.over(read_own_places(Path(places), atlas))
    if rates is not None:
        atlas = atlas.over(read_own_rates(Path(rates), atlas))
    if lines is not None:
        atlas = atlas.over(read_own_lines(Path(lines), atlas))
    return atlas
