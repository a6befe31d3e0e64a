"""Reading and checking the data: tables, layers, places and their names.

`Atlas` is the door.
"""

from __future__ import annotations

from geo.atlas.atlas import Atlas
from geo.atlas.cells import ids_of, text_of
from geo.atlas.naming import NAME_STYLES, named
from geo.atlas.places import Place, fold
from geo.atlas.schema import Resource
from geo.atlas.verify import Problem

__all__ = [
    "NAME_STYLES",
    "Atlas",
    "Place",
    "Problem",
    "Resource",
    "fold",
    "ids_of",
    "named",
    "text_of",
]
