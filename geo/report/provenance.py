"""Where a number comes from: the rows about a thing, their sources, and the rival claims.

The records that `crescent sources` prints; how they look is in `geo.report.provenance_view`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from geo.atlas import ids_of, text_of
from geo.errors import UsageError
from geo.report.claims import Claim, claims_on
from geo.report.subjects import Row, Subject, find_subject, id_column, rows_about, tables_of
from geo.scenario import load_scenario
from geo.scenario_file import ScenarioFile, scenario_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from geo.atlas import Atlas, Resource

__all__ = [
    "Block",
    "Claim",
    "Provenance",
    "Source",
    "cited_sources",
    "list_sources",
    "sources_of",
    "tables_cite",
]

_CITES: Final = "sources"


@dataclass(frozen=True, kw_only=True)
class Source:
    """A source, and how many figures rest on it.

    Attributes
    ----------
    source_id, kind, title, address, accessed, licence, note
        As in the table `sources`; "" where blank.
    year
        Year of publication; None where not known.
    figures
        How often rows of the tables and edits of the scenarios cite it.
    """

    source_id: str
    kind: str
    title: str
    address: str = ""
    year: int | None = None
    accessed: str = ""
    licence: str = ""
    note: str = ""
    figures: int = 0

    def to_dict(self) -> dict[str, object]:
        """Return the source for JSON."""
        return {
            "source": self.source_id,
            "kind": self.kind,
            "year": self.year,
            "figures": self.figures,
            "title": self.title,
            "address": self.address,
            "accessed": self.accessed,
            "licence": self.licence,
            "note": self.note,
        }


@dataclass(frozen=True, kw_only=True)
class Block:
    """Rows of one table.

    Attributes
    ----------
    table, path, title
        The table, its file and what it holds.
    rows
        Cells by column, blank ones left out; the ids of their sources stand in ``source_ids``.
    main
        Whether the rows are the subject itself, and not what speaks of it.
    units
        Unit of a column, where it has one.
    licence, origins, steps, count
        Licence, what it was made from and how, rows of the file: if the table was asked for.
    """

    table: str
    path: str
    title: str
    rows: tuple[Row, ...] = ()
    main: bool = False
    units: Mapping[str, str] = field(default_factory=dict)
    licence: str = ""
    origins: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    count: int | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the block for JSON."""
        found: dict[str, object] = {"table": self.table, "file": self.path, "title": self.title}
        if self.count is None:
            return found | {"units": dict(self.units), "rows": list(self.rows)}
        return found | {
            "rows_in_file": self.count,
            "licence": self.licence,
            "from": list(self.origins),
            "steps": list(self.steps),
        }


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """All that is known of where the figures about a subject come from.

    Attributes
    ----------
    subject, kind, name
        What was asked for, what it is, and what it is called.
    blocks
        Rows about it, table by table.
    claims
        Figures that disagree; of each field the preferred one first.
    sources
        Every source that these cite, in the order in which they do.
    """

    subject: str
    kind: str
    name: str
    blocks: tuple[Block, ...]
    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]

    def to_dict(self) -> dict[str, object]:
        """Return everything for JSON."""
        return {
            "subject": self.subject,
            "kind": self.kind,
            "name": self.name,
            "tables": [block.to_dict() for block in self.blocks],
            "claims": [claim.to_dict() for claim in self.claims],
            "sources": [source.to_dict() for source in self.sources],
        }


def list_sources(atlas: Atlas, *, kind: str | None = None) -> tuple[Source, ...]:
    """Return the sources, those on which most figures rest first.

    Parameters
    ----------
    atlas
        The data.
    kind
        Of this kind only: page, file, dataset, paper, derived, assumption, memory or own.

    Raises
    ------
    UsageError
        There is no such kind.
    """
    kinds = atlas.schema("sources").field("kind").enum
    if kind is not None and kind not in kinds:
        msg = f"unknown kind of source {kind!r}; one of {', '.join(kinds)}"
        raise UsageError(msg)
    counts = Counter(_cited(atlas, tables_of(atlas)))
    counts.update(source for name in scenario_ids(atlas) for source in _scenario_cites(atlas, name))
    found = [source for source in _sources(atlas, counts) if kind in {None, source.kind}]
    return tuple(sorted(found, key=lambda source: (-source.figures, source.source_id)))


def sources_of(atlas: Atlas, subject: str) -> Provenance:
    """Return where the figures about a subject come from.

    Parameters
    ----------
    atlas
        The data, with what lies over it.
    subject
        A table or its file (``rates``, ``data/rates.csv``), a layer, a scenario, the id or name
        of an item, crossing, line, port, lane, corridor, zone, claim, state or source, or a place
        by any of its names.

    Raises
    ------
    UnknownNameError
        Nothing is called so; it names the nearest.
    UsageError
        Several places are called so.
    """
    found = find_subject(atlas, subject)
    if found.table:
        return _of_table(atlas, found)
    blocks = _scenario_blocks(atlas, found) if found.scenario else _blocks(atlas, found)
    claims = () if found.scenario else claims_on(atlas, _claim_keys(found, blocks))
    cited = [source for block in blocks for row in block.rows for source in _sources_in(row)]
    cited += [source for claim in claims for source in claim.source_ids]
    if found.kind == "source":
        cited = list(found.ids)
    return Provenance(
        subject=subject,
        kind=found.kind,
        name=found.name,
        blocks=tuple(blocks),
        claims=claims,
        sources=cited_sources(atlas, cited),
    )


