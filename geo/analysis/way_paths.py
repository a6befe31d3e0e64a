"""Ways unpacked: the arcs of cheapest ways through points, in stretches that pairs share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geo.analysis.stages import Chain
    from geo.routing import BatchGroup

__all__ = ["WayPaths"]


@dataclass(frozen=True, eq=False)
class WayPaths:
    """The ways of some pairs.

    Parameters
    ----------
    first, arcs
        Where the arcs of each piece begin, with the end, and the arcs; int64.
    bounds, piece
        Where the pieces of each pair begin, with the end, and the pieces in order of travel; int64.
    """

    first: NDArray[np.int64]
    arcs: NDArray[np.int64]
    bounds: NDArray[np.int64]
    piece: NDArray[np.int64]

    @classmethod
    def of(cls, some: BatchGroup, chain: Chain, vector: int, pairs: NDArray[np.int64]) -> WayPaths:
        """Unpack the cheapest ways of pairs under one vector of weights.

        Parameters
        ----------
        some
            Vectors of a batch, weighed.
        chain
            The stages of the way under them.
        vector
            Number of the vector within the group.
        pairs
            Positions of pairs, sources by targets; int64[pairs].
        """
        targets = chain.cost.shape[2]
        ways = [chain.legs(vector, *divmod(int(pair), targets)) for pair in pairs]
        legs = np.array([leg for way in ways for leg in way], dtype=np.int64)
        begin, piece, paths = some.pieces(vector, legs[:, 0], legs[:, 1])
        # An arc of a point is a piece too, that follows those of the leg before it.
        over = np.flatnonzero(legs[:, 2] >= 0)
        piece = np.insert(piece, begin[over + 1], len(paths) + np.arange(len(over)))
        size = np.diff(begin)
        size[over] += 1
        first = np.concatenate([paths.first, paths.first[-1] + 1 + np.arange(len(over))])
        arcs = np.concatenate([paths.arcs, legs[over, 2]])
        ends = np.cumsum([0, *(len(way) for way in ways)])
        bounds = np.concatenate([[0], np.cumsum(size)])[ends]
        return cls(first, arcs, bounds, piece)

    def __len__(self) -> int:
        """Count the pairs."""
        return len(self.bounds) - 1

    def __iter__(self) -> Iterator[NDArray[np.int64]]:
        """Yield the arcs of each pair, in order of travel."""
        pieces = np.split(self.arcs, self.first[1:-1])
        for begin, end in zip(self.bounds[:-1], self.bounds[1:], strict=True):
            yield np.concatenate([pieces[one] for one in self.piece[begin:end]] or [self.arcs[:0]])

    def arcs_of_pieces(self, n_arcs: int) -> sparse.csr_array:
        """Return how often a piece uses an arc; float64[pieces, arcs]."""
        shape = (len(self.first) - 1, n_arcs)
        return sparse.csr_array((np.ones(len(self.arcs)), self.arcs, self.first), shape=shape)

    def pieces_of_pairs(self) -> sparse.csr_array:
        """Return how often the way of a pair uses a piece; float64[pairs, pieces]."""
        shape = (len(self), len(self.first) - 1)
        return sparse.csr_array((np.ones(len(self.piece)), self.piece, self.bounds), shape=shape)
