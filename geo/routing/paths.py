"""Paths: the arcs of many paths, one after the other, and sums of quantities along them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array, issparse

from geo.errors import GraphError
from geo.routing.kernel import kernel

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray
    from scipy.sparse import sparray

__all__ = ["Paths", "Quantities"]


@dataclass(frozen=True, eq=False)
class Paths:
    """Cheapest paths of pairs of nodes.

    Parameters
    ----------
    cost
        The cost of each path; infinity where there is none.
    first
        Where the arcs of each path begin in `arcs`, and the end.
    arcs
        The arcs, path after path, in the order of travel.
    n_arcs
        How many arcs the graph has.
    """

    cost: NDArray[np.float64]
    first: NDArray[np.int64]
    arcs: NDArray[np.int64]
    n_arcs: int

    def __len__(self) -> int:
        """Count the pairs."""
        return len(self.cost)

    def __getitem__(self, pair: int) -> NDArray[np.int64]:
        """Return the arcs of the path of a pair; none if there is no path."""
        if not -len(self) <= pair < len(self):
            message = f"there is no pair {pair}: there are {len(self)}"
            raise IndexError(message)
        pair %= len(self)
        return self.arcs[self.first[pair] : self.first[pair + 1]]

    def sums(self, quantities: ArrayLike | sparray) -> NDArray[np.float64]:
        """Add quantities up along every path.

        Parameters
        ----------
        quantities
            What one arc uses: one number, a row of several, or a sparse row; float64[arcs],
            float64[arcs, columns] or a sparse matrix, arcs x columns.

        Returns
        -------
        float64[pairs, columns]
            NaN where there is no path.

        Raises
        ------
        GraphError
            If there is not one row for each arc.
        """
        sums = Quantities.of(quantities, self.n_arcs).along(self.first, self.arcs)
        sums[np.isinf(self.cost)] = np.nan
        return sums


@dataclass(frozen=True, eq=False)
class Quantities:
    """What each arc uses, in columns: the entries of arc a are bounds[a] to bounds[a + 1]."""

    bounds: NDArray[np.int64]
    columns: NDArray[np.int64]
    amounts: NDArray[np.float64]
    n_columns: int

    @classmethod
    def of(cls, quantities: ArrayLike | sparray, n_arcs: int) -> Quantities:
        """Take what callers have, a sparse matrix or an array of numbers.

        Raises
        ------
        GraphError
            If there is not one row of numbers for each arc.
        """
        if not issparse(quantities):
            try:
                given = np.asarray(quantities, dtype=np.float64)
            except (TypeError, ValueError) as error:
                message = f"the quantities are not numbers: {error}"
                raise GraphError(message) from error
            if given.ndim not in {1, 2}:
                message = f"the quantities have the shape {given.shape}, not ({n_arcs}, columns)"
                raise GraphError(message)
            quantities = csr_array(given[:, np.newaxis] if given.ndim == 1 else given)
        rows = csr_array(quantities)
        if rows.shape[0] != n_arcs:
            message = f"the quantities are of {rows.shape[0]} arcs, but there are {n_arcs}"
            raise GraphError(message)
        return cls(
            rows.indptr.astype(np.int64),
            rows.indices.astype(np.int64),
            rows.data.astype(np.float64),
            int(rows.shape[1]),
        )

    def along(self, first: NDArray[np.int64], arcs: NDArray[np.int64]) -> NDArray[np.float64]:
        """Add up along paths: float64[paths, columns]."""
        sums = np.zeros((len(first) - 1, self.n_columns))
        _add_up(first, arcs, self.bounds, self.columns, self.amounts, sums)
        return sums


@kernel
def _add_up(
    first: NDArray[np.int64],
    arcs: NDArray[np.int64],
    bounds: NDArray[np.int64],
    columns: NDArray[np.int64],
    amounts: NDArray[np.float64],
    sums: NDArray[np.float64],
) -> None:
    for path in range(len(first) - 1):
        for at in range(first[path], first[path + 1]):
            for entry in range(bounds[arcs[at]], bounds[arcs[at] + 1]):
                sums[path, columns[entry]] += amounts[entry]
