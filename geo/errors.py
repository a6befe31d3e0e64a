"""The one tree of errors, so that a caller can catch by meaning and a command can exit by it.

Every class also inherits from the built-in error that a Python user would expect::

    GeoError                                  exit 1
    ├── UsageError        (ValueError)        exit 2   a wrong argument
    │   ├── UnknownNameError (LookupError)             a name that nothing bears
    │   ├── ScenarioError                              a scenario that contradicts itself
    │   ├── MissingExtraError (ImportError)            a library of an extra that is not there
    │   ├── OutputError   (OSError)                    an output that cannot be written
    │   └── WorkLimitError                             a question too large to answer whole
    ├── NoRouteError      (LookupError)       exit 3   no way from origin to destination
    │   └── OutOfReachError                            a place too far from the network
    ├── UnreachableError  (LookupError)       exit 3   a node that no path enters
    ├── GraphError        (ValueError)        exit 4   arcs or weights that make no graph
    └── DataError         (ValueError)        exit 4   a damaged file: file, row, column, problem
        ├── MissingDataError (FileNotFoundError)       a file that is not there
        ├── ServiceError  (ConnectionError)            a live service that gives no whole answer
        └── DoubleChargeError                          two charges that cover one thing
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

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
    "UnknownNameError",
    "UnreachableError",
    "UsageError",
    "WorkLimitError",
]


class GeoError(Exception):
    """Anything that this package refuses; `exit_code` is what the command exits with."""

    exit_code: ClassVar[int] = 1

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle as exceptions do; libraries that pickle tracebacks leave it alone then."""
        return type(self), self.args, vars(self)


class UsageError(GeoError, ValueError):
    """A wrong argument: the message says which, and what would have been right."""

    exit_code: ClassVar[int] = 2


class UnknownNameError(UsageError, LookupError):
    """A name that nothing bears, with the nearest names that something does.

    Parameters
    ----------
    kind
        What was looked for: "place", "scenario", "corridor".
    name
        The text that was given.
    suggestions
        The nearest known names, best first.
    """

    def __init__(self, kind: str, name: str, suggestions: Sequence[str] = ()) -> None:
        self.kind = kind
        self.name = name
        self.suggestions = tuple(suggestions)
        # The constructor's own arguments are kept, so that the error survives pickling.
        self.args = (kind, name, self.suggestions)

    def __str__(self) -> str:
        """Say what is unknown and what may have been meant."""
        hint = f"; did you mean {_alternatives(self.suggestions)}?" if self.suggestions else ""
        return f"unknown {self.kind} {self.name!r}{hint}"


class ScenarioError(UsageError):
    """A scenario that contradicts itself or names something the network does not have."""


class MissingExtraError(UsageError, ImportError):
    """A library of an extra that is not installed: the message says which extra to install."""


class OutputError(UsageError, OSError):
    """An output that cannot be written; nothing of it is left behind."""


class WorkLimitError(UsageError):
    """A question too large to be answered whole: the message says what to relax."""


class NoRouteError(GeoError, LookupError):
    """No way leads from origin to destination.

    Parameters
    ----------
    origin, destination
        Names of the two places.
    causes
        What stands in the way: closed crossings, where gauge or network ends.
    """

    exit_code: ClassVar[int] = 3

    def __init__(self, origin: str, destination: str, causes: Sequence[str] = ()) -> None:
        self.origin = origin
        self.destination = destination
        self.causes = tuple(causes)
        self.args = (origin, destination, self.causes)

    def __str__(self) -> str:
        """Say between which places, and why."""
        because = f": {'; '.join(self.causes)}" if self.causes else ""
        return f"no route from {self.origin} to {self.destination}{because}"


class OutOfReachError(NoRouteError):
    """A place lies too far from the network to be joined to it."""


class UnreachableError(GeoError, LookupError):
    """No path enters a node of a graph.

    Parameters
    ----------
    node
        Index of the node.
    """

    exit_code: ClassVar[int] = 3

    def __init__(self, node: int) -> None:
        self.node = node
        self.args = (node,)

    def __str__(self) -> str:
        """Name the node."""
        return f"node {self.node} cannot be reached"


class GraphError(GeoError, ValueError):
    """Arcs or weights that make no graph: the message names the first bad one."""

    exit_code: ClassVar[int] = 4


class DataError(GeoError, ValueError):
    """A damaged file, with the spot.

    Parameters
    ----------
    file
        The file, best as a path from the root of the data.
    row
        Its row as an editor counts it (the header is row 1), if there is one.
    column
        Its column, if there is one.
    problem
        What is wrong: what was expected, and what was found.
    """

    exit_code: ClassVar[int] = 4

    def __init__(
        self,
        file: str | PathLike[str],
        row: int | None = None,
        column: str | None = None,
        problem: str = "",
    ) -> None:
        self.file = str(file)
        self.row = row
        self.column = column
        self.problem = problem
        self.args = (self.file, row, column, problem)

    def __str__(self) -> str:
        """Say where and what, as in ``rates.csv, row 14, base: expected a number``."""
        row = None if self.row is None else f"row {self.row}"
        spot = ", ".join(part for part in (self.file, row, self.column) if part)
        return f"{spot}: {self.problem}" if self.problem else spot


class MissingDataError(DataError, FileNotFoundError):
    """A file of the data that is not there."""


class ServiceError(DataError, ConnectionError):
    """A live service that does not answer, or whose answer is no data or not whole."""


class DoubleChargeError(DataError):
    """Two charges of one bill that cover the same thing."""


def _alternatives(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last
