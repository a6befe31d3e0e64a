"""A document with all that is hard to write: scripts, signs, formulas, what is absent.

Its figures are invented.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from geo.report.export import About, Document, Sheet
from geo.report.provenance import Source

NAMES = ("부산", "Владивосток", "北京", "A & B_1 #2 50% ~ ^ {x} \\ | <b>", "=cmd()|' /C calc'!A0")
MONEY = (1234.5, -0.25, math.nan, 4.0, 5e6)

FRAME = pd.DataFrame(
    {
        "name": list(NAMES),
        "usd_per_feu": list(MONEY),
        "distance_km": np.array([1, 2, 3, 4, 5], dtype=np.int64),
        "assumed_share": [0.1234, 0.0, 1.0, 0.5, 0.25],
        "open": [True, False, True, False, True],
    }
)
SOURCES = (
    Source(
        source_id="tariff-2024",
        kind="page",
        title="Тариф & rates",
        address="an address",
        year=2024,
        accessed="2026-11-24",
        licence="CC-BY-4.0",
    ),
)


def document(frame: pd.DataFrame = FRAME, **other: Any) -> Document:
    """Make the document: its table, a second one, sources and notes."""
    second = Sheet("ties: [all]", ("a", "b"), ({"a": "KOR", "b": 1},))
    said = About({"scenario": "reopened: 통일", "data": "sha256:00"}, SOURCES)
    fields: dict[str, Any] = {
        "sheets": (Sheet.of_frame("routes", frame), second),
        "json": [{"name": "부산"}],
        "about": lambda: said,
    }
    return Document(**{**fields, **other})
