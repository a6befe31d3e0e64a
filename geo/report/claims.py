"""Figures that disagree: the rows of the table `claims`, and which of them is in use.

A figure of the user's own stands in the place of the one that ships, whatever the table prefers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.atlas import ids_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.atlas import Atlas
    from geo.atlas.overlay import Overlay

__all__ = ["Claim", "claims_on"]

_REPLACED: Final = "Replaced by a figure of your own; else in use: "


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One of several figures for one thing: a row of the table `claims`."""

    claim_id: str
    table: str
    key: str
    field: str
    value: str
    unit: str
    as_of: str
    preferred: bool
    reason: str
    source_ids: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """Return the claim for JSON."""
        return {
            "claim": self.claim_id,
            "table": self.table,
            "key": self.key,
            "field": self.field,
            "value": self.value,
            "unit": self.unit,
            "as_of": self.as_of,
            "preferred": self.preferred,
            "reason": self.reason,
            "source_ids": list(self.source_ids),
        }


def claims_on(atlas: Atlas, keys: set[tuple[str, str]]) -> tuple[Claim, ...]:
    """Return the claims on some rows; of each field the preferred one first.

    Where a row of the user's own stands in the place of a shipped one, no claim is preferred.
    """
    own = [(table, *name) for one in atlas.overlays for table, name in _own_figures(one)]
    found = []
    for row in atlas.claims.to_dict("records"):
        if (row["table"], row["key"]) in keys:
            texts = {name: text_of(row[name]) for name in row}
            preferred = bool(row["preferred"])
            if preferred and any(
                (texts["table"], texts["key"]) == (table, key)
                and f"{texts['field']}-".startswith(measure)
                for table, key, measure in own
            ):
                preferred = False
                texts["reason"] = f"{_REPLACED}{texts['reason'].removeprefix('In use: ')}"
            found.append(
                Claim(
                    **{
                        name: texts[name]
                        for name in ("claim_id", "table", "key", "field", "value", "unit", "as_of")
                    },
                    preferred=preferred,
                    reason=texts["reason"],
                    source_ids=ids_of(row["source_ids"]),
                )
            )
    return tuple(sorted(found, key=lambda c: (c.table, c.key, c.field, not c.preferred)))


def _own_figures(own: Overlay) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield table, key and what the claims' field begins with, for each row of an overlay."""
    for name, table in own.rows.items():
        frame = table.frame
        if "item_id" in frame and "measure" in frame:
            for item, measure in zip(frame["item_id"], frame["measure"], strict=True):
                yield name, (str(item), f"{measure}-")
