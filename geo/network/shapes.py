"""Shapes as they are stored: each is made when it is first asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, overload

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["StoredShapes"]


@dataclass(frozen=True, eq=False)
class StoredShapes:
    """Geometries in one block of bytes, to be indexed as an array of them is.

    Attributes
    ----------
    first : int64[shapes + 1]
        Where each begins, and the end.
    content : uint8[bytes]
        Well-known binary, one after the other.
    """

    first: NDArray[np.int64]
    content: NDArray[np.uint8]
    _made: NDArray[np.bool_] = field(init=False, repr=False)
    _shapes: NDArray[np.object_] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Make room at once: threads that share the shapes must write into the same arrays."""
        object.__setattr__(self, "_made", np.zeros(len(self), dtype=np.bool_))
        object.__setattr__(self, "_shapes", np.full(len(self), None, dtype=object))

    def __len__(self) -> int:
        """Count the shapes."""
        return len(self.first) - 1

    @overload
    def __getitem__(self, at: int | np.integer) -> BaseGeometry: ...
    @overload
    def __getitem__(self, at: NDArray[np.int64] | NDArray[np.bool_]) -> NDArray[np.object_]: ...
    def __getitem__(
        self, at: int | np.integer | NDArray[np.int64] | NDArray[np.bool_]
    ) -> BaseGeometry | NDArray[np.object_]:
        """Return one shape, or several as an array."""
        numbers = np.arange(len(self))[at]
        wanted = np.unique(numbers)
        new = wanted[~self._made[wanted]]
        begins, ends = self.first[new].tolist(), self.first[new + 1].tolist()
        stored = [self.content[b:e].tobytes() for b, e in zip(begins, ends, strict=True)]
        self._shapes[new] = shapely.from_wkb(stored)
        self._made[new] = True
        found: BaseGeometry | NDArray[np.object_] = self._shapes[numbers]
        return found
