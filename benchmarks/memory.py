"""Memory of a process at its peak, as the system's own record tells it.

`getrusage` would not do: across `exec` it keeps the peak of the process that began this one.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["peak_mb"]


def peak_mb(process: int | str | None = "self") -> float:
    """Return the most memory that a process has held, MB; NaN where the system does not tell."""
    try:
        text = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return float("nan")
    found = [int(line.split()[1]) / 1024 for line in text.splitlines() if "VmHWM" in line]
    return found[0] if found else float("nan")
