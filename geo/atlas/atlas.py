"""The atlas: every table and layer of the data, read on first use and checked.

What each column holds is said in `data/datapackage.json`.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from geo import files
from geo.atlas.catalogue import Catalogue
from geo.atlas.cells import FIRST_ROW
from geo.atlas.checks import check_references
from geo.atlas.overlay import Overlay, merged
from geo.atlas.places import Place, PlaceIndex
from geo.atlas.schema import Resource, Schema, read_package
from geo.atlas.tables import Table, digest_of, read_layer, read_table
from geo.atlas.verify import Problem, verify_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    import pandas as pd

__all__ = ["Atlas"]


class Atlas(Catalogue):
    """The data under one folder.

    Tables are DataFrames, layers GeoDataFrames (EPSG:4326); each is read and checked on first
    use. What a property returns is the caller's own: changing it changes nothing here.

    Parameters
    ----------
    root
        The folder with `datapackage.json`; by default the data that ships with the package.
    overlays
        Tables and layers over those of the folder; a later overlay lies over an earlier one.

    Raises
    ------
    MissingDataError
        The folder has no data package.
    DataError
        On reading: a file is damaged or breaks its schema (file, row, column, problem).
    """

    def __init__(self, root: str | Path | None = None, *, overlays: Sequence[Overlay] = ()) -> None:
        self.root = files.data_root() if root is None else Path(root)
        self.overlays = tuple(overlays)
        self.resources: dict[str, Resource] = read_package(self.root)
        self._tables: dict[str, Table] = {}
        self._attributes: dict[str, Table] = {}
        self._columns: dict[tuple[str, str], frozenset[Any]] = {}
        self._digests: dict[str, tuple[str, ...]] = {}

    def __repr__(self) -> str:
        """Return the class and its folder."""
        return f"Atlas({str(self.root)!r})"

    def over(self, *overlays: Overlay) -> Atlas:
        """Return a new atlas with further overlays over this one, which stays as it is."""
        return Atlas(self.root, overlays=(*self.overlays, *overlays))

    def table(self, name: str) -> pd.DataFrame:
        """Return the table or layer called `name` in the data package."""
        return self._table(name).frame.copy(deep=False)

    def attributes(self, name: str) -> pd.DataFrame:
        """Return a layer without its geometry, which reads several times faster."""
        if name in self._tables or any(one.touches(name) for one in self.overlays):
            frame = self._table(name).frame
            return frame.drop(columns=["geometry"], errors="ignore").copy(deep=False)
        if name not in self._attributes:
            path, schema, label = self._where(name)
            self._attributes[name] = self._noted(
                name, read_layer(path, schema, label=label, geometry=False)
            )
        return self._attributes[name].frame.copy(deep=False)

    def digests(self, name: str) -> tuple[str, ...]:
        """Return the hashes of the bytes that a resource was read from, or of its file as it is.

        A resource has several if its file was altered between two readings, with and without
        geometry. Overlays have no part in it.

        Raises
        ------
        OSError
            It was not read yet, and its file cannot be.
        """
        if name in self._digests:
            return self._digests[name]
        return (digest_of((self.root / self.resources[name].path).read_bytes()),)

    def find_place(self, text: str) -> Place:
        """Return the place called `text`: an id, any name of it, or `lon,lat` (EPSG:4326).

        Raises
        ------
        UnknownNameError
            Nothing bears the name; it names the nearest ones.
        UsageError
            Several places bear the name, or the coordinates are out of range.
        """
        return self._places.find(text)

    def search_places(self, text: str = "") -> pd.DataFrame:
        """Return the places with `text` in one of their names; see `PlaceIndex.search`."""
        return self._places.search(text)

    def verify(self) -> tuple[Problem, ...]:
        """Check every file: there, of the right size and hash, true to its schema and references.

        Returns
        -------
        tuple of Problem
            What is wrong, in the order of the data package; empty if all is well.
        """
        fresh = Atlas(self.root)
        problems = []
        for resource in fresh.resources.values():
            found = verify_file(self.root, resource, fresh.check)
            problems += found
        return tuple(problems)

    def check(self, name: str) -> None:
        """Read a table or layer and check it with all its references.

        Raises
        ------
        DataError
            It is damaged or breaks its schema.
        """
        table = self._table(name)
        schema = self._where(name)[1]
        check_references(table.frame, schema.references, self._known, table.label, table.lines)

    def schema(self, name: str) -> Schema:
        """Return the columns of the table or layer called `name`, and their rules."""
        return self._where(name)[1]

    @cached_property
    def _places(self) -> PlaceIndex:
        return PlaceIndex(self.places, self.place_names)

    def _where(self, name: str) -> tuple[Path, Schema, str]:
        """Return path, schema and label of a resource with a schema."""
        resource = self.resources[name]
        if resource.schema is None:
            message = f"{resource.path} is not a table"
            raise TypeError(message)
        return self.root / resource.path, resource.schema, f"{self.root.name}/{resource.path}"

    def _table(self, name: str) -> Table:
        """Return a table or layer, read and checked once.

        The references of layers are checked by `verify` alone: they are built, not kept by hand,
        and reading them must be quick.
        """
        if name not in self._tables:
            path, schema, label = self._where(name)
            whole = [one.whole[name] for one in self.overlays if name in one.whole]
            is_layer = self.resources[name].format == "parquet"
            if whole:
                table = whole[-1]
            elif is_layer:
                table = self._noted(name, read_layer(path, schema, label=label))
            else:
                table = self._noted(name, read_table(path, schema, label=label))
            own = [one.rows[name] for one in self.overlays if name in one.rows]
            frame = table.frame
            for rows in own:
                frame = merged(frame, rows.frame, schema)
            # Known from here on: a row may refer to another one of its own table.
            self._tables[name] = Table(label, frame, range(FIRST_ROW, len(frame) + FIRST_ROW))
            if not is_layer:
                for part in (table, *own):
                    check_references(
                        part.frame, schema.references, self._known, part.label, part.lines
                    )
            if not own:
                self._tables[name] = table
        return self._tables[name]

    def _noted(self, name: str, table: Table) -> Table:
        """Note what a table was read from: the file may be altered while this atlas is in use."""
        self._digests[name] = tuple(sorted({*self._digests.get(name, ()), table.digest}))
        return table

    def _known(self, table: str, column: str) -> frozenset[Any]:
        """Return the values of a column that other tables refer to."""
        key = (table, column)
        if key not in self._columns:
            is_layer = self.resources[table].format == "parquet"
            frame = self.attributes(table) if is_layer else self._table(table).frame
            self._columns[key] = frozenset(frame[column].dropna())
        return self._columns[key]
