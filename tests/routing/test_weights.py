"""Weights are checked once, at the door, and the first wrong one is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from geo.errors import GraphError
from geo.routing import check_weights

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


def test_good_weights_become_float64() -> None:
    checked = check_weights([0, 1, np.inf], 3)
    assert checked.dtype == np.float64
    assert checked.tolist() == [0, 1, np.inf]


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ([1.0, np.nan, -1.0], "weight of arc 1 is nan"),
        ([1.0, 0.0, -1.0], "weight of arc 2 is -1"),
        ([1.0, 0.0, -np.inf], "weight of arc 2 is -inf"),
        ([1.0], r"shape \(1,\), not \(3,\)"),
        ([[1.0, 2.0, 3.0]], r"shape \(1, 3\)"),
        (3.0, r"shape \(\)"),
        (["a", "b", "c"], "not numbers"),
        ([1.0, None, 2.0], "weight of arc 1 is nan"),
        ([1.0, 2.0 + 1.0j, 3.0], "complex"),
        (np.array([1.0, 2.0, 3.0], dtype=complex), "complex"),
    ],
)
def test_bad_weights(weights: ArrayLike, message: str) -> None:
    with pytest.raises(GraphError, match=message):
        check_weights(weights, 3)
