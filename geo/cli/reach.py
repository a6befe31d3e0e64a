"""`crescent reach`: how far one gets from a place for hours, money or km."""

from __future__ import annotations

from typing import Annotated

import typer

from geo.cli.exports import FormatOption, Telling
from geo.cli.options import (
    DEFAULT_SCENARIO,
    JsonOption,
    LinesFileOption,
    ModesOption,
    NetworkOption,
    OutOption,
    PlacesFileOption,
    RatesFileOption,
    ScenarioOption,
    atlas_of,
    modes_of,
)
from geo.cli.output import say

__all__ = ["limits_of", "reach"]


def reach(  # noqa: PLR0913 - a verb has as many options
    place: Annotated[str, typer.Argument(metavar="PLACE", help="A place, or lon,lat.")],
    *,
    hours: Annotated[
        str | None, typer.Option("--hours", metavar="24,48,72", help="Isochrones: limits in h.")
    ] = None,
    usd: Annotated[
        str | None, typer.Option("--usd", metavar="500,1000", help="Isocosts: USD per FEU.")
    ] = None,
    km: Annotated[
        str | None, typer.Option("--km", metavar="25,50,100", help="Isodistances: limits in km.")
    ] = None,
    bound: Annotated[
        float | None,
        typer.Option("--bound", metavar="KM", help="Farthest that ground lies from the track."),
    ] = None,
    scenario: ScenarioOption = DEFAULT_SCENARIO,
    modes: ModesOption = None,
    network: NetworkOption = None,
    places: PlacesFileOption = None,
    lines: LinesFileOption = None,
    rates: RatesFileOption = None,
    text_format: FormatOption = None,
    output: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find the track, ground, people and states within limits of a place."""
    from geo.analysis import reach as find
    from geo.report.export import Document, about, sheets_of
    from geo.report.layer_notes import layer_notes
    from geo.report.layers import LAYER_ENDINGS, write_layer
    from geo.report.reach_view import reach_view
    from geo.study import Study

    telling = Telling.of(text_format, output, as_json=as_json, also=LAYER_ENDINGS)
    measure, limits = limits_of(hours=hours, usd=usd, km=km)
    own = atlas_of(network=network, places=places, lines=lines, rates=rates)
    study = Study(scenario, atlas=own)
    found = find(
        study,
        place,
        measure=measure,
        limits=limits,
        modes=modes_of(modes),
        bound_km=bound,
    )
    if output is not None and not telling.file_format:
        single = None if output.suffix.lower() == ".gpkg" else "ground"
        notes = layer_notes(study.atlas, found.layers, scenario=study.scenario)
        write_layer(found.layers, output, name=single, notes=notes)
    record = found.to_dict()
    telling.tell(
        lambda: Document(
            sheets_of(record, name="limits", units={"limit": found.unit}),
            record | ({"file": str(output)} if output else {}),
            lambda: about(study.atlas, studies=[study]),
        ),
        lambda: [reach_view(found)],
    )
    if output is not None and not telling.file_format and not as_json:
        say(f"Layers: {output}")


def limits_of(**given: str | None) -> tuple[str, list[float]]:
    """Read the limits of the one measure that was given.

    Parameters
    ----------
    **given
        Numbers separated by commas, or None, by measure.

    Returns
    -------
    tuple of str and list of float
        The measure and its limits.

    Raises
    ------
    UsageError
        If there is not one measure, or its limits are no numbers.
    """
    from geo.errors import UsageError

    asked = {measure: text for measure, text in given.items() if text is not None}
    if len(asked) != 1:
        msg = "give the limits of one measure: --hours 24,48 or --usd 500,1000 or --km 25,50"
        raise UsageError(msg)
    [(measure, text)] = asked.items()
    try:
        return measure, [float(part) for part in text.split(",")]
    except ValueError as error:
        msg = f"--{measure} takes numbers separated by commas, such as 24,48,72; not {text!r}"
        raise UsageError(msg) from error
