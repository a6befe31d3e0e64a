"""Routes that share a track drawn side by side, as strands, at every zoom.

`page/strands.js` shifts them by pixels, which Leaflet itself cannot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["strand_shifts"]

_STEP = 2.4


def strand_shifts(corridors: Sequence[str]) -> dict[str, float]:
    """Give each corridor its place in the bundle.

    Parameters
    ----------
    corridors
        Ids of corridors, in the order in which they lie side by side; "best" is drawn as a band
        below the bundle and gets no place of its own.

    Returns
    -------
    dict of str to float
        Pixels to the right of the way, negative to the left.
    """
    named = [corridor for corridor in dict.fromkeys(corridors) if corridor != "best"]
    middle = (len(named) - 1) / 2
    return {name: round((i - middle) * _STEP, 2) for i, name in enumerate(named)}
