"""What is said about exported figures: the question, the data, and the sources behind them.

Nothing in it tells when a file was written: the same question gives the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.atlas import ids_of
from geo.files import sha256_of
from geo.report.provenance import Source, cited_sources, tables_cite
from geo.report.wording import USD_PER_FEU

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geo.atlas import Atlas
    from geo.outcome import Outcome
    from geo.route import Route
    from geo.study import Study

__all__ = ["About", "about", "routes_of"]

_ROUTE_TABLES = ("items", "rates", "goods", "time_values", "crossings", "ports", "lines")
"""What every priced route rests on, where its own bill is not at hand."""


@dataclass(frozen=True)
class About:
    """What is said about an export.

    Attributes
    ----------
    notes : mapping of str to str
        Scenario, goods, price year, version of the data and the like, in this order.
    sources : tuple of Source
        The sources behind the figures.
    """

    notes: Mapping[str, str]
    sources: tuple[Source, ...]


def about(
    atlas: Atlas,
    *,
    studies: Sequence[Study] = (),
    routes: Iterable[Route] = (),
    record: Any = None,
    tables: Sequence[str] = (),
    notes: Mapping[str, str] | None = None,
) -> About:
    """Say what figures rest on.

    Parameters
    ----------
    atlas
        The data.
    studies
        Those that answered, one a state of the world.
    routes
        The routes that are told: their sources are those of their charges.
    record
        The answer as JSON has it: the sources that it names are taken.
    tables
        Tables whose every source is taken, where neither of these names one. Without any, those
        that every priced route rests on.
    notes
        Further notes.

    Returns
    -------
    About
        Notes and sources.
    """
    cited = [*_of_charges(routes), *_named(record)]
    found = cited_sources(atlas, cited)
    if not found:
        found = cited_sources(atlas, tables_cite(atlas, tables or _ROUTE_TABLES))
    return About(_notes(atlas, studies) | dict(notes or {}), found)


def routes_of(outcomes: Iterable[Outcome]) -> list[Route]:
    """Return the routes of outcomes, leaving out what has none."""
    return [outcome.route for outcome in outcomes if outcome.route is not None]


def _notes(atlas: Atlas, studies: Sequence[Study]) -> dict[str, str]:
    from geo import __version__

    notes: dict[str, str] = {}
    for number, study in enumerate(studies, start=1):
        which = "" if len(studies) == 1 else f" {number}"
        scenario = study.scenario
        notes[f"scenario{which}"] = f"{scenario.scenario_id}: {scenario.title}"
        notes[f"as of{which}"] = str(scenario.date)
    if studies:
        first = studies[0]
        notes |= {
            "goods": first.goods.goods_id,
            "value of time": first.time_value.method,
            "objective": first.objective,
            "money": f"{USD_PER_FEU} (forty-foot container)",
        }
    notes["data"] = f"sha256:{sha256_of(atlas.root / 'datapackage.json')}"
    for number, overlay in enumerate(atlas.overlays, start=1):
        notes[f"over the data {number}"] = overlay.title
    notes["crescent"] = __version__
    notes["numbers"] = "rounded to four digits after the point at most; blank where not known"
    return notes


def _of_charges(routes: Iterable[Route]) -> Iterator[str]:
    """Yield the sources of every charge, the commonest first."""
    counts: Counter[str] = Counter(
        source
        for route in routes
        for charge in route.charges.charges
        for source in charge.source_ids
    )
    yield from (source for source, _ in counts.most_common())


def _named(record: Any) -> Iterator[str]:
    """Yield the ids of sources in a record, in whatever depth."""
    if isinstance(record, Mapping):
        for key, value in record.items():
            if str(key) in {"source", "sources"} or str(key).endswith("source_ids"):
                yield from _ids(value)
            else:
                yield from _named(value)
    elif isinstance(record, list | tuple):
        for value in record:
            yield from _named(value)


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from ids_of(value)
    elif isinstance(value, list | tuple):
        yield from (one for one in value if isinstance(one, str))
