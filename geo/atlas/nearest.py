"""The known names that a mistaken one is most like: what an error suggests."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["LIKE", "nearest", "nearest_words"]

LIKE = 70.0
"""How alike names must be to be suggested, unless the caller says otherwise: 0 to 100."""


def nearest(
    text: str, known: Collection[str], *, most: int = 3, like: float = LIKE, parts: bool = True
) -> tuple[str, ...]:
    """Return the names most like a text, the likest first; of equals the earlier.

    Parameters
    ----------
    text
        What was written.
    known
        What could have been meant.
    most
        How many to return at most.
    like
        How alike they must be, 0 to 100: by rapidfuzz.
    parts
        Whether a name that is much like a part of the other counts (the weighted ratio), or only
        whole names are compared: part of a long name is soon like any text.
    """
    from rapidfuzz import fuzz, process

    scorer = fuzz.WRatio if parts else fuzz.ratio
    found = process.extract(text, list(known), scorer=scorer, limit=most, score_cutoff=like)
    return tuple(name for name, _, _ in found)


def nearest_words(text: str, known: Collection[str]) -> str:
    """Say which names are most like a text: ``; nearest: a, b``, or nothing where none is."""
    found = nearest(text, known)
    return f"; nearest: {', '.join(found)}" if found else ""
