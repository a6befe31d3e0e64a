"""Pictures of maps, taken by a false browser: what it is asked for, and what of its faults is told.

The real one takes them in tests/browser.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from geo.errors import OutputError, UsageError
from geo.report.maps import picture
from geo.report.maps.picture import find_browser, save_picture

_BROWSER = """#!{python}
import json, shutil, sys, pathlib
flags = dict(one.lstrip("-").partition("=")[::2] for one in sys.argv[1:])
here = pathlib.Path({folder!r})
(here / "asked.json").write_text(json.dumps(sys.argv[1:]))
{act}
"""
_TAKES = """
shutil.copy(here / "wanted.png", flags["screenshot"])
pathlib.Path(flags["user-data-dir"]).mkdir()
print('<!DOCTYPE html><html lang="en" data-settled="yes"><head>')
"""
_SIZE = (320, 200)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay out a page, the picture that the false browser hands over, and an empty PATH."""
    (tmp_path / "a page #1.html").write_text("<p>map</p>", encoding="utf-8")
    Image.new("RGB", _SIZE, "navy").save(tmp_path / "wanted.png")
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.delenv(picture.BROWSER_VARIABLE, raising=False)
    return tmp_path


def put_browser(desk: Path, act: str = _TAKES, *, name: str = "chromium") -> Path:
    """Put a false browser on PATH."""
    program = desk / "bin" / name
    program.write_text(_BROWSER.format(python=sys.executable, folder=str(desk), act=act))
    program.chmod(0o755)
    return program


def take(desk: Path, **options: Any) -> Path:
    """Take a picture of the page."""
    save_picture(desk / "a page #1.html", desk / "out" / "map.png", **{"size_px": _SIZE} | options)
    return desk / "out" / "map.png"


def asked(desk: Path) -> list[str]:
    """Return the flags that the false browser was started with."""
    flags: list[str] = json.loads((desk / "asked.json").read_text())
    return flags


def test_the_picture_is_what_the_browser_took(desk: Path) -> None:
    put_browser(desk)
    assert take(desk).read_bytes() == (desk / "wanted.png").read_bytes()
    assert [file.name for file in (desk / "out").iterdir()] == ["map.png"]


def test_paths_are_those_of_the_caller_not_of_the_browser(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_browser(desk)
    monkeypatch.chdir(desk)
    save_picture("a page #1.html", "map.png", size_px=_SIZE)
    assert (desk / "map.png").read_bytes() == (desk / "wanted.png").read_bytes()


def test_the_browser_is_asked_for_the_page_and_for_no_network_of_its_own(desk: Path) -> None:
    put_browser(desk)
    take(desk)
    flags = asked(desk)
    assert flags[-1] == (desk / "a page #1.html").as_uri()
    assert flags[-1].endswith("/a%20page%20%231.html")
    assert {
        "--headless",
        "--disable-gpu",
        "--hide-scrollbars",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=320,200",
    } <= set(flags)
    # The profile was a new one, and it is gone.
    profile = next(Path(one.split("=")[1]) for one in flags if one.startswith("--user-data-dir="))
    assert not profile.parent.exists()


@pytest.mark.parametrize(("user", "without"), [(0, True), (1000, False)])
def test_the_sandbox_is_left_off_for_root_only(
    desk: Path, monkeypatch: pytest.MonkeyPatch, user: int, *, without: bool
) -> None:
    put_browser(desk)
    monkeypatch.setattr(os, "geteuid", lambda: user)
    take(desk)
    assert ("--no-sandbox" in asked(desk)) == without


def test_the_first_name_on_the_path_is_taken(desk: Path) -> None:
    chrome = put_browser(desk, name="google-chrome")
    assert find_browser() == chrome
    chromium = put_browser(desk, name="chromium")
    assert find_browser() == chromium


def test_a_variable_names_the_browser(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_browser(desk, "sys.exit(9)")
    mine = put_browser(desk, name="my-browser")
    for name in ("my-browser", str(mine)):
        monkeypatch.setenv("CRESCENT_CHROMIUM", name)
        assert find_browser() == mine
        assert take(desk).is_file()


def test_a_variable_that_names_nothing_is_told(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_browser(desk)
    monkeypatch.setenv("CRESCENT_CHROMIUM", "/nowhere/chromium")
    with pytest.raises(OutputError, match=r"CRESCENT_CHROMIUM names '/nowhere/chromium'"):
        take(desk)


def test_without_a_browser_the_names_and_the_remedy_are_told(desk: Path) -> None:
    with pytest.raises(OutputError) as caught:
        take(desk)
    for words in ("chromium, chromium-browser, google-chrome, chrome", "apt-get install chromium"):
        assert words in str(caught.value)
    assert "CRESCENT_CHROMIUM" in str(caught.value)
    assert caught.value.exit_code == 2
    assert not (desk / "out").exists()


@pytest.mark.parametrize(
    ("act", "told"),
    [
        ("sys.exit('first\\nno display here')", "exit code 1: no display here"),
        ("print('data-settled=\"yes\"')", "wrote no whole picture"),
        (
            "pathlib.Path(flags['screenshot']).write_bytes(b'\\x89PNG\\r\\n\\x1a\\n')",
            "wrote no whole picture",
        ),
        (_TAKES.replace("data-settled", "data-other"), "did not come to the end of the page"),
    ],
)
def test_a_failure_is_told_and_the_old_picture_stays(desk: Path, act: str, told: str) -> None:
    put_browser(desk)
    old = take(desk).read_bytes()
    put_browser(desk, act)
    with pytest.raises(OutputError, match=told) as caught:
        take(desk)
    assert "map.png" in str(caught.value)
    assert (desk / "out" / "map.png").read_bytes() == old
    assert [file.name for file in (desk / "out").iterdir()] == ["map.png"]


def test_a_picture_of_another_size_is_refused(desk: Path) -> None:
    put_browser(desk)
    with pytest.raises(OutputError, match="wrote no whole picture"):
        take(desk, size_px=(320, 201))


def test_a_program_that_cannot_start_is_told(desk: Path) -> None:
    put_browser(desk).write_text("#!/nowhere/python\n")
    with pytest.raises(OutputError, match="chromium cannot be started"):
        take(desk)


def test_a_browser_that_hangs_is_ended_with_its_children(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A shell and its child are there at once, where two Pythons may take seconds to start.
    put_browser(desk).write_text(
        f"#!/bin/sh\n/bin/sleep 60 &\necho $! > '{desk / 'child'}'\nwait\n", encoding="utf-8"
    )
    monkeypatch.setattr(picture, "_LIMIT_S", 3.0)
    with pytest.raises(OutputError, match="took longer than 3 s"):
        take(desk)
    child = int((desk / "child").read_text())
    assert _ends(child)


def _ends(pid: int) -> bool:
    """Wait until a process is gone, or a dead one that nobody has asked after."""
    for _ in range(100):
        state = Path(f"/proc/{pid}/stat")
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False


def test_a_page_that_is_not_there_is_told(desk: Path) -> None:
    put_browser(desk)
    with pytest.raises(UsageError, match=r"there is no page .*absent\.html"):
        save_picture(desk / "absent.html", desk / "map.png")


@pytest.mark.parametrize("size_px", [(0, 900), (1400, -1), (1400, 10_001)])
def test_a_size_that_no_window_has_is_told(desk: Path, size_px: tuple[int, int]) -> None:
    put_browser(desk)
    with pytest.raises(UsageError, match=f"not {size_px[0]} x {size_px[1]}"):
        take(desk, size_px=size_px)
