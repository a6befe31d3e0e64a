"""Colours by kind and by order, for eyes of every sort.

Kinds take the hues of Okabe and Ito; what has an order takes a ramp that is even to the eye.
"""

from __future__ import annotations

__all__ = ["DASHES_IN_TURN", "OKABE_ITO", "ramp", "shade", "stroke_in_turn"]

OKABE_ITO = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7a5195", "#222222")
"""Hues that the colour-blind tell apart (Okabe and Ito 2008), and a violet for yellow, which is
lost on pale ground."""

DASHES_IN_TURN = ("", "11 5", "2 6", "11 5 2 5")
"""Strokes that tell lines of one hue apart, and lines of any hue where there is none."""

# viridis (van der Walt and Smith 2015), every ninth part; its yellow end is too pale for lines
_RAMP = ("#440154", "#482878", "#3e4989", "#31688e", "#26828e", "#1f9e89", "#35b779", "#6ece58")
_PALE = "#b5de2b"


def ramp(count: int, *, pale: bool = False) -> tuple[str, ...]:
    """Return colours for values in an order, from dark to light.

    Parameters
    ----------
    count : int
        How many.
    pale : bool, default False
        Whether the light end may be as pale as suits areas, not lines.

    Returns
    -------
    tuple of str
        CSS colours.
    """
    stops = (*_RAMP, _PALE) if pale else _RAMP
    if count == 1:
        return (shade(stops, 0.35),)
    return tuple(shade(stops, at / (count - 1)) for at in range(count))


def shade(stops: tuple[str, ...], part: float) -> str:
    """Return the colour at a part of the way along evenly spaced stops.

    Parameters
    ----------
    stops : tuple of str
        Colours as ``#rrggbb``.
    part : float
        0 to 1.

    Returns
    -------
    str
        A colour as ``#rrggbb``.
    """
    place = min(max(part, 0.0), 1.0) * (len(stops) - 1)
    low = min(int(place), len(stops) - 2)
    ends = [[int(one[i : i + 2], 16) for i in (1, 3, 5)] for one in stops[low : low + 2]]
    mixed = (round(a + (b - a) * (place - low)) for a, b in zip(*ends, strict=True))
    return "#" + "".join(f"{value:02x}" for value in mixed)


def stroke_in_turn(position: int) -> tuple[str, str]:
    """Return the colour and the dashes of one of several lines of equal rank.

    Parameters
    ----------
    position : int
        0 for the first; neighbours differ in hue, and every second one in its dashes too.

    Returns
    -------
    tuple of str and str
        A CSS colour and an SVG dash array (empty: a full stroke).
    """
    round_, hue = divmod(position, len(OKABE_ITO))
    dashes = DASHES_IN_TURN[(position % 2 + 2 * round_) % len(DASHES_IN_TURN)]
    return OKABE_ITO[hue], dashes
