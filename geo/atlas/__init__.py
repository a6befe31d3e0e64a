"""Reading and checking the data: tables, layers, places and their names.

`Atlas` is the door.
"""

from __future__ import annotations

from geo.atlas.atlas import Atlas
from geo.atlas.cells import ids_of, text_of
from geo.atlas.places import Place, fold
from geo.atlas.schema import Resource
from geo.atlas.verify import Problem

__all__ = ["Atlas", "Place", "Problem", "Resource", "fold", "ids_of", "text_of"]
