"""Kernels: loops over arrays that numba compiles when they are first called.

The machine code is kept on disk, and a running kernel lets other threads run beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from numba import njit

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["kernel"]

_Function = TypeVar("_Function", bound="Callable[..., object]")


def kernel(function: _Function) -> _Function:
    """Compile a function of arrays and plain numbers.

    numba keeps the code beside the source, or else in the user's cache folder (or wherever
    ``NUMBA_CACHE_DIR`` says). It compiles anew when the file of the function changes, but not when
    another file does: a kernel calls only kernels of its own file.

    Parameters
    ----------
    function
        Indexes its arrays itself, within their bounds, and calls no Python.
    """
    try:
        return _compiled(function, on_disk=True)
    except RuntimeError:
        # Neither folder can be written to: the code then lives as long as the process.
        return _compiled(function, on_disk=False)


def _compiled(function: _Function, *, on_disk: bool) -> _Function:
    """Return what numba makes of a function."""
    return cast("_Function", njit(cache=on_disk, nogil=True, error_model="numpy")(function))
