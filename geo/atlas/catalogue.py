"""The catalogue: one property a table or layer of the data, so that each has a name in code."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["Catalogue"]


class Catalogue(ABC):
    """The tables and layers by name; how they are read is told by `Atlas`."""

    @abstractmethod
    def table(self, name: str) -> pd.DataFrame:
        """Return the table or layer called `name` in the data package."""

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
    def features(self) -> pd.DataFrame:
        """Seas, straits, rivers and disputed places that maps name."""
        return self.table("features")

    @property
    def feature_names(self) -> pd.DataFrame:
        """Names of these in every language, and who uses them."""
        return self.table("feature_names")

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
    def road_crossings(self) -> pd.DataFrame:
        """Border crossings of roads."""
        return self.table("road_crossings")

    @property
    def road_additions(self) -> pd.DataFrame:
        """Pieces of road added by hand where the source breaks off."""
        return self.table("road_additions")

    @property
    def published_road_lengths(self) -> pd.DataFrame:
        """Published lengths of roads that the road network is checked against."""
        return self.table("published_road_lengths")

    @property
    def border_regimes(self) -> pd.DataFrame:
        """Unions inside which borders are crossed anywhere a track does."""
        return self.table("border_regimes")

    @property
    def transfers(self) -> pd.DataFrame:
        """Changes of gauge inside one place, or between two stations of one yard."""
        return self.table("transfers")

    @property
    def headways(self) -> pd.DataFrame:
        """Departures a week, from which waits are derived."""
        return self.table("headways")

    @property
    def storage(self) -> pd.DataFrame:
        """Storage tariffs of ports by days, from which demurrage is derived."""
        return self.table("storage")

    @property
    def published_times(self) -> pd.DataFrame:
        """Published travel times by rail."""
        return self.table("published_times")

    @property
    def published_sea_lengths(self) -> pd.DataFrame:
        """Published sailing distances."""
        return self.table("published_sea_lengths")

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
    def tariffs(self) -> pd.DataFrame:
        """Duties of the United States by treatment of origin."""
        return self.table("tariffs")

    @property
    def levels(self) -> pd.DataFrame:
        """Levels of sanctions, of integration and of the three tongs."""
        return self.table("levels")

    @property
    def level_changes(self) -> pd.DataFrame:
        """What each level changes."""
        return self.table("level_changes")

    @property
    def track_paths(self) -> pd.DataFrame:
        """Paths through sanctions and integration."""
        return self.table("track_paths")

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
    def paper_claims(self) -> pd.DataFrame:
        """Claims of the paper that are held against data."""
        return self.table("paper_claims")

    @property
    def claim_definitions(self) -> pd.DataFrame:
        """Definitions under which a claim of the paper can be worked out."""
        return self.table("claim_definitions")

    @property
    def alliances(self) -> pd.DataFrame:
        """Ties between two states, with dates."""
        return self.table("alliances")

    @property
    def capitals(self) -> pd.DataFrame:
        """Capitals, between which ties are drawn."""
        return self.table("capitals")

    @property
    def import_sources(self) -> pd.DataFrame:
        """Shares of suppliers in what a state imports."""
        return self.table("import_sources")

    @property
    def aid_flows(self) -> pd.DataFrame:
        """Loans and grants of a donor, by recipient and sector."""
        return self.table("aid_flows")

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
    def projects(self) -> pd.DataFrame:
        """Projects that are weighed one by one and jointly."""
        return self.table("projects")

    @property
    def rankings(self) -> pd.DataFrame:
        """Which corridor published studies rank first."""
        return self.table("rankings")

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
    def cities(self) -> pd.DataFrame:
        """Populated places of Europe and Asia, with their people."""
        return self.table("cities")

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
    def road_nodes(self) -> pd.DataFrame:
        """Nodes of the road network."""
        return self.table("road_nodes")

    @property
    def road_edges(self) -> gpd.GeoDataFrame:
        """Edges of the road network."""
        return self._layer("road_edges")

    @property
    def sea_edges(self) -> gpd.GeoDataFrame:
        """Edges of the sea network."""
        return self._layer("sea_edges")

    @property
    def sea_lanes(self) -> gpd.GeoDataFrame:
        """Shortest ways by sea between ports."""
        return self._layer("sea_lanes")
