"""Writing a figure as SVG, PDF or PNG: whole or not at all, and without the date of writing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import UsageError
from geo.files import whole_file
from geo.report.figures.style import styled

if TYPE_CHECKING:
    from os import PathLike

    from matplotlib.figure import Figure

__all__ = ["check_format", "save_figure"]

_PLAIN: dict[str, dict[str, Any]] = {
    ".svg": {"Date": None, "Creator": None},
    ".pdf": {"CreationDate": None, "ModDate": None, "Creator": None, "Producer": None},
    ".png": {"Software": None},
}
_DPI = 300


def check_format(path: str | PathLike[str]) -> None:
    """Refuse a file whose ending names no format of a figure.

    Raises
    ------
    UsageError
        The ending is none of .svg, .pdf and .png.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in _PLAIN:
        msg = f"cannot tell the format of {Path(path).name}; use one of {', '.join(_PLAIN)}"
        raise UsageError(msg)


def save_figure(figure: Figure, path: str | PathLike[str]) -> None:
    """Write a figure in the format that the file's name ends in.

    Parameters
    ----------
    figure
        The figure.
    path
        A file ending in .svg, .pdf or .png (300 dots per inch).

    Raises
    ------
    UsageError
        The ending is none of these.
    OutputError
        The file cannot be written.
    """
    check_format(path)
    suffix = Path(path).suffix.lower()
    with styled(), whole_file(path) as file:
        figure.savefig(file, format=suffix[1:], dpi=_DPI, metadata=_PLAIN[suffix])
