"""`crescent tracks`: sanctions against integration, with the three tongs between the Koreas."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.exports import FormatOption, Telling
from geo.cli.options import GoodsOption, JsonOption, ModesOption, OutOption, modes_of
from geo.cli.output import progress_bar

if TYPE_CHECKING:
    from geo.analysis.two_track import Pair
    from geo.costing import RateEdit

__all__ = ["tracks"]


class Path(StrEnum):
    """Paths through the grid."""

    parallel = "parallel"
    sequential = "sequential"
    stalled = "stalled"


def _rank(axis: str) -> typer.models.OptionInfo:
    words = f"Level of {axis}; by default that which integration brings."
    option: typer.models.OptionInfo = typer.Option(
        f"--{axis}", metavar="N", help=words, rich_help_panel="The three tongs"
    )
    return option


def tracks(  # noqa: PLR0913 - a verb has as many options
    *,
    pairs: Annotated[
        str | None,
        typer.Option("--pairs", metavar="A:B,C:D", help="Pairs of places to be costed."),
    ] = None,
    path: Annotated[
        Path | None, typer.Option("--path", help="One path through the grid, step by step.")
    ] = None,
    levels: Annotated[
        bool,
        typer.Option("--levels", help="List what each level changes.", show_default=False),
    ] = False,
    passage: Annotated[int | None, _rank("passage")] = None,
    customs: Annotated[int | None, _rank("customs")] = None,
    communications: Annotated[int | None, _rank("communications")] = None,
    own_rates: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="ITEM:MEASURE=VALUE",
            help="Your own rate in every cell, such as road-border-gyeongui:hours=4.",
        ),
    ] = None,
    modes: ModesOption = None,
    goods: GoodsOption = "general",
    text_format: FormatOption = None,
    output: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """Cost pairs of places in each cell of sanctions and integration, or along a path."""
    from geo.analysis import Ladders, compose, path_steps, two_track
    from geo.report.export import Document, about, routes_of, sheets_of
    from geo.report.tracks_view import grid_view, levels_view, path_view
    from geo.study import Study

    telling = Telling.of(text_format, output, as_json=as_json)
    study = Study(goods=goods)
    ladders = Ladders.of(study.atlas)
    if levels:
        every = [level.to_dict() for axis in ladders.by_axis.values() for level in axis]
        telling.tell(
            lambda: Document(
                sheets_of(every, name="levels"),
                every,
                lambda: about(study.atlas, record=every, tables=("levels", "level_changes")),
            ),
            lambda: [levels_view(ladders)],
        )
        return
    asked = _pairs_of(pairs, modes_of(modes))
    steps = () if path is None else path_steps(study.atlas, path.value)
    ranks = [(step.sanctions, step.integration) for step in steps] or [
        (across.rank, down.rank)
        for down in ladders.by_axis["integration"]
        for across in ladders.by_axis["sanctions"]
    ]
    tongs = {"passage": passage, "customs": customs, "communications": communications}
    edits = dict(_edit_of(text) for text in own_rates or ())
    cells = [
        compose(study.atlas, sanctions=across, integration=down, **tongs, edits=edits)
        for across, down in ranks
    ]
    with progress_bar("Cells") as step:
        costs = two_track(study, asked, cells, progress=step)
    record = {"path": path and path.value, "cells": [one.to_dict() for one in costs]}
    outcomes = [outcome for one in costs for outcome in one.outcomes]
    telling.tell(
        lambda: Document(
            sheets_of(record, name="pairs", keys=("sanctions", "integration")),
            record,
            lambda: about(study.atlas, studies=[study], routes=routes_of(outcomes)),
        ),
        lambda: [path_view(steps, costs, ladders) if steps else grid_view(costs, ladders)],
    )


def _pairs_of(text: str | None, modes: tuple[str, ...] | None) -> list[Pair]:
    """Read pairs of places; without any, those of `geo.analysis.two_track.DEFAULT_PAIRS`."""
    from geo.analysis.two_track import DEFAULT_PAIRS, MODES, Pair
    from geo.errors import UsageError

    if text is None:
        return [Pair(pair.origin, pair.destination, modes or pair.modes) for pair in DEFAULT_PAIRS]
    found = []
    for part in text.split(","):
        start, _, end = (word.strip() for word in part.partition(":"))
        if not start or not end:
            msg = f"a pair is ORIGIN:DESTINATION, such as Gaesong:Seoul; not {part.strip()!r}"
            raise UsageError(msg)
        found.append(Pair(start, end, modes or MODES))
    return found


def _edit_of(text: str) -> tuple[tuple[str, str], RateEdit]:
    """Read a rate of the user's own."""
    from geo.costing import RateEdit
    from geo.errors import UsageError

    key, _, value = text.partition("=")
    item, _, measure = key.strip().rpartition(":")
    msg = f"--set takes ITEM:MEASURE=VALUE, such as road-border-gyeongui:hours=4; not {text!r}"
    if not item:
        raise UsageError(msg)
    try:
        return (item, measure), RateEdit(set=float(value))
    except ValueError as error:
        raise UsageError(msg) from error
