"""Files: where the data lies, writing whole or not at all, and hashes.

A reader never sees half a file: it is written beside its place and then moved there at once.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import MissingDataError, OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["data_root", "sha256_of", "whole_file", "write_bytes", "write_text"]

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
