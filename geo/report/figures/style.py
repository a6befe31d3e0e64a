"""The one style of the figures: widths of a journal, letters, and looks that survive grey print.

Colours are told apart by colour-blind eyes; beside each stands a hatch, a marker or a dash.
"""

from __future__ import annotations

from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from geo.report.wording import short_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.atlas import Place

__all__ = [
    "BUCKET_COLOURS",
    "BUCKET_HATCHES",
    "COLOURS",
    "DASHES",
    "HUES",
    "MARKERS",
    "SMALL_PT",
    "STYLE",
    "TEXT_PT",
    "TINTS",
    "ZONES",
    "Width",
    "id_words",
    "place_words",
    "styled",
]

TEXT_PT: Final = 8.5
"""Size of words in print, points."""

SMALL_PT: Final = 8.0
"""Size of notes and of figures beside marks, points."""

_CM: Final = 1 / 2.54


class Width(StrEnum):
    """How wide a figure is: a page of a journal (17 cm) or one of its columns (8.4 cm)."""

    page = "page"
    column = "column"

    @property
    def inches(self) -> float:
        """The width in inches."""
        return {"page": 17.0, "column": 8.4}[self.value] * _CM


COLOURS: Final = {
    "sea": "#eef3f7",
    "land": "#fbfaf6",
    "edge": "#c9c5ba",
    "ink": "#22303c",
    "quiet": "#55626e",
    "faint": "#dfe4e8",
    "gold": "#e9c46a",
    "blue": "#0072b2",
    "sky": "#56b4e9",
    "red": "#d55e00",
    "orange": "#e69f00",
    "green": "#009e73",
    "purple": "#aa4499",
    "brown": "#8c6d1f",
    "rose": "#f3d5c4",
    "mist": "#dfe6ee",
}
"""Hues of Okabe and Ito, told apart by colour-blind eyes and in grey by their lightness."""

HUES: Final = tuple(COLOURS[name] for name in ("blue", "red", "green", "purple", "orange", "brown"))
TINTS: Final = ("#9cc8e4", "#f3c3a3", "#a5d8c5", "#ddb3d3", "#f6e0a8", "#d8ccae")
"""The hues for lines and marks, and a light one of each for areas that words stand on."""

MARKERS: Final = ("o", "s", "^", "D", "v", "P", "X")
DASHES: Final[tuple[Any, ...]] = (
    "-",
    (0, (6, 2)),
    (0, (1.2, 1.4)),
    (0, (6, 1.6, 1.2, 1.6)),
    (0, (9, 2, 3, 2)),
    (0, (3, 1.2)),
)

ZONES: Final = {
    "kor": "South Korea",
    "prk": "North Korea",
    "rus": "Russia",
    "chn": "China",
    "kaz": "Kazakhstan",
    "mng": "Mongolia",
    "blr": "Belarus",
    "uzb": "Uzbekistan",
    "europe": "Europe",
    "southeast-asia": "South-East Asia",
    "1520-other": "other states of 1520 mm",
    "other": "other states",
}
"""Words for zones of tariffs."""

BUCKET_COLOURS: Final = {
    "rail": "#0072b2",
    "through": "#56b4e9",
    "sea": "#009e73",
    "border": "#d55e00",
    "gauge": "#e69f00",
    "handling": "#aa4499",
    "road": "#8c6d1f",
    "other": "#9a9a9a",
}
"""Colour of each bucket of charges."""

BUCKET_HATCHES: Final = {
    "rail": "",
    "through": "....",
    "sea": "////",
    "border": "xxxx",
    "gauge": "----",
    "handling": "\\\\\\\\",
    "road": "||||",
    "other": "",
}
"""Hatch of each bucket of charges: it tells them apart where colours do not."""

STYLE: Final[dict[Any, Any]] = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": TEXT_PT,
    "axes.titlesize": TEXT_PT,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": TEXT_PT,
    "xtick.labelsize": SMALL_PT,
    "ytick.labelsize": SMALL_PT,
    "legend.fontsize": SMALL_PT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.edgecolor": "#66737f",
    "axes.linewidth": 0.7,
    "axes.axisbelow": True,
    "grid.color": COLOURS["faint"],
    "grid.linewidth": 0.6,
    "text.color": COLOURS["ink"],
    "axes.labelcolor": COLOURS["ink"],
    "xtick.color": COLOURS["ink"],
    "ytick.color": COLOURS["ink"],
    "legend.frameon": False,
    # a name with two signs of dollar is a name, no formula
    "text.parse_math": False,
    "hatch.linewidth": 0.5,
    "pdf.fonttype": 42,
    # the same figure gives the same bytes
    "svg.hashsalt": "crescent",
}


@contextmanager
def styled() -> Iterator[None]:
    """Draw in the one style while the body runs; what was set before holds again after it."""
    import matplotlib as mpl

    with mpl.rc_context(STYLE):
        yield


def place_words(place: Place) -> str:
    """Name a place in letters that the figures' font has, by its id where it lacks some.

    Parameters
    ----------
    place : Place
        The place.

    Returns
    -------
    str
        Without what stands in brackets.
    """
    name = short_name(place.name)
    glyphs = _glyphs()
    if all(ord(letter) in glyphs for letter in name):
        return name
    return id_words(place.place_id)


def id_words(place_id: str) -> str:
    """Return the id of a place as a name.

    Parameters
    ----------
    place_id : str
        Words with hyphens between them.

    Returns
    -------
    str
        Words with capitals, such as ``Suifenhe Station``.
    """
    return place_id.replace("-", " ").title()


def _glyphs() -> frozenset[int]:
    """Return the code points of the font: it has Latin and Cyrillic letters, no Hangul, no Han."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    font = get_font(findfont(FontProperties(family="DejaVu Sans")))
    return frozenset(font.get_charmap())
