"""The wheel works outside the checkout, with its data and without the network."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OFFLINE = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Run a command that must succeed; return what it printed."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel with the build tool that is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-q")
    run(*pip, "--wheel-dir", folder, ROOT, cwd=folder, **OFFLINE)
    (built,) = folder.glob("crescent-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """Install the wheel into a folder of its own."""
    target = wheel.parent / "installed"
    pip = (sys.executable, "-m", "pip", "install", "--no-deps", "-q")
    run(*pip, "--target", target, wheel, cwd=wheel.parent, **OFFLINE)
    return target


def test_what_is_in_it(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"geo/__init__.py", "geo/py.typed", "geo/data/datapackage.json"} <= names
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"geo"}
    assert not [name for name in names if name.startswith("geo/data/") and name.endswith(".py")]
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_every_file_of_the_data_is_in_it(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    suffixes = {".csv", ".json", ".md", ".parquet", ".toml"}
    shipped = {
        f"geo/data/{path.relative_to(ROOT / 'data').as_posix()}"
        for path in (ROOT / "data").rglob("*")
        if path.suffix in suffixes and "build_steps" not in path.parts
    }
    assert shipped <= names


def test_what_the_page_of_a_map_is_made_of_is_in_it(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    page = ROOT / "geo" / "report" / "maps" / "page"
    files = {f"geo/report/maps/page/{path.name}" for path in page.iterdir() if path.is_file()}
    assert any(name.endswith(".js") for name in files)
    assert files <= names


def test_it_is_the_installed_package_that_runs(installed: Path, tmp_path: Path) -> None:
    code = "import geo, geo.files; print(geo.__file__); print(geo.files.data_root())"
    printed = run(sys.executable, "-P", "-c", code, cwd=tmp_path, PYTHONPATH=str(installed))
    package = installed / "geo"
    assert printed.split() == [str(package / "__init__.py"), str(package / "data")]


def test_the_command_finds_a_place(installed: Path, tmp_path: Path) -> None:
    script = installed / "bin" / "crescent"
    printed = run(
        sys.executable, script, "places", "seoul", cwd=tmp_path, PYTHONPATH=str(installed)
    )
    assert "Seoul" in printed


def test_the_command_verifies_its_data(installed: Path, tmp_path: Path) -> None:
    script = installed / "bin" / "crescent"
    run(sys.executable, script, "data", "verify", cwd=tmp_path, PYTHONPATH=str(installed))