def _of_table(atlas: Atlas, subject: Subject) -> Provenance:
    """Return what a table rests on: its package entry, its sources, and its claims."""
    resource = atlas.resources[subject.table]
    counts = Counter(_cited(atlas, [resource])) if resource.format == "csv" else Counter()
    cited = [source for source in _sources(atlas, counts) if source.figures]
    block = Block(
        table=resource.name,
        path=f"{atlas.root.name}/{resource.path}",
        title=resource.title,
        main=True,
        licence=f"{resource.licence} ({resource.licence_title})",
        origins=resource.sources,
        steps=resource.steps,
        count=len(atlas.attributes(resource.name)),
    )
    frame = atlas.claims
    keys = set(frame["key"][frame["table"] == subject.table])
    return Provenance(
        subject=subject.text,
        kind="table" if resource.format == "csv" else "layer",
        name=resource.title,
        blocks=(block,),
        claims=claims_on(atlas, {(subject.table, str(key)) for key in keys}),
        sources=tuple(sorted(cited, key=lambda source: (-source.figures, source.source_id))),
    )


def _blocks(atlas: Atlas, subject: Subject) -> list[Block]:
    """Return the rows about a subject, table by table."""
    return [
        Block(
            table=table,
            path=f"{atlas.root.name}/{atlas.resources[table].path}",
            title=atlas.resources[table].title,
            rows=rows,
            main=main,
            units={f.name: f.unit for f in atlas.schema(table).fields if f.unit},
        )
        for table, rows, main in rows_about(atlas, subject)
    ]


def _scenario_blocks(atlas: Atlas, subject: Subject) -> list[Block]:
    """Return a scenario, the rates that it sets and the law that it states, from its own file."""
    file = ScenarioFile.find(atlas, subject.scenario)
    scenario = load_scenario(atlas, subject.scenario)
    head: Row = {
        "scenario_id": file.scenario_id,
        "title": file.title,
        "date": file.date,
        "parent": file.parent,
        "description": scenario.description,
        "open": "; ".join(file.opened),
        "close": "; ".join(file.closed),
        "source_ids": ";".join(file.source_ids),
    }
    rates: list[Row] = [
        {
            "item_id": item,
            "measure": measure,
            **{
                name: value
                for name in ("set", "low", "high", "scale", "confidence", "note")
                if (value := getattr(edit, name, None)) not in {None, ""}
            },
            "source_ids": ";".join(edit.source_ids),
        }
        for (item, measure), edit in file.rates.items()
    ]
    law: list[Row] = [
        {
            "link": link,
            "status": note.status,
            "note": note.note,
            "source_ids": ";".join(note.source_ids),
        }
        for link, note in file.legal.items()
    ]
    path = f"{atlas.root.name}/scenarios/{subject.scenario}.toml"
    parts = (("scenario", [head], file.title), ("rates set", rates, ""), ("law", law, ""))
    return [
        Block(
            table=table,
            path=path,
            title=title,
            rows=tuple({key: cell for key, cell in row.items() if cell != ""} for row in rows),
            main=table == "scenario",
        )
        for table, rows, title in parts
        if rows
    ]


def _claim_keys(subject: Subject, blocks: Iterable[Block]) -> set[tuple[str, str]]:
    """Return the tables and keys whose claims are about a subject or a rate that it names."""
    keys = set(subject.keys)
    # A claim is found by its own id, too, and then its rivals with it.
    for block in blocks:
        if block.table == "claims":
            keys |= {(row["table"], row["key"]) for row in block.rows}
        if block.table in {"rates", "items"}:
            keys |= {(table, row["item_id"]) for row in block.rows for table in ("rates", "items")}
    return keys


def _cited(atlas: Atlas, tables: Iterable[Resource]) -> Iterator[str]:
    """Yield every citation of a source in some tables."""
    for resource in tables:
        frame = atlas.table(resource.name)
        for link in atlas.schema(resource.name).references:
            if link.table == _CITES:
                for cell in frame[link.column]:
                    yield from ids_of(cell)


def _scenario_cites(atlas: Atlas, name: str) -> Iterator[str]:
    """Yield every citation of a source in a scenario's own file."""
    file = ScenarioFile.find(atlas, name)
    yield from file.source_ids
    for edit in file.rates.values():
        yield from edit.source_ids
    for note in file.legal.values():
        yield from note.source_ids


def _sources_in(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield the sources that a row cites, in whichever of its columns."""
    for column, cell in row.items():
        if column.endswith("source_ids"):
            yield from ids_of(cell)


def tables_cite(atlas: Atlas, names: Iterable[str]) -> list[str]:
    """Return every citation of a source in tables of these names, layers among them passed over.

    Parameters
    ----------
    atlas
        The data.
    names
        Tables of the data package.
    """
    tables = [atlas.resources[name] for name in names]
    return list(_cited(atlas, (one for one in tables if one.format == "csv")))


def cited_sources(atlas: Atlas, cited: Iterable[str]) -> tuple[Source, ...]:
    """Return the sources of some citations, each once, in the order of the first.

    Parameters
    ----------
    atlas
        The data.
    cited
        Ids of sources; what is none is passed over.
    """
    counts = Counter(cited)
    known = {source.source_id: source for source in _sources(atlas, counts)}
    return tuple(known[source_id] for source_id in counts if source_id in known)


def _sources(atlas: Atlas, counts: Mapping[str, int]) -> list[Source]:
    """Return every source with the number of figures that rest on it."""
    column = id_column(atlas, _CITES)
    return [
        Source(
            source_id=row[column],
            kind=row["kind"],
            title=row["title"],
            year=int(year) if (year := text_of(row["year"])) else None,
            figures=counts.get(row[column], 0),
            **{name: text_of(row[name]) for name in ("address", "accessed", "licence", "note")},
        )
        for row in atlas.sources.to_dict("records")
    ]
