"""Files are written whole or not at all, and hashed."""

from __future__ import annotations

import errno
import multiprocessing
import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

import geo.files
from geo.errors import MissingDataError, OutputError
from geo.files import (
    cache_folder,
    cached_arrays,
    data_root,
    sha256_of,
    whole_file,
    whole_folder,
    write_bytes,
    write_text,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray


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


def test_a_folder_is_written_whole_and_replaced_only_if_it_may_be(tmp_path: Path) -> None:
    final = tmp_path / "deep" / "net"
    with whole_folder(final, replaces=lambda _: False) as temporary:
        (temporary / "a.txt").write_text("first", encoding="utf-8")
        assert not final.exists()
    with (
        pytest.raises(OutputError, match="holds other files"),
        whole_folder(final, replaces=lambda _: False),
    ):
        pytest.fail("the body ran")
    with whole_folder(final, replaces=lambda path: (path / "a.txt").is_file()) as temporary:
        (temporary / "b.txt").write_text("second", encoding="utf-8")
    assert [path.name for path in final.iterdir()] == ["b.txt"]
    assert [path.name for path in final.parent.iterdir()] == ["net"]


def test_a_folder_whose_body_fails_leaves_what_was_there(tmp_path: Path) -> None:
    final = tmp_path / "net"
    final.mkdir()

    def write_half() -> None:
        with whole_folder(final, replaces=lambda _: True) as temporary:
            (temporary / "half.txt").write_text("half", encoding="utf-8")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_half()
    assert [path.name for path in tmp_path.iterdir()] == ["net"]
    assert not list(final.iterdir())


def test_a_folder_in_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "net").write_text("mine", encoding="utf-8")
    with (
        pytest.raises(OutputError, match=r"cannot write .*net"),
        whole_folder(tmp_path / "net", replaces=lambda _: True),
    ):
        pytest.fail("the body ran")
    assert (tmp_path / "net").read_text(encoding="utf-8") == "mine"


def arrays_of(number: int) -> dict[str, NDArray[np.int64]]:
    return {"numbers": np.arange(number)}


def fits(arrays: dict[str, NDArray[np.int64]]) -> bool:
    return set(arrays) == {"numbers"}


def test_the_cache_lies_where_it_is_told_or_with_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRESCENT_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv("CRESCENT_CACHE")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert cache_folder().is_relative_to(tmp_path)
    assert cache_folder().name == "crescent"


def test_cached_arrays_are_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRESCENT_CACHE", str(tmp_path))
    made = cached_arrays("some/five.npz", lambda: arrays_of(5), fits=fits)
    again = cached_arrays("some/five.npz", lambda: arrays_of(6), fits=fits)
    assert made["numbers"].tolist() == again["numbers"].tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"\x93NUMPY", bytes(400)])
def test_a_damaged_cache_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.setenv("CRESCENT_CACHE", str(tmp_path))
    (tmp_path / "five.npz").write_bytes(content)
    made = cached_arrays("five.npz", lambda: arrays_of(5), fits=fits)
    again = cached_arrays("five.npz", lambda: arrays_of(6), fits=fits)
    assert len(made["numbers"]) == len(again["numbers"]) == 5


def test_a_cache_that_cannot_be_written_to_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("CRESCENT_CACHE", str(tmp_path / "file"))
    made = cached_arrays("some/five.npz", lambda: arrays_of(5), fits=fits)
    assert len(made["numbers"]) == 5


def test_the_cache_keeps_what_was_used_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRESCENT_CACHE", str(tmp_path))
    monkeypatch.setattr(geo.files, "_KEPT_FILES", 2)
    for time, name in enumerate("abc"):
        cached_arrays(f"{name}.npz", lambda: arrays_of(1), fits=fits)
        os.utime(tmp_path / f"{name}.npz", (time, time))
        cached_arrays("a.npz", lambda: arrays_of(2), fits=fits)
    assert {file.name for file in tmp_path.glob("*.npz")} == {"a.npz", "c.npz"}


def test_what_a_killed_process_left_goes_after_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRESCENT_CACHE", str(tmp_path))
    for name in (".old-0.npz", ".new-1.npz"):
        (tmp_path / name).touch()
    os.utime(tmp_path / ".old-0.npz", (0, 0))
    cached_arrays("one.npz", lambda: arrays_of(1), fits=fits)
    assert {file.name for file in tmp_path.glob("*.npz")} == {".new-1.npz", "one.npz"}


def make_slowly(folder: str) -> int:
    """Ask for an array in a process of its own, and say who made it."""
    os.environ["CRESCENT_CACHE"] = folder

    def make() -> dict[str, NDArray[np.int64]]:
        with (Path(folder) / "makers").open("a") as makers:
            makers.write(f"{os.getpid()}\n")
        return arrays_of(os.getpid())

    return len(cached_arrays("one.npz", make, fits=fits)["numbers"])


def test_processes_that_want_the_same_make_it_once(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        got = pool.map(make_slowly, [str(tmp_path)] * 6, chunksize=1)
    makers = (tmp_path / "makers").read_text().split()
    assert len(makers) == 1
    assert set(got) == {int(makers[0])}
