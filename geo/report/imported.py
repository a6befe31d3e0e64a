"""What an import of OpenStreetMap read, mended, left out and found, for the terminal and as JSON.

Nothing is dropped in silence: every count that is not zero is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.report.listing import listing

if TYPE_CHECKING:
    from rich.console import RenderableType

    from geo.network.osm import OsmReport
    from geo.network.osm.track import Origin

__all__ = ["import_record", "import_view"]

_WORDS: Final = {
    "ways_read": "ways with a railway tag read",
    "ways_kept": "ways kept",
    "ways_left_out": "ways left out: no railway for freight",
    "sidings_left_out": "ways left out: sidings and yards",
    "ways_twice": "ways that came twice: the last one kept",
    "ways_with_missing_nodes": "ways with nodes that are not there: cut at them",
    "nodes_missing": "nodes that are not there",
    "ways_of_no_length": "ways of no length dropped",
    "repeated_nodes": "nodes twice in a row, or twice at one spot: dropped",
    "twin_nodes": "nodes at the spot of another one: made one with it",
    "closed_ways": "ways that end where they begin",
    "loops_dropped": "loops that lead nowhere dropped",
    "loops_dropped_km": "km of such loops",
    "cuts_at_180": "pieces cut at 180 degrees",
    "border_cuts": "places where track meets a state border as drawn",
    "border_cuts_kept": "of them cut for good",
    "border_vertices": "nodes at which two states meet",
    "incursions_given_back": "pieces over a wiggle of the border given back to the state round it",
    "incursions_given_back_km": "km of such pieces",
    "edges_far_at_sea": "edges in no state",
    "gauge_not_tagged_km": "km without a gauge understood: that of the state taken",
    "gauge_made_that_of_the_state_km": "km within 5 mm of the state's gauge: made it",
    "narrow_km": "km narrower than 1000 mm: no containers of 40 feet, no prices",
    "gauge_links": "links to the track of the other gauge behind a border",
    "gauge_links_km": "km of such links",
    "gauge_links_missing": "sides of a crossing without track of its gauge within 30 km",
    "stations_on_lines": "stations found on known lines",
    "stations_by_nearness": "other known stations joined to the nearest track",
    "line_parts": "parts of known lines found",
    "nodes": "nodes written",
    "edges": "edges written",
    "edges_km": "km of track written",
}

_VALUES: Final = {"electrified": "electrified (system not said)"}
"""Words for what a table calls otherwise."""


def import_record(report: OsmReport, origin: Origin) -> dict[str, Any]:
    """Tell an import as plain values.

    Parameters
    ----------
    report
        What was done.
    origin
        Where the track came from.

    Returns
    -------
    dict
        Source, counts, and what was left out, not understood and found.
    """
    return {
        "source": origin.title,
        "data_date": origin.data_date,
        "sha256": origin.sha256,
        "counts": {name: round(value, 3) for name, value in report.counts.items()},
        "left_out": dict(report.left_out),
        "not_understood": dict(report.doubts),
        "km": {name: dict(values) for name, values in report.km.items()},
        "crossings": list(report.crossings),
        "crossings_without_track": list(report.crossings_missed),
        "lines": dict(report.lines),
        "parts_left_out": list(report.parts_refused),
        "warnings": [warning] if (warning := _in_no_state(report)) else [],
    }


def import_view(report: OsmReport, origin: Origin) -> list[RenderableType]:
    """Tell an import for the terminal.

    Parameters
    ----------
    report
        What was done.
    origin
        Where the track came from.

    Returns
    -------
    list
        What to print, in order.
    """
    from rich.text import Text

    alone = _in_no_state(report)
    date = f", data of {origin.data_date}" if origin.data_date else ""
    counts = [
        {"number": f"{value:,.0f}", "what": _what(name, value)}
        for name, value in report.counts.items()
        if round(value)
    ]
    shown: list[RenderableType] = [
        Text(f"{origin.title}{date}. Licence: ODbL 1.0."),
        listing(counts, ("number", "what")),
    ]
    for title, values, unit in (
        ("Left out, ways", report.left_out, ""),
        ("Tags not understood, ways", report.doubts, ""),
        *((f"Track by {name}", values, " km") for name, values in report.km.items()),
    ):
        if values:
            told = ", ".join(
                f"{_VALUES.get(name, name)} {value:,.0f}{unit}" for name, value in values.items()
            )
            shown.append(Text(f"{title}: {told}"))
    for title, names in (
        ("Crossings found", report.crossings),
        ("Crossings in its area without track at the border", report.crossings_missed),
        ("Known lines found", tuple(report.lines)),
        ("Parts of lines left out", report.parts_refused),
    ):
        if names:
            joint = "\n  " if title.startswith("Parts") else ", "
            shown.append(Text(f"{title}: {joint.join(['', *names]).removeprefix(', ')}"))
    if alone:
        shown.append(Text(alone, style="yellow"))
    return shown


def _what(name: str, value: float) -> str:
    """Say what a count counts; the first word of one alone in the singular."""
    words = _WORDS.get(name, name.replace("_", " "))
    first, blank, rest = words.partition(" ")
    return first.removesuffix("s") + blank + rest if round(value) == 1 else words


def _in_no_state(report: OsmReport) -> str:
    """Warn of a network of which no track lies in a state."""
    if set(report.km["state"]) != {"in no state"}:
        return ""
    return (
        "Warning: all of this track lies in no state, so no place will join it and no route will "
        "use it. Are its coordinates right?"
    )
