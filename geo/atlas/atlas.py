"""The atlas: every table and layer of the data, read on first use and checked.

One property a table; what each column holds is said in `data/datapackage.json`.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from geo import files
from geo.atlas.checks import check_references
from geo.atlas.places import Place, PlaceIndex
from geo.atlas.schema import Resource, Schema, read_package
from geo.atlas.tables import Table, read_layer, read_table
from geo.atlas.verify import Problem, verify_file

if TYPE_CHECKING:
    from typing import Any

    import geopandas as gpd
    import pandas as pd

__all__ = ["Atlas"]


class Atlas:
    """The data under one folder.

    Tables are DataFrames, layers GeoDataFrames (EPSG:4326); each is read and checked on first
    use. What a property returns is the caller's own: changing it changes nothing here.

    Parameters
    ----------
    root
        The folder with `datapackage.json`; by default the data that ships with the package.

    Raises
    ------
    MissingDataError
        The folder has no data package.
    DataError
        On reading: a file is damaged or breaks its schema (file, row, column, problem).
    """

    def __init__(self, root: str | Path | None = None) -> None:
        self.root = files.data_root() if root is None else Path(root)
        self.resources: dict[str, Resource] = read_package(self.root)
        self._tables: dict[str, Table] = {}
        self._attributes: dict[str, Table] = {}
        self._columns: dict[tuple[str, str], frozenset[Any]] = {}

    def __repr__(self) -> str:
        """Return the class and its folder."""
        return f"Atlas({str(self.root)!r})"

    def table(self, name: str) -> pd.DataFrame:
        """Return the table or layer called `name` in the data package."""
        return self._table(name).frame.copy(deep=False)

    def attributes(self, name: str) -> pd.DataFrame:
        """Return a layer without its geometry, which reads several times faster."""
        if name in self._tables:
            frame = self._tables[name].frame
            return frame.drop(columns=["geometry"], errors="ignore").copy(deep=False)
        if name not in self._attributes:
            path, schema, label = self._where(name)
            self._attributes[name] = read_layer(path, schema, label=label, geometry=False)
        return self._attributes[name].frame.copy(deep=False)

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
            if self.resources[name].format == "parquet":
                self._tables[name] = read_layer(path, schema, label=label)
            else:
                table = read_table(path, schema, label=label)
                check_references(table.frame, schema.references, self._known, label, table.lines)
                self._tables[name] = table
        return self._tables[name]

    def _known(self, table: str, column: str) -> frozenset[Any]:
        """Return the values of a column that other tables refer to."""
        key = (table, column)
        if key not in self._columns:
            is_layer = self.resources[table].format == "parquet"
            frame = self.attributes(table) if is_layer else self._table(table).frame
            self._columns[key] = frozenset(frame[column].dropna())
        return self._columns[key]

    def _layer(self, name: str) -> gpd.GeoDataFrame:
        """Return a layer with its geometry."""
        layer: gpd.GeoDataFrame = self.table(name)
        return layer

    @property
    def sources(self) -> pd.DataFrame:
        """Sources that the rows of the other tables cite."""
        return self.table("sources")

    @property
    def places(self) -> pd.DataFrame:
        """Stations, borders, ports, zones and cities."""
        return self.table("places")

    @property
    def place_names(self) -> pd.DataFrame:
        """Names of places in every language and romanisation."""
        return self.table("place_names")

    @property
    def states(self) -> pd.DataFrame:
        """States: gauge, tariff zone, power."""
        return self.table("states")

    @property
    def lines(self) -> pd.DataFrame:
        """Railway lines."""
        return self.table("lines")

    @property
    def line_stations(self) -> pd.DataFrame:
        """Lines as ordered stations."""
        return self.table("line_stations")

    @property
    def published_lengths(self) -> pd.DataFrame:
        """Published lengths that the network is checked against."""
        return self.table("published_lengths")

    @property
    def crossings(self) -> pd.DataFrame:
        """Border crossings of railways."""
        return self.table("crossings")

    @property
    def border_regimes(self) -> pd.DataFrame:
        """Unions inside which borders are crossed anywhere a track does."""
        return self.table("border_regimes")

    @property
    def ports(self) -> pd.DataFrame:
        """Sea ports."""
        return self.table("ports")

    @property
    def passages(self) -> pd.DataFrame:
        """Named passages of the sea."""
        return self.table("passages")

    @property
    def lanes(self) -> pd.DataFrame:
        """Through prices by sea."""
        return self.table("lanes")

    @property
    def services(self) -> pd.DataFrame:
        """Through prices by rail."""
        return self.table("services")

    @property
    def zones(self) -> pd.DataFrame:
        """Industrial zones."""
        return self.table("zones")

    @property
    def state_sets(self) -> pd.DataFrame:
        """Sets of states, with dates."""
        return self.table("state_sets")

    @property
    def corridors(self) -> pd.DataFrame:
        """Ways to go: ordered via points and modes."""
        return self.table("corridors")

    @property
    def items(self) -> pd.DataFrame:
        """The vocabulary of charges."""
        return self.table("items")

    @property
    def rates(self) -> pd.DataFrame:
        """Rates: what one unit of an item costs in money, hours and carbon dioxide."""
        return self.table("rates")

    @property
    def exchange_rates(self) -> pd.DataFrame:
        """Yearly mean exchange rates."""
        return self.table("exchange_rates")

    @property
    def deflators(self) -> pd.DataFrame:
        """Price index of the US dollar."""
        return self.table("deflators")

    @property
    def goods(self) -> pd.DataFrame:
        """Goods: value and weight."""
        return self.table("goods")

    @property
    def time_values(self) -> pd.DataFrame:
        """Values of time."""
        return self.table("time_values")

    @property
    def claims(self) -> pd.DataFrame:
        """Facts that disagree, side by side."""
        return self.table("claims")

    @property
    def indicators(self) -> pd.DataFrame:
        """Indicators of states."""
        return self.table("indicators")

    @property
    def border_corrections(self) -> pd.DataFrame:
        """Boxes in which track belongs to another state than the boundaries say."""
        return self.table("border_corrections")

    @property
    def parameters(self) -> pd.DataFrame:
        """Bounds and factors of the method that are no rates."""
        return self.table("parameters")

    def parameter(self, parameter_id: str) -> float:
        """Return the value of a parameter, in its unit."""
        return float(self.parameters.set_index("parameter_id")["value"][parameter_id])

    @property
    def trade_bans(self) -> pd.DataFrame:
        """Bans on trade between two states, whatever way the goods take."""
        return self.table("trade_bans")

    @property
    def gauge_areas(self) -> pd.DataFrame:
        """Boxes in which track has other gauges than its state's."""
        return self.table("gauge_areas")

    @property
    def rail_additions(self) -> pd.DataFrame:
        """Pieces of railway added by hand where the source breaks off."""
        return self.table("rail_additions")

    @property
    def sea_additions(self) -> pd.DataFrame:
        """Sea legs added by hand where the sea network is thin."""
        return self.table("sea_additions")

    @property
    def boundaries(self) -> gpd.GeoDataFrame:
        """Boundaries of states, 1:10 million."""
        return self._layer("boundaries")

    @property
    def rail_nodes(self) -> pd.DataFrame:
        """Nodes of the railway network."""
        return self.table("rail_nodes")

    @property
    def line_parts(self) -> pd.DataFrame:
        """Parts of lines as matched onto the track, with their lengths."""
        return self.table("line_parts")

    @property
    def rail_edges(self) -> gpd.GeoDataFrame:
        """Edges of the railway network."""
        return self._layer("rail_edges")

    @property
    def sea_edges(self) -> gpd.GeoDataFrame:
        """Edges of the sea network."""
        return self._layer("sea_edges")

    @property
    def sea_lanes(self) -> gpd.GeoDataFrame:
        """Shortest ways by sea between ports."""
        return self._layer("sea_lanes")
