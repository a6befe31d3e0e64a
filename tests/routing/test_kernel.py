"""Kernels: kept on disk, wherever the package lies, and never stale."""

from __future__ import annotations

import importlib
import os
import pkgutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from numba.core.dispatcher import Dispatcher

import geo.routing

if TYPE_CHECKING:
    from pathlib import Path

KERNELS = {
    f"{module.name}.{name}": (module.name, value)
    for module in pkgutil.iter_modules(geo.routing.__path__, "geo.routing.")
    for name, value in vars(importlib.import_module(module.name)).items()
    if isinstance(value, Dispatcher) and value.py_func.__module__ == module.name
}


def test_there_are_kernels() -> None:
    assert len(KERNELS) > 10


def test_warming_compiles_every_kernel_that_a_question_calls() -> None:
    # In a process of its own: other tests have called some already.
    script = (
        "from geo.routing.warm import warm_up; from tests.routing.test_kernel import KERNELS;"
        "warm_up(); print(*[name for name in KERNELS if not KERNELS[name][1].signatures])"
    )
    command = [sys.executable, "-c", script]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    # What only other kernels call is compiled into them.
    inner = {
        f"{home}.{word}"
        for home, kernel in KERNELS.values()
        for word in kernel.py_func.__code__.co_names
    }
    assert set(run.stdout.split()) <= inner


@pytest.mark.parametrize("name", KERNELS)
def test_a_kernel_calls_kernels_of_its_own_file_only(name: str) -> None:
    # numba does not see that a kernel in another file has changed, and would run the old code.
    home, kernel = KERNELS[name]
    called = [kernel.py_func.__globals__.get(word) for word in kernel.py_func.__code__.co_names]
    for other in called:
        if isinstance(other, Dispatcher):
            assert other.py_func.__module__ == home


@pytest.mark.parametrize("home_can_be_written", [True, False])
def test_a_package_that_cannot_be_written_to_still_works(
    tmp_path: Path, *, home_can_be_written: bool
) -> None:
    (tmp_path / "__pycache__").touch()  # where the folder would be
    (tmp_path / "home").mkdir() if home_can_be_written else (tmp_path / "home").touch()
    (tmp_path / "alone.py").write_text(
        "from geo.routing.kernel import kernel\n\n"
        "@kernel\ndef twice(number: int) -> int:\n    return 2 * number\n\n"
        "print(twice(21))\n",
        encoding="utf-8",
    )
    home = str(tmp_path / "home")
    unset = ("NUMBA_CACHE_DIR", "NUMBA_DISABLE_JIT")
    environment = {name: text for name, text in os.environ.items() if name not in unset}
    environment |= {"HOME": home, "XDG_CACHE_HOME": home, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-W", "error", str(tmp_path / "alone.py")]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (run.stdout, run.stderr) == ("42\n", "")
    kept = [file.name for file in tmp_path.glob("home/**/*.nbc")]
    assert len(kept) == home_can_be_written
