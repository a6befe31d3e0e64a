"""Who made what stands on the map."""

__all__ = ["ATTRIBUTION", "TILES_ATTRIBUTION"]

ATTRIBUTION = (
    "Land: Natural Earth (public domain), boundaries as held on the ground",
    "Railways: © OpenStreetMap contributors (ODbL) and Natural Earth",
    "Sea lanes: searoute, Eurostat marnet (EUPL)",
    "Drawn with Leaflet",
)
TILES_ATTRIBUTION = "Base map: © OpenStreetMap contributors (ODbL)"
