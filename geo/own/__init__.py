"""Data of the user's own: places, lines and rates, read from files and laid over what ships.

Each file becomes an overlay of the atlas, checked by the same schemas, and a source of its own.
"""

from geo.own.data import with_own_data

__all__ = ["with_own_data"]
