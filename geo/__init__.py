"""Crescent: rail corridors between Korea and Eurasia, priced charge by charge and mapped.

`Study` is the door; the errors are here too. Both load on first use, so the import is instant.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.errors import (
        DataError,
        DoubleChargeError,
        GeoError,
        GraphError,
        MissingDataError,
        MissingExtraError,
        NoRouteError,
        OutOfReachError,
        OutputError,
        ScenarioError,
        ServiceError,
        UnknownNameError,
        UnreachableError,
        UsageError,
        WorkLimitError,
    )
    from geo.study import Study

__version__ = "0.1.0"

__all__ = [
    "DataError",
    "DoubleChargeError",
    "GeoError",
    "GraphError",
    "MissingDataError",
    "MissingExtraError",
    "NoRouteError",
    "OutOfReachError",
    "OutputError",
    "ScenarioError",
    "ServiceError",
    "Study",
    "UnknownNameError",
    "UnreachableError",
    "UsageError",
    "WorkLimitError",
    "__version__",
]


def __getattr__(name: str) -> object:
    """Load a public name on its first use."""
    if name not in __all__:
        message = f"module 'geo' has no attribute {name!r}"
        raise AttributeError(message)
    home = "geo.study" if name == "Study" else "geo.errors"
    value: object = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted({*globals(), *__all__})
