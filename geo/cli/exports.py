"""How an answer is told: drawn for the reader, printed for programs, or written to a file.

Every verb that answers with tables tells them through `Telling`, in the same formats.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.output import say, say_json, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from rich.console import RenderableType

    from geo.report.export import Document

__all__ = ["FormatOption", "TableFormat", "Telling"]


class TableFormat(StrEnum):
    """How a table is told."""

    rich = "rich"
    csv = "csv"
    xlsx = "xlsx"
    md = "md"
    latex = "latex"
    json = "json"


FormatOption = Annotated[
    TableFormat | None,
    typer.Option(
        "--format",
        "-f",
        help="How the table is written; by default by the ending of -o, .tex for latex.",
    ),
]


@dataclass(frozen=True)
class Telling:
    """In which format an answer is told, and where.

    Attributes
    ----------
    file : Path or None
        The file to be written.
    file_format : str
        Its format; "" where it is none of a table, as of a layer.
    printed : TableFormat or None
        What goes to stdout; None where the file is enough.
    """

    file: Path | None
    file_format: str
    printed: TableFormat | None

    @classmethod
    def of(
        cls,
        text_format: TableFormat | None,
        output: Path | None,
        *,
        as_json: bool,
        also: Iterable[str] = (),
    ) -> Telling:
        """Read the options, and refuse what does not fit before any work is done.

        Parameters
        ----------
        text_format, output, as_json
            What `--format`, `-o` and `--json` say.
        also
            Further endings of files that the verb itself can write.

        Raises
        ------
        UsageError
            If the ending of the file tells no format, or a workbook is to be printed.
        """
        from geo.errors import UsageError
        from geo.report.export import FORMATS, format_of

        chosen = None if text_format is TableFormat.rich else text_format
        if output is None:
            if chosen is TableFormat.xlsx and not as_json:
                msg = "a workbook is no text to print: name a file by -o FILE.xlsx"
                raise UsageError(msg)
            return cls(None, "", TableFormat.json if as_json else chosen or TableFormat.rich)
        other = tuple(also)
        if chosen is None and other and output.suffix.lower() in other:
            file_format = ""
        elif chosen is None and other and output.suffix.lower() not in FORMATS.values():
            endings = ", ".join((*other, *FORMATS.values()))
            msg = f"cannot tell the format of {output}: expected one of {endings}"
            raise UsageError(msg)
        else:
            file_format = chosen.value if chosen else format_of(output)
        printed = TableFormat.rich if text_format is TableFormat.rich else None
        return cls(output, file_format, TableFormat.json if as_json else printed)

    def tell(
        self, document: Callable[[], Document], view: Callable[[], Iterable[RenderableType]]
    ) -> None:
        """Tell an answer.

        Parameters
        ----------
        document
            Makes what is written; only called where something is.
        view
            Draws it for the terminal; only called where it is drawn.
        """
        if self.printed is TableFormat.rich and self.file is None:
            show(*view())
            return
        if self.printed is None and not self.file_format:
            return
        made = document()
        if self.file is not None and self.file_format:
            self._write(made)
        if self.printed is TableFormat.json:
            say_json(made.json)
        elif self.printed is TableFormat.rich:
            show(*view())
        elif self.printed is not None:
            self._print(made, self.printed)

    def _write(self, document: Document) -> None:
        from geo.report.export import write_document

        if self.file is None:
            return
        files = write_document(document, self.file, file_format=self.file_format)
        rows = len(document.sheets[0].rows) if document.sheets else 0
        also = f"; beside it {', '.join(file.name for file in files[1:])}" if files[1:] else ""
        words = "row" if rows == 1 else "rows"
        typer.echo(f"{self.file}: {rows} {words}{also}", err=True)

    @staticmethod
    def _print(document: Document, chosen: TableFormat) -> None:
        from geo.report.export import render_document

        say(render_document(document, chosen.value))
        others = [sheet.name for sheet in document.sheets[1:]]
        if chosen is TableFormat.csv and others:
            main = document.sheets[0].name
            told = f"CSV to the terminal holds {main} alone; -o FILE.csv writes {', '.join(others)}"
            typer.echo(f"{told} beside it", err=True)
