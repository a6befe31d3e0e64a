"""`results.json`: a section a benchmark, with the machine that it ran on."""

from __future__ import annotations

import json
import os
import platform
from pathlib import Path
from typing import Any

__all__ = ["kept_results", "write_results"]

RESULTS = Path(__file__).with_name("results.json")


def kept_results(section: str, *, but: set[str]) -> list[dict[str, Any]]:
    """Return the rows of a section that an earlier run kept, without those of some graphs."""
    content = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    return [row for row in content.get(section, {}).get("results", []) if row["graph"] not in but]


def write_results(section: str, rows: list[dict[str, Any]]) -> None:
    """Replace one section of the results, and leave the others as they are."""
    content = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    machine = {"python": platform.python_version(), "cores": os.cpu_count()}
    content[section] = {"machine": machine, "results": rows}
    RESULTS.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", encoding="utf-8")
