"""The one check of weights, before any search sees them.

A weight is a number >= 0, or infinity where the arc is closed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.errors import GraphError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["check_weights"]


def check_weights(weights: ArrayLike, size: int, *, of: str = "arc") -> NDArray[np.float64]:
    """Return weights as float64, or say which one is wrong.

    Parameters
    ----------
    weights
        One for each arc: >= 0, infinity where it is closed.
    size
        How many there must be.
    of
        What they belong to, for the message.

    Raises
    ------
    GraphError
        If their number is wrong, or one is NaN or negative or no number at all.
    """
    try:
        checked = np.array(weights, np.float64, order="C")
    except (TypeError, ValueError) as error:
        message = f"the weights are not numbers: {error}"
        raise GraphError(message) from error
    if np.shape(weights) != (size,):
        message = f"the weights have the shape {np.shape(weights)}, not ({size},), one per {of}"
        raise GraphError(message)
    # Written so that NaN, which compares false with everything, is found too.
    wrong = np.flatnonzero(~(checked >= 0))
    if wrong.size:
        message = f"the weight of {of} {wrong[0]} is {checked[wrong[0]]}, not a number >= 0"
        raise GraphError(message)
    checked.flags.writeable = False
    return checked
