"""What a reader sees: tables and exports, maps, and the check against published figures.

Each room is imported by its name (`geo.report.table`, `geo.report.maps`); nothing is loaded here.
"""

__all__: list[str] = []
