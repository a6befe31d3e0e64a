"""A picture of a map's page, taken by a browser that is installed: Chromium or Chrome, headless.

The browser starts with an empty profile and asks no network for itself.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from geo.errors import OutputError, UsageError
from geo.files import whole_file

__all__ = ["BROWSER_VARIABLE", "find_browser", "save_picture"]

BROWSER_VARIABLE = "CRESCENT_CHROMIUM"
"""The environment variable that may name the browser, by its path or by a name on PATH."""

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-dev-shm-usage",  # a container's shared memory is often too small for a page
    "--password-store=basic",
)
_PAGE_TIME_MS = 10_000  # of the page's own clock, which runs ahead while nothing is to be done
_LIMIT_S = 120.0
_SETTLED = b'data-settled="yes"'
_HEAD_BYTES = 2000  # the mark stands in the first tag of the page
_SMALLEST_PX, _LARGEST_PX = 100, 10_000
_PNG_START = b"\x89PNG\r\n\x1a\n"
_PNG_END = b"IEND\xaeB`\x82"
_SAID_CHARACTERS = 300


def find_browser() -> Path:
    """Find the browser: the one that ``CRESCENT_CHROMIUM`` names, or the first one on PATH.

    Returns
    -------
    Path
        The program.

    Raises
    ------
    OutputError
        If there is none: which names were looked for, and how to get one.
    """
    given = os.environ.get(BROWSER_VARIABLE, "")
    names = (given,) if given else _NAMES
    for name in names:
        found = shutil.which(name)
        if found is not None:
            return Path(found)
    if given:
        message = f"{BROWSER_VARIABLE} names {given!r}, and there is no such program"
        raise OutputError(message)
    message = (
        f"a picture of a map needs Chromium or Chrome, and none is installed: looked on PATH for "
        f"{', '.join(_NAMES)}. Install one (on Debian or Ubuntu: apt-get install chromium), or "
        f"name yours in the environment variable {BROWSER_VARIABLE}"
    )
    raise OutputError(message)


def save_picture(
    html_file: str | os.PathLike[str],
    png_file: str | os.PathLike[str],
    *,
    size_px: tuple[int, int] = (1400, 900),
) -> None:
    """Save a picture of a map as it is when it opens.

    Parameters
    ----------
    html_file
        A page that a map of this package was written to.
    png_file
        Where the picture shall be; written whole or not at all.
    size_px
        Width and height of the window and of the picture, in pixels.

    Raises
    ------
    UsageError
        If there is no such page, or no window can be of that size.
    OutputError
        If no browser is installed, if it fails or takes too long, if the page does not come to
        its end, or if the picture cannot be written. What was there before stays.
    """
    page = Path(html_file).resolve()
    if not page.is_file():
        message = f"there is no page {html_file} to take a picture of"
        raise UsageError(message)
    if not all(_SMALLEST_PX <= side <= _LARGEST_PX for side in size_px):
        message = (
            f"a picture's sides are {_SMALLEST_PX} to {_LARGEST_PX} pixels, "
            f"not {size_px[0]} x {size_px[1]}"
        )
        raise UsageError(message)
    browser = find_browser()
    with whole_file(png_file) as temporary:
        problem = _photograph(browser, page, temporary, size_px)
        if problem:
            message = f"cannot write {png_file}: {browser.name} {problem}"
            raise OutputError(message)


def _photograph(browser: Path, page: Path, picture: Path, size_px: tuple[int, int]) -> str:
    """Let the browser take the picture; return what went wrong, or nothing."""
    with tempfile.TemporaryDirectory(prefix="crescent-", ignore_cleanup_errors=True) as folder:
        command = [
            str(browser),
            *_FLAGS,
            # As root Chromium starts without its sandbox only; the page is one of our own.
            *(("--no-sandbox",) if _is_root() else ()),
            f"--user-data-dir={folder}/profile",
            f"--window-size={size_px[0]},{size_px[1]}",
            f"--virtual-time-budget={_PAGE_TIME_MS}",
            "--dump-dom",
            f"--screenshot={picture.resolve()}",
            page.as_uri(),
        ]
        try:
            code, dom, said = _run(command, Path(folder))
        except OSError as error:
            return f"cannot be started: {error.strerror or error}"
    if code is None:
        return f"took longer than {_LIMIT_S:.0f} s"
    if code != 0:
        return f"failed with exit code {code}{said}"
    if not _is_whole(picture, size_px):
        return f"wrote no whole picture{said}"
    if _SETTLED not in dom:
        return "did not come to the end of the page: is it a map of this version?"
    return ""


def _run(command: list[str], folder: Path) -> tuple[int | None, bytes, str]:
    """Run the browser; return its exit code (none if it was stopped), the page's head, its words.

    What it prints goes to files: a child that outlives it would hold a pipe open.
    """
    printed, complaints = folder / "printed", folder / "complaints"
    with printed.open("wb") as out, complaints.open("wb") as err:
        process = subprocess.Popen(  # noqa: S603 - the program is the user's own browser
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            cwd=folder,
            start_new_session=True,
        )
        try:
            code = process.wait(timeout=_LIMIT_S)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            _stop(process)
    with printed.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    return code, head, _last_words(complaints.read_text("utf-8", "replace"))


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the browser with all its children; one that has ended already is left alone."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _last_words(complaints: str) -> str:
    lines = [line.strip() for line in complaints.splitlines() if line.strip()]
    return f": {lines[-1][-_SAID_CHARACTERS:]}" if lines else ""


def _is_whole(picture: Path, size_px: tuple[int, int]) -> bool:
    """Tell whether a file is a PNG of that size, from its first chunk to its last."""
    if not picture.is_file():
        return False
    content = picture.read_bytes()
    sides = int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    return content.startswith(_PNG_START) and content.endswith(_PNG_END) and sides == size_px


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0
