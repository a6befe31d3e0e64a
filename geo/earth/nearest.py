"""The nearest of many points, anywhere on the globe.

A k-d tree over unit vectors knows neither poles nor an antimeridian.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.earth.geodesic import distance_km

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["NearestPoints", "unit_vectors"]


class NearestPoints:
    """Points to search among.

    Parameters
    ----------
    lon, lat
        Degrees; at least one point.

    Raises
    ------
    ValueError
        If there is no point, or a coordinate is not finite.
    """

    def __init__(self, lon: ArrayLike, lat: ArrayLike) -> None:
        self._lon = np.array(lon, np.float64).ravel()
        self._lat = np.array(lat, np.float64).ravel()
        if not len(self._lon):
            message = "there are no points to search among"
            raise ValueError(message)
        # What has no points to search need not load it, which takes longer than most answers.
        from scipy.spatial import cKDTree

        self._tree = cKDTree(unit_vectors(self._lon, self._lat))

    def __len__(self) -> int:
        """Return the number of points."""
        return len(self._lon)

    def query(
        self, lon: ArrayLike, lat: ArrayLike, k: int = 1
    ) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Find the nearest points to each place, nearest first.

        The tree compares angles on the sphere; the distances given are along the geodesic and
        order what the tree found.

        Parameters
        ----------
        lon, lat
            Places, in degrees.
        k
            How many points are wanted for each; all of them if there are fewer.

        Returns
        -------
        index : NDArray[np.intp]
            Which points: shape (places,) for k = 1, else (places, k).
        km : NDArray[np.float64]
            How far they are, in the same shape.
        """
        lon = np.asarray(lon, np.float64).reshape(-1, 1)
        lat = np.asarray(lat, np.float64).reshape(-1, 1)
        ranks = np.arange(1, min(k, len(self)) + 1)
        _, index = self._tree.query(unit_vectors(lon[:, 0], lat[:, 0]), k=ranks)
        km = distance_km(lon, lat, self._lon[index], self._lat[index])
        order = np.argsort(km, axis=1, kind="stable")
        index, km = np.take_along_axis(index, order, 1), np.take_along_axis(km, order, 1)
        return (index[:, 0], km[:, 0]) if k == 1 else (index, km)


def unit_vectors(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return points on the unit sphere, n x 3; refuse a coordinate that is not finite."""
    if not (np.isfinite(lon).all() and np.isfinite(lat).all()):
        message = "a coordinate is not a finite number"
        raise ValueError(message)
    lon, lat = np.radians(lon), np.radians(lat)
    return np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))
