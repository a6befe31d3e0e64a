"""The files that a page is made of: our scripts and style sheets, and Leaflet's own."""

from __future__ import annotations

import base64
import json
import mimetypes
import re
from importlib.resources import files
from pathlib import Path

from geo.errors import MissingDataError

__all__ = ["leaflet", "page_text"]


def page_text(name: str) -> str:
    """Read a file of `geo/report/maps/page`.

    Parameters
    ----------
    name
        Its name.

    Returns
    -------
    str
        What is in it.
    """
    return files("geo.report.maps").joinpath("page", name).read_text(encoding="utf-8")


def leaflet() -> tuple[str, str]:
    """Read Leaflet's script, and its style sheet with the pictures inside.

    Returns
    -------
    tuple of str
        JavaScript and CSS.

    Raises
    ------
    MissingDataError
        If the package that brings Leaflet is not installed.
    """
    try:
        from xstatic.pkg import leaflet as package
    except ImportError as error:
        name = "xstatic-leaflet"
        raise MissingDataError(name, problem="not installed; reinstall") from error
    folder = Path(package.BASE_DIR)
    script = (folder / "leaflet.js").read_text(encoding="utf-8")
    script = re.sub(r"//# sourceMappingURL=\S*", "", script).replace("</script", "<\\/script")
    sheet = (folder / "leaflet.css").read_text(encoding="utf-8")

    def inline(match: re.Match[str]) -> str:
        picture = folder / match.group(1)
        return f"url({_picture(picture)})" if picture.is_file() else match.group(0)

    # Leaflet looks for the pin of a plain marker beside its style sheet; here it has the picture.
    pins = {
        "iconUrl": "marker-icon.png",
        "iconRetinaUrl": "marker-icon-2x.png",
        "shadowUrl": "marker-shadow.png",
    }
    options = {name: _picture(folder / "images" / file) for name, file in pins.items()}
    script += (
        f'\nL.Icon.Default.imagePath = "";\nL.Icon.Default.mergeOptions({json.dumps(options)});'
    )
    return script, re.sub(r"url\((images/[^)]+)\)", inline, sheet)


def _picture(file: Path) -> str:
    kind = mimetypes.guess_type(file.name)[0] or "image/png"
    return f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"
