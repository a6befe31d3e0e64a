"""Draws the pictures of the gallery anew, small enough to be kept: `python docs/pictures.py`.

Needs Chromium for the maps. Give names to draw a few of them only.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

__all__ = ["PICTURES", "draw"]

FOLDER = Path(__file__).parent / "gallery"
WIDEST_PX = 960
COLOURS = 160

PICTURES = {
    "map-study": "map -s reopened",
    "map-corridor": "map corridor Busan Moscow -s reopened",
    "map-reach": "map reach Gaesong --hours 24,48,72 -s reopened",
    "map-encirclement": "map encirclement",
    "map-difference": "map difference severed-2026 reopened",
    "map-criticality": "map criticality --origins busan --destinations moscow -s reopened",
    "cost-breakdown": "figure cost-breakdown -s reopened",
    "time-cost": "figure time-cost -s reopened",
    "bands": "figure bands -s severed-2026 -s reopened",
    "tornado": "figure tornado -s reopened",
    "distance-cost": "figure distance-cost -s reopened",
    "mode-lines": "figure mode-lines",
    "triad": "figure triad",
    "crescent": "figure crescent",
    "two-track": "figure two-track",
}
"""The command of each picture, without its output; `docs/gallery.md` quotes them."""


def draw(name: str) -> int:
    """Draw one picture, and return its size in bytes."""
    words = PICTURES[name].split()
    with tempfile.TemporaryDirectory() as folder:
        drawn = Path(folder) / f"{name}.png"
        page = Path(folder) / f"{name}.html"
        out = ["-o", str(page), "--png", str(drawn)] if words[0] == "map" else ["-o", str(drawn)]
        subprocess.run([Path(sys.executable).parent / "crescent", *words, *out], check=True)  # noqa: S603
        with Image.open(drawn) as picture:
            small = picture.convert("RGB")
        small.thumbnail((WIDEST_PX, WIDEST_PX), Image.Resampling.LANCZOS)
        few = small.quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(FOLDER / f"{name}.png", optimize=True)
    return (FOLDER / f"{name}.png").stat().st_size


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for wanted in sys.argv[1:] or PICTURES:
        draw(wanted)
