"""`results.json`: a section a benchmark, with the machine that it ran on."""

from __future__ import annotations

import json
import os
import platform
from pathlib import Path
from typing import Any

__all__ = ["write_results"]

RESULTS = Path(__file__).with_name("results.json")


def write_results(section: str, rows: list[dict[str, Any]]) -> None:
    """Replace one section of the results, and leave the others as they are."""
    content = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    machine = {"python": platform.python_version(), "cores": os.cpu_count()}
    content[section] = {"machine": machine, "results": rows}
    RESULTS.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", encoding="utf-8")
