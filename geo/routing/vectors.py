"""Vectors: many vectors of weights on one graph, taken eight at a time and checked on the way.

They are given whole, or as quantities times prices, or as one vector with arcs closed in turn; the
latter two are never laid out whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geo.errors import GraphError
from geo.routing.customization import LANES
from geo.routing.kernel import kernel
from geo.routing.weights import check_arcs, check_weights

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import ArrayLike
    from scipy.sparse import sparray

    Filler = Callable[[int, NDArray[np.float64]], None]

__all__ = ["ClosedInTurn", "Products", "Vectors", "Whole", "vectors_of"]

Ints = NDArray[np.int32]
Costs = NDArray[np.float64]


class Vectors(Protocol):
    """Some vectors of weights, one number for each arc."""

    def __len__(self) -> int:
        """How many vectors there are."""

    @property
    def n_arcs(self) -> int:
        """How long each of them is."""

    def ordered(self, arcs: Ints) -> Filler:
        """Make ready to write the weights of some arcs, in their order, into a table.

        Returns
        -------
        callable
            Given the number of a vector and float64[arcs, LANES], it writes that vector and those
            that follow it, as far as there are any, each into a lane; the lanes that are left hold
            infinity. It raises GraphError if a weight is NaN or negative.
        """


@dataclass(frozen=True, eq=False)
class Whole:
    """Vectors that are laid out: float64[vectors, arcs]."""

    weights: NDArray[np.float64]

    def __len__(self) -> int:
        """How many vectors there are."""
        return len(self.weights)

    @property
    def n_arcs(self) -> int:
        """How long each of them is."""
        return int(self.weights.shape[1])

    def ordered(self, arcs: Ints) -> Filler:
        """Make ready to write the weights of some arcs, in their order, into a table."""

        def fill(begin: int, out: Costs) -> None:
            weights = self.weights[begin : begin + LANES]
            _fill_whole(weights, arcs, out)
            if not _all_right(out):
                # The first of all, whichever thread comes upon one first.
                _check(self.weights.T, 0, np.arange(self.n_arcs, dtype=np.int32))

        return fill


@dataclass(frozen=True, eq=False)
class Products:
    """Vectors that are quantities times prices: of each arc its units of all items, priced.

    Parameters
    ----------
    quantities
        How many units of each item an arc uses; arcs x items, sparse.
    prices
        What a unit costs in each vector; float64[vectors, items].
    closed
        Arcs that are closed in every vector, bool[arcs], or in each, bool[vectors, arcs].
    """

    quantities: csr_array
    prices: NDArray[np.float64]
    closed: NDArray[np.bool_]

    def __init__(
        self, quantities: sparray, prices: ArrayLike, *, closed: ArrayLike | None = None
    ) -> None:
        rows: csr_array = csr_array(cast("Any", quantities))
        if np.iscomplexobj(prices):
            message = "the prices are complex numbers"
            raise GraphError(message)
        try:
            given = np.array(prices, dtype=np.float64)
        except (TypeError, ValueError) as error:
            message = f"the prices are not numbers: {error}"
            raise GraphError(message) from error
        if given.ndim != 2 or given.shape[1] != rows.shape[1]:
            message = f"the prices have the shape {given.shape}, not (vectors, {rows.shape[1]})"
            raise GraphError(message)
        shut = np.atleast_2d(np.zeros(rows.shape[0], np.bool_) if closed is None else closed)
        if shut.shape[1] != rows.shape[0] or len(shut) not in {1, len(given)}:
            message = f"closed has the shape {np.shape(np.asarray(closed))}, not that of the arcs"
            raise GraphError(message)
        if shut.dtype != np.bool_:
            # Ids of arcs, as many as there are arcs, would pass for a mask.
            message = f"closed holds {shut.dtype}, not truth values"
            raise GraphError(message)
        object.__setattr__(self, "quantities", rows)
        object.__setattr__(self, "prices", given)
        object.__setattr__(self, "closed", shut)

    def __len__(self) -> int:
        """How many vectors there are."""
        return len(self.prices)

    @property
    def n_arcs(self) -> int:
        """How long each of them is."""
        return int(self.quantities.shape[0])

    def ordered(self, arcs: Ints) -> Filler:
        """Make ready to write the weights of some arcs, in their order, into a table."""
        rows, closed = self.quantities[arcs], self.closed[:, arcs]
        bounds, items = rows.indptr.astype(np.int32), rows.indices.astype(np.int32)
        amounts = rows.data.astype(np.float64)

        def fill(begin: int, out: Costs) -> None:
            prices = self.prices[begin : begin + LANES]
            by_item = np.zeros((prices.shape[1], LANES))
            by_item[:, : len(prices)] = prices.T
            _fill_products(bounds, items, amounts, by_item, out)
            shut = closed if len(closed) == 1 else closed[begin : begin + LANES]
            for lane, which in enumerate(np.broadcast_to(shut, (len(prices), len(arcs)))):
                out[which, lane] = np.inf
            out[:, len(prices) :] = np.inf
            if not _all_right(out):
                _check(out, begin, arcs)

        return fill


@dataclass(frozen=True, eq=False)
class ClosedInTurn:
    """One vector, in which each of some groups of arcs is closed in turn.

    Parameters
    ----------
    weights
        The vector; float64[arcs].
    groups
        The arcs that are closed in each case.
    """

    weights: NDArray[np.float64]
    groups: tuple[NDArray[np.int64], ...]

    def __init__(self, weights: ArrayLike, groups: Sequence[ArrayLike]) -> None:
        checked = check_weights(weights, len(np.atleast_1d(np.asarray(weights))))
        cases = tuple(
            check_arcs(group, len(checked), where=f"case {case}: ")
            for case, group in enumerate(groups)
        )
        object.__setattr__(self, "weights", checked)
        object.__setattr__(self, "groups", cases)

    def __len__(self) -> int:
        """How many cases there are."""
        return len(self.groups)

    @property
    def n_arcs(self) -> int:
        """How many arcs there are."""
        return len(self.weights)

    def ordered(self, arcs: Ints) -> Filler:
        """Make ready to write the weights of some arcs, in their order, into a table."""
        weights = self.weights[arcs, np.newaxis]
        # One row past the end takes the arcs that are not among these.
        row_of = np.full(self.n_arcs, len(arcs), dtype=np.int64)
        row_of[arcs] = np.arange(len(arcs))

        def fill(begin: int, out: Costs) -> None:
            cases = self.groups[begin : begin + LANES]
            out[:] = weights
            for lane, group in enumerate(cases):
                rows = row_of[group]
                out[rows[rows < len(arcs)], lane] = np.inf
            out[:, len(cases) :] = np.inf

        return fill


def vectors_of(given: Vectors | ArrayLike, n_arcs: int) -> Vectors:
    """Return vectors, laid out if they come as numbers, once their length is right.

    Raises
    ------
    GraphError
        If there is not one weight for each arc.
    """
    if isinstance(given, (Whole, Products, ClosedInTurn)):
        vectors: Vectors = given
    else:
        if np.iscomplexobj(cast("ArrayLike", given)):
            message = "the weights are complex numbers, not numbers >= 0"
            raise GraphError(message)
        try:
            numbers = np.asarray(given, dtype=np.float64)
        except (TypeError, ValueError) as error:
            message = f"the weights are not numbers: {error}"
            raise GraphError(message) from error
        if numbers.ndim != 2:
            message = f"the weights have the shape {numbers.shape}, not (vectors, {n_arcs})"
            raise GraphError(message)
        vectors = Whole(numbers)
    if vectors.n_arcs != n_arcs:
        message = f"the vectors have {vectors.n_arcs} weights, but there are {n_arcs} arcs"
        raise GraphError(message)
    return vectors


def _check(weights: Costs, begin: int, arcs: Ints) -> None:
    """Name a weight that is no weight: that of the first vector, and there of the first arc.

    Weights are arcs x vectors, from vector `begin` on.
    """
    wrong = np.argwhere(~(weights >= 0))
    if len(wrong):
        row, lane = min(wrong.tolist(), key=lambda at: (at[1], arcs[at[0]]))
        message = (
            f"the weight of arc {arcs[row]} in vector {begin + lane} is {weights[row, lane]}, "
            "not a number >= 0"
        )
        raise GraphError(message)


@kernel
def _all_right(weights: Costs) -> bool:
    """Say whether all are >= 0, which NaN is not."""
    for row in range(len(weights)):
        right = True
        for lane in range(LANES):
            right &= weights[row, lane] >= 0
        if not right:
            return False
    return True


@kernel
def _fill_whole(weights: Costs, arcs: Ints, out: Costs) -> None:
    """Write the weights of arcs of up to eight vectors, and infinity in the lanes that are left."""
    n_lanes = len(weights)
    for row in range(len(arcs)):
        for lane in range(n_lanes):
            out[row, lane] = weights[lane, arcs[row]]
        for lane in range(n_lanes, LANES):
            out[row, lane] = np.inf


@kernel
def _fill_products(bounds: Ints, items: Ints, amounts: Costs, prices: Costs, out: Costs) -> None:
    """Multiply sparse rows of amounts by prices, items x LANES."""
    total = np.empty(LANES)
    for row in range(len(out)):
        total[:] = 0.0
        for entry in range(bounds[row], bounds[row + 1]):
            for lane in range(LANES):
                total[lane] += amounts[entry] * prices[items[entry], lane]
        out[row] = total
