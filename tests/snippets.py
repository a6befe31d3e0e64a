"""The fenced blocks of README and docs, read in one way by all who test them.

Commands are run as a user would run them, and what is quoted below them is what they print. A block
that is not run has to say so: in its title, for the reader to see.
"""

from __future__ import annotations

import re
import textwrap
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import geo.network
from geo.study import Study

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ROOT", "Block", "Example", "blocks_of", "examples_of", "pages", "shared_study"]

ROOT = Path(__file__).parent.parent

_FENCE = re.compile(
    r"^(?P<indent> *)(?P<ticks>```+)(?P<info>[^`\n]*)\n(?P<text>.*?)^(?P=indent)(?P=ticks) *$",
    flags=re.MULTILINE | re.DOTALL,
)
_TITLE = re.compile(r'title="([^"]*)"')


class Block(NamedTuple):
    """A fenced block of a page.

    Attributes
    ----------
    page
        Path below the root of the project.
    line
        Number of its first line.
    language, title
        As its first line says; "" without.
    text
    """

    page: str
    line: int
    language: str
    title: str
    text: str

    @property
    def where(self) -> str:
        """Page and line."""
        return f"{self.page}:{self.line}"


class Example(NamedTuple):
    """A command, and the lines of output quoted below it."""

    command: str
    quoted: tuple[str, ...]


def pages() -> list[str]:
    """Return the pages whose blocks are tested, as paths below the root."""
    docs = sorted((ROOT / "docs").rglob("*.md"))
    first = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "data" / "README.md"]
    return [path.relative_to(ROOT).as_posix() for path in (*first, *docs)]


@cache
def blocks_of(page: str) -> tuple[Block, ...]:
    """Return the fenced blocks of a page, in order."""
    text = (ROOT / page).read_text(encoding="utf-8")
    found = []
    for fence in _FENCE.finditer(text):
        info = str(fence["info"])
        title = _TITLE.search(info)
        found.append(
            Block(
                page,
                text.count("\n", 0, fence.start()) + 1,
                info.partition(" ")[0].strip(),
                title[1] if title else "",
                textwrap.dedent(fence["text"]),
            )
        )
    return tuple(found)


def examples_of(block: Block) -> Iterator[Example]:
    """Yield the commands of a block, each whole on one line.

    In a block of the language console commands begin with ``$`` and the rest is their output, of
    which ``...`` stands for any part; elsewhere every line is a command.
    """
    text = block.text.replace("\\\n", " ")
    if block.language != "console":
        for line in text.splitlines():
            if line.strip() and not line.lstrip().startswith("#"):
                yield Example(" ".join(line.split()), ())
        return
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, *quoted = part.splitlines()
        shown = (" ".join(line.split()) for line in quoted)
        yield Example(command, tuple(line for line in shown if line not in {"", "..."}))


@cache
def shared_study() -> Study:
    """Return a study whose network is built before it is shared."""
    study = Study()
    study.__dict__["network"] = geo.network.build_network(study.atlas)
    return study
