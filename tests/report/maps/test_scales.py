"""Colours: told apart by the colour-blind, and even from dark to light where they have an order."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from geo.report.maps.scales import OKABE_ITO, ramp, shade, stroke_in_turn

# Viénot, Brettel and Mollon (1999): linear RGB as those without one kind of cone see it.
_SEEN = {
    "protan": [[0.11238, 0.88762, 0.0], [0.11238, 0.88762, 0.0], [0.00401, -0.00401, 1.0]],
    "deutan": [[0.29275, 0.70725, 0.0], [0.29275, 0.70725, 0.0], [-0.02234, 0.02234, 1.0]],
}


def linear(colour: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return a colour as linear RGB (the transfer function of sRGB)."""
    part = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def lightness(colour: str) -> float:
    """Return CIE 1976 lightness, 0 to 100."""
    luminance = float(linear(colour) @ [0.2126, 0.7152, 0.0722])
    return 116 * luminance ** (1 / 3) - 16 if luminance > 216 / 24389 else luminance * 24389 / 27


@pytest.mark.parametrize("pale", [False, True])
@pytest.mark.parametrize("count", [2, 5, 9])
def test_a_ramp_rises_in_lightness_step_by_step(count: int, *, pale: bool) -> None:
    steps = [lightness(colour) for colour in ramp(count, pale=pale)]
    assert all(b - a > 3 for a, b in itertools.pairwise(steps))
    # even to the eye: no step is more than thrice another
    widths = np.diff(steps)
    assert widths.max() < 3 * widths.min()


def test_a_ramp_of_one_is_one_colour() -> None:
    assert len(ramp(1)) == 1
    assert shade(("#000000", "#ffffff"), 0.5) == "#808080"
    assert shade(("#000000", "#ffffff"), 7.0) == "#ffffff"


@pytest.mark.parametrize("eyes", list(_SEEN))
def test_neighbouring_strokes_differ_for_every_eye(eyes: str) -> None:
    strokes = [stroke_in_turn(at) for at in range(2 * len(OKABE_ITO))]
    assert len(set(strokes)) == len(strokes)
    for (one, dashes), (other, others) in itertools.combinations(strokes, 2):
        seen = [np.array(_SEEN[eyes]) @ linear(colour) for colour in (one, other)]
        # what looks alike has other dashes
        assert dashes != others or np.abs(seen[0] - seen[1]).max() > 0.045, (one, other)
