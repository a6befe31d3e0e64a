"""What differs on the map between the states of the world that it can be switched to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.report.maps.looks import MapWorld

__all__ = ["OtherWorlds"]

Row = dict[str, Any]


class OtherWorlds:
    """The rows of one layer in every state of the world but the first.

    Parameters
    ----------
    worlds
        The states of the world of a map.
    layer
        Name of the layer.
    keys
        The columns that tell its rows apart.
    """

    def __init__(self, worlds: Sequence[MapWorld], layer: str, keys: Sequence[str]) -> None:
        self._keys = tuple(keys)
        self._rows = {
            world.scenario_id: {
                self._key(row): row for row in world.layers[layer].to_dict("records")
            }
            for world in worlds[1:]
        }

    def changes(self, row: Row, draw: Callable[[Row], Row]) -> Row:
        """Draw a row in the other states of the world, where it is drawn otherwise there.

        Parameters
        ----------
        row
            A row of the first.
        draw
            Makes `style`, `tip` and `popup` of a row.

        Returns
        -------
        dict
            What was drawn, by id of the scenario.
        """
        usual = draw(row)
        others = {
            scenario: draw(rows[self._key(row)])
            for scenario, rows in self._rows.items()
            if self._key(row) in rows
        }
        return {scenario: drawn for scenario, drawn in others.items() if drawn != usual}

    def _key(self, row: Row) -> tuple[object, ...]:
        return tuple(row[name] for name in self._keys)
