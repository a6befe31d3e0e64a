"""Files: where the data lies, writing whole or not at all, hashes, and the cache on disk.

A reader never sees half a file: it is written beside its place and then moved there at once.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from geo.errors import MissingDataError, OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

__all__ = [
    "cache_folder",
    "cached_arrays",
    "data_root",
    "sha256_of",
    "whole_file",
    "whole_folder",
    "write_bytes",
    "write_text",
]

_KEPT_FILES = 12
"""A folder of the cache holds so many files if nothing else is said."""

_LEFT_OVER_S = 24 * 3600
"""What a process that was killed left half written is removed after so many seconds."""

_DISK_IS_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}


def data_root() -> Path:
    """Return the folder of the data that ships: in an installed wheel, or in a checkout.

    Raises
    ------
    MissingDataError
        If neither is there.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "data", package.parent / "data"):
        if folder.is_dir():
            return folder
    msg = "data"
    raise MissingDataError(msg, problem="the folder of the data is not there; reinstall")


@contextmanager
def whole_file(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Write a file whole or not at all.

    The body writes to the path it is given, which lies beside the final one and has the same
    suffix. When the body ends well the file is moved into place; otherwise it is removed.
    Missing folders are made.

    Parameters
    ----------
    path
        Where the file shall be.

    Yields
    ------
    Path
        Where to write it.

    Raises
    ------
    OutputError
        If the place cannot be written to. What was there before stays as it was.
    """
    final = Path(path)
    temporary = final.with_name(f".{final.stem}-{secrets.token_hex(8)}{final.suffix}")
    try:
        _check_writable(final, temporary)
        yield temporary
        temporary.replace(final)
    except OSError as error:
        if isinstance(error, OutputError) or not _concerns(error, temporary):
            raise
        problem = error.strerror or str(error)
        message = f"cannot write {final}: {problem}"
        raise OutputError(message) from error
    finally:
        _remove(temporary)


@contextmanager
def whole_folder(
    path: str | os.PathLike[str], *, replaces: Callable[[Path], bool]
) -> Iterator[Path]:
    """Write a folder whole or not at all.

    The body writes into the folder it is given, which lies beside the final one. When the body
    ends well it is moved into place; otherwise it is removed with all that is in it.

    Parameters
    ----------
    path
        Where the folder shall be.
    replaces
        Says of a folder that is there already whether it may be replaced; an empty one may.

    Yields
    ------
    Path
        Where to write the files.

    Raises
    ------
    OutputError
        If the place cannot be written to, or holds something else. What was there before stays.
    """
    final = Path(path).absolute()
    temporary = final.with_name(f".{final.name}-{secrets.token_hex(8)}")
    try:
        if final.is_symlink() or (final.exists() and not final.is_dir()):
            raise NotADirectoryError(errno.ENOTDIR, "there is a file in its place", str(temporary))
        if final.is_dir() and any(final.iterdir()) and not replaces(final):
            problem = "the folder holds other files; name a new one"
            raise FileExistsError(errno.EEXIST, problem, str(temporary))
        final.parent.mkdir(parents=True, exist_ok=True)
        temporary.mkdir()
        yield temporary
        _move_folder(temporary, final)
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        within = str(error.filename).startswith((str(temporary), str(final.parent)))
        if not within and error.errno not in _DISK_IS_FULL:
            raise
        message = f"cannot write {path}: {error.strerror or error}"
        raise OutputError(message) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _move_folder(temporary: Path, final: Path) -> None:
    """Put a finished folder into its place; what was there goes once the new one stands."""
    if not final.exists():
        temporary.replace(final)
        return
    old = temporary.with_name(f"{temporary.name}-old")
    final.replace(old)
    try:
        temporary.replace(final)
    except OSError:
        old.replace(final)
        raise
    shutil.rmtree(old, ignore_errors=True)


def write_text(path: str | os.PathLike[str], text: str) -> None:
    """Write UTF-8 text with the line ends it has, whole or not at all."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: str | os.PathLike[str], content: bytes) -> None:
    """Write bytes, whole or not at all."""
    with whole_file(path) as temporary:
        temporary.write_bytes(content)


def sha256_of(path: str | os.PathLike[str]) -> str:
    """Return the SHA-256 of a file's content, in lower-case hexadecimal digits."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def cache_folder() -> Path:
    """Return the folder of what can be made again: ``CRESCENT_CACHE``, or the user's own."""
    given = os.environ.get("CRESCENT_CACHE")
    if given:
        return Path(given)
    from platformdirs import user_cache_path

    return user_cache_path("crescent", appauthor=False)


def cached_arrays(
    name: str,
    make: Callable[[], dict[str, NDArray[Any]]],
    *,
    fits: Callable[[dict[str, NDArray[Any]]], bool],
    kept: int | None = None,
    holds: Callable[[], bool] | None = None,
) -> dict[str, NDArray[Any]]:
    """Return arrays from the cache on disk, or make them and keep them there.

    Processes that want the same arrays at the same time make them once. A cache that cannot be
    written to is no error, and a damaged file is made again.

    Parameters
    ----------
    name
        Path inside `cache_folder`, ending in ``.npz``; it names the content, by a hash of all that
        the arrays are made from.
    make
        Makes the arrays, by name.
    fits
        Says whether arrays from the disk can be those that were meant.
    kept
        So many files are kept in their folder; the one that was not used for longest goes first.
    holds
        Says, once the arrays are made, whether the name is still theirs; they are not kept if not.
    """
    path = cache_folder() / name
    found = _load_arrays(path, fits)
    if found is not None:
        return found
    with _locked(path.parent):
        found = _load_arrays(path, fits)
        if found is not None:
            return found
        made = make()
        if holds is None or holds():
            _keep_arrays(path, made, _KEPT_FILES if kept is None else kept)
    return made


def _load_arrays(
    path: Path, fits: Callable[[dict[str, NDArray[Any]]], bool]
) -> dict[str, NDArray[Any]] | None:
    """Read arrays, unless the file is not there or is damaged: each has a checksum in it."""
    import numpy as np

    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as content:
            arrays: dict[str, NDArray[Any]] = dict(content)
    except (OSError, ValueError, EOFError, TypeError, RuntimeError, BadZipFile):
        return None
    if not fits(arrays):
        return None
    # The time of the last use says which files may go.
    with suppress(OSError):
        path.touch()
    return arrays


def _keep_arrays(path: Path, arrays: dict[str, NDArray[Any]], most: int) -> None:
    """Write arrays if that is possible, and remove the files not used for longest."""
    import numpy as np

    with suppress(OSError):
        with whole_file(path) as temporary:
            content: dict[str, Any] = dict(arrays)
            np.savez(temporary, **content)
        kept = sorted(path.parent.glob("[!.]*.npz"), key=lambda file: file.stat().st_mtime)
        for old in kept[:-most]:
            old.unlink(missing_ok=True)
        for half in path.parent.glob(".*.npz"):
            if time.time() - half.stat().st_mtime > _LEFT_OVER_S:
                half.unlink(missing_ok=True)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Let one process at a time into a folder, as far as the system can hold others off."""
    with ExitStack() as held:
        with suppress(ImportError, OSError):
            import fcntl

            folder.mkdir(parents=True, exist_ok=True)
            lock = held.enter_context((folder / ".lock").open("a"))
            # The system lets go of it when the process ends, however it ends.
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _check_writable(final: Path, temporary: Path) -> None:
    """Refuse early, before the body has done its long work."""
    try:
        if final.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(temporary))
        final.parent.mkdir(parents=True, exist_ok=True)
        temporary.touch()
        temporary.unlink()
    except OSError as error:
        message = f"cannot write {final}: {error.strerror}"
        raise OutputError(message) from error


def _concerns(error: OSError, temporary: Path) -> bool:
    """Tell whether the output failed, rather than something that the body read."""
    return error.errno in _DISK_IS_FULL or error.filename == str(temporary)


def _remove(temporary: Path) -> None:
    """Remove what a failed body left, with the side files that some formats make."""
    if not temporary.parent.is_dir():
        return
    for leftover in temporary.parent.iterdir():
        if leftover.name.startswith(temporary.name) and leftover.is_file():
            leftover.unlink(missing_ok=True)
