"""Files are written whole or not at all, and hashed."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

import geo.files
from geo.errors import MissingDataError, OutputError
from geo.files import data_root, sha256_of, whole_file, write_bytes, write_text

if TYPE_CHECKING:
    from pathlib import Path


def test_text_is_written_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "text.csv"
    write_text(path, "개성,Kaesŏng\r\nb\n")
    assert path.read_bytes() == "개성,Kaesŏng\r\nb\n".encode()
    assert [file.name for file in path.parent.iterdir()] == ["text.csv"]


def test_a_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    write_bytes(path, b"old")
    write_bytes(path, b"new")
    assert path.read_bytes() == b"new"


def test_the_temporary_file_has_the_suffix_of_the_final_one(tmp_path: Path) -> None:
    with whole_file(tmp_path / "layers.gpkg") as temporary:
        assert temporary.suffix == ".gpkg"
        assert temporary.parent == tmp_path
        assert not temporary.exists()
        temporary.touch()
    assert (tmp_path / "layers.gpkg").exists()


def test_a_failed_body_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    write_text(path, "old")

    def write_half() -> None:
        with whole_file(path) as temporary:
            temporary.write_text("half")
            temporary.with_name(f"{temporary.name}-journal").touch()
            raise KeyError

    with pytest.raises(KeyError):
        write_half()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match=r"cannot write .*a\.csv") as caught:
        write_text(tmp_path / "file" / "a.csv", "")
    assert caught.value.exit_code == 2


def test_a_folder_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError, match="Is a directory"):
        write_text(tmp_path / "folder", "")
    assert [file.name for file in tmp_path.iterdir()] == ["folder"]


def test_a_body_that_writes_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError), whole_file(tmp_path / "a.csv"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_an_output_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="No space left"), whole_file(tmp_path / "a.csv"):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_an_input_that_the_body_misses_stays_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught, whole_file(tmp_path / "a.csv"):
        (tmp_path / "input").read_text()
    assert not isinstance(caught.value, OutputError)


def test_sha256(tmp_path: Path) -> None:
    write_bytes(tmp_path / "a", b"abc")
    known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert sha256_of(tmp_path / "a") == known


def test_the_data_of_a_checkout_and_of_a_wheel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(geo.files, "__file__", str(tmp_path / "geo" / "files.py"))
    with pytest.raises(MissingDataError):
        data_root()
    (tmp_path / "data").mkdir()
    assert data_root() == tmp_path / "data"
    (tmp_path / "geo" / "data").mkdir(parents=True)
    assert data_root() == tmp_path / "geo" / "data"
