"""The tree of errors: built-in parents, exit codes, messages, and the way through pickle."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest

import geo
from geo import errors

EVERY_ERROR = [
    errors.GeoError("a"),
    errors.UsageError("a"),
    errors.UnknownNameError("place", "Seol", ["Seoul", "Sejong"]),
    errors.ScenarioError("a"),
    errors.OutputError("a"),
    errors.WorkLimitError("a"),
    errors.MissingExtraError("a"),
    errors.NoRouteError("Seoul", "Pyongyang", ["the crossing is severed"]),
    errors.OutOfReachError("Seoul", "Lhasa"),
    errors.UnreachableError(3),
    errors.GraphError("a"),
    errors.DataError("rates.csv", 14, "base", "expected a number"),
    errors.MissingDataError("rates.csv"),
    errors.ServiceError("the service"),
    errors.DoubleChargeError("bill", problem="haulage:RUS is charged twice"),
]


def test_every_class_is_tried() -> None:
    assert {type(error).__name__ for error in EVERY_ERROR} == set(errors.__all__)


@pytest.mark.parametrize(
    ("error", "built_in", "exit_code"),
    [
        (errors.GeoError, Exception, 1),
        (errors.UsageError, ValueError, 2),
        (errors.UnknownNameError, LookupError, 2),
        (errors.ScenarioError, ValueError, 2),
        (errors.OutputError, OSError, 2),
        (errors.MissingExtraError, ImportError, 2),
        (errors.NoRouteError, LookupError, 3),
        (errors.OutOfReachError, errors.NoRouteError, 3),
        (errors.UnreachableError, LookupError, 3),
        (errors.GraphError, ValueError, 4),
        (errors.DataError, ValueError, 4),
        (errors.MissingDataError, FileNotFoundError, 4),
        (errors.ServiceError, ConnectionError, 4),
        (errors.DoubleChargeError, errors.DataError, 4),
    ],
)
def test_parents_and_exit_codes(
    error: type[errors.GeoError], built_in: type[Exception], exit_code: int
) -> None:
    assert issubclass(error, errors.GeoError)
    assert issubclass(error, built_in)
    assert error.exit_code == exit_code


@pytest.mark.parametrize("error", EVERY_ERROR, ids=lambda error: type(error).__name__)
def test_errors_survive_pickling(error: errors.GeoError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert vars(copy) == vars(error)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (errors.UnknownNameError("place", "Seol"), "unknown place 'Seol'"),
        (
            errors.UnknownNameError("place", "Seol", ["Seoul"]),
            "unknown place 'Seol'; did you mean Seoul?",
        ),
        (
            errors.UnknownNameError("place", "Seol", ["Seoul", "Sejong", "Sokcho"]),
            "unknown place 'Seol'; did you mean Seoul, Sejong or Sokcho?",
        ),
        (errors.NoRouteError("A", "B"), "no route from A to B"),
        (errors.NoRouteError("A", "B", ["x", "y"]), "no route from A to B: x; y"),
        (errors.UnreachableError(3), "node 3 cannot be reached"),
        (
            errors.DataError("data/rates.csv", 14, "base", "expected a number >= 0, got 'n/a'"),
            "data/rates.csv, row 14, base: expected a number >= 0, got 'n/a'",
        ),
        (errors.DataError("a.parquet", problem="is damaged"), "a.parquet: is damaged"),
        (errors.MissingDataError("a.csv"), "a.csv"),
        (errors.OutputError("cannot write out/a.csv"), "cannot write out/a.csv"),
    ],
)
def test_messages(error: errors.GeoError, message: str) -> None:
    assert str(error) == message


def test_the_package_offers_every_error() -> None:
    for name in errors.__all__:
        assert getattr(geo, name) is getattr(errors, name)
        assert name in dir(geo)


def test_the_package_has_nothing_else() -> None:
    with pytest.raises(AttributeError, match="'geo' has no attribute 'nothing'"):
        _ = geo.nothing


def test_importing_the_package_loads_no_library() -> None:
    code = "import sys, geo; print(sorted({'numpy', 'pandas', 'geo.errors'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("error", EVERY_ERROR, ids=lambda error: type(error).__name__)
def test_errors_survive_pickling_with_their_traceback(error: errors.GeoError) -> None:
    # As a cluster's workers do it, once anything has asked for that.
    from tblib import pickling_support

    pickling_support.install(error)
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert str(copy) == str(error)
