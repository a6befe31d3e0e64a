"""Libraries of the extra `osm`, imported where they are used and nowhere else.

Whoever lacks one is told which extra to install.
"""

from __future__ import annotations

import importlib
from typing import Any

from geo.errors import MissingExtraError

__all__ = ["need"]


def need(name: str) -> Any:
    """Import a library of the extra `osm`.

    Raises
    ------
    MissingExtraError
        It is not installed.
    """
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name.partition(".")[0]:
            raise
        msg = f"reading OpenStreetMap needs {name}: pip install 'crescent[osm]'"
        raise MissingExtraError(msg) from error
