"""Asks the live services of OpenStreetMap for railways, by OSMnx: Nominatim and Overpass.

OSMnx keeps its settings in a module and changes how names are resolved; here both are put back.
"""

from __future__ import annotations

import hashlib
import json
import socket
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo import files
from geo.errors import DataError, ServiceError, UsageError
from geo.network.osm.extra import need
from geo.network.osm.tags import KEPT_KEYS, OVERPASS_FILTERS
from geo.network.osm.track import Origin, RawWays

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

__all__ = ["LiveSettings", "read_osm_live"]

_AGENT = "Crescent, a freight railway planner (import of one area by its user), over OSMnx"
_AREA_PER_QUERY_M2 = 1e11
"""Railways are few: an area as large as South Korea is asked at once, not in 40 pieces."""

_MARGIN_DEGREES = 0.05
"""OSMnx asks for half a km more on every side, which must not pass 180 degrees (nor at 84 N)."""

_ASKED_AGAIN = frozenset({429, 504})
"""OSMnx waits after these, and asks again."""


@dataclass(frozen=True)
class LiveSettings:
    """Whom to ask, and where the answers are kept.

    Attributes
    ----------
    overpass_url, nominatim_url
        Addresses of the services; None takes those of OSMnx.
    cache
        Folder of the answers; by default one in the user's cache. The same question is asked once.
    timeout_s
        How long an answer may take, s.
    """

    overpass_url: str | None = None
    nominatim_url: str | None = None
    cache: Path | None = None
    timeout_s: int = 180


def read_osm_live(
    *,
    place: str | None = None,
    bbox: tuple[float, float, float, float] | None = None,
    settings: LiveSettings | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[RawWays, Origin]:
    """Ask for the railways of an area.

    Parameters
    ----------
    place
        A name that Nominatim knows as an area.
    bbox
        West, south, east, north, degrees; west above east passes the 180th meridian.
    settings
        Whom to ask.
    progress
        Called with the name of each step.

    Returns
    -------
    RawWays, Origin

    Raises
    ------
    UsageError
        The area is none, or Nominatim knows no such place.
    MissingExtraError
        OSMnx is not installed.
    ServiceError
        A service does not answer, or with an error.
    DataError
        The area has no railway.
    """
    if (place is None) == (bbox is None):
        msg = "name either a place or a box"
        raise UsageError(msg)
    areas = [] if bbox is None else _boxes(bbox)
    asked = place if place is not None else "bbox " + ",".join(f"{side:g}" for side in bbox or ())
    osmnx = need("osmnx")
    chosen = settings or LiveSettings()
    question = json.dumps([asked, OVERPASS_FILTERS, chosen.overpass_url, chosen.nominatim_url])
    name = hashlib.sha256(question.encode()).hexdigest()[:16]
    cache = (chosen.cache or files.cache_folder() / "osm") / name
    with _set_up(osmnx, chosen, cache), _told(asked, osmnx):
        if place is not None:
            progress("ask Nominatim for the area")
            areas = [osmnx.geocode_to_gdf(place).union_all()]
        progress("ask Overpass for railways")
        graphs = [
            osmnx.graph_from_polygon(
                area,
                simplify=False,
                retain_all=True,
                truncate_by_edge=True,
                custom_filter=list(OVERPASS_FILTERS),
            )
            for area in areas
        ]
    raw = _raw(graphs)
    digest, date = _answers(cache)
    origin = Origin(
        label=asked,
        title=f"(c) OpenStreetMap contributors, {asked}, by Overpass",
        sha256=digest,
        data_date=date,
    )
    return raw, origin


def _boxes(bbox: tuple[float, float, float, float]) -> list[shapely.Polygon]:
    """Make the area of a box, in two where it passes the 180th meridian."""
    west, south, east, north = bbox
    in_range = -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south < north <= 90
    if not in_range or west == east:
        swapped = -180 <= south < north <= 180 and -90 <= west < east <= 90
        hint = "; longitude and latitude look swapped" if swapped else ""
        msg = (
            f"no box: {','.join(f'{side:g}' for side in bbox)}; expected west,south,east,north in "
            f"degrees, south below north{hint}"
        )
        raise UsageError(msg)
    edge = 180.0 - _MARGIN_DEGREES
    halves = [(west, east)] if west < east else [(west, edge), (-edge, east)]
    asked = [(max(left, -edge), min(right, edge)) for left, right in halves]
    boxes = [shapely.box(left, south, right, north) for left, right in asked if left < right]
    if not boxes:
        msg = f"the box lies too near 180 degrees: nothing is asked for within {_MARGIN_DEGREES:g}"
        raise UsageError(msg)
    return boxes


@contextmanager
def _set_up(osmnx: Any, chosen: LiveSettings, cache: Path) -> Iterator[None]:
    """Set OSMnx up for railways, and put back all that it was and all that it changes."""
    settings = osmnx.settings
    before = {name: getattr(settings, name) for name in dir(settings) if not name.startswith("_")}
    resolve = socket.getaddrinfo
    wanted = {
        "use_cache": True,
        "cache_folder": str(cache),
        "cache_only_mode": False,
        "all_oneway": True,
        "overpass_rate_limit": True,
        "max_query_area_size": _AREA_PER_QUERY_M2,
        "requests_timeout": chosen.timeout_s,
        "requests_kwargs": {"hooks": {"response": _refuse_bad}},
        "http_user_agent": _AGENT,
        "http_referer": _AGENT,
        "useful_tags_way": list(KEPT_KEYS),
        "useful_tags_node": [],
        "log_console": False,
        "log_file": False,
    }
    addresses = {"overpass_url": chosen.overpass_url, "nominatim_url": chosen.nominatim_url}
    wanted |= {name: value for name, value in addresses.items() if value is not None}
    try:
        for name, value in wanted.items():
            setattr(settings, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(settings, name, value)
        socket.getaddrinfo = resolve


def _refuse_bad(response: Any, *_: object, **__: object) -> None:
    """Refuse an answer with an error, or that Overpass cut short: OSMnx would take either."""
    if not response.ok and response.status_code not in _ASKED_AGAIN:
        problem = f"answers with an error: {response.status_code} {response.reason}"
        raise ServiceError(response.url.partition("?")[0], None, None, problem)
    try:
        answer = response.json()
    except ValueError:
        return
    if isinstance(answer, dict) and answer.get("remark"):
        problem = f"the answer was cut short: {answer['remark']}"
        raise ServiceError(response.url.partition("?")[0], None, None, problem)


@contextmanager
def _told(asked: str, osmnx: Any) -> Iterator[None]:
    """Turn the errors of OSMnx and of the network into ours."""
    import requests

    try:
        yield
    except requests.exceptions.RequestException as error:
        url = getattr(getattr(error, "request", None), "url", None) or "the service"
        raise ServiceError(url, None, None, f"does not answer ({type(error).__name__})") from error
    except osmnx._errors.ResponseStatusCodeError as error:  # noqa: SLF001 - it has no public name
        raise ServiceError(asked, None, None, f"refused by the service: {_first(error)}") from error
    except osmnx._errors.InsufficientResponseError as error:  # noqa: SLF001 - the same
        if "Nominatim" in str(error):
            msg = f"no place is called {asked!r} in OpenStreetMap"
            raise UsageError(msg) from error
        raise DataError(asked, None, None, "holds no railway") from error
    except TypeError as error:
        if "Polygon" not in str(error):
            raise
        msg = f"{asked!r} is no area in OpenStreetMap; name one, or give a box"
        raise UsageError(msg) from error
    except ValueError as error:
        if isinstance(error, DataError):
            raise
        # What is left once the area is cut out may be nothing.
        raise DataError(asked, None, None, f"holds no railway ({_first(error)})") from error


def _first(error: Exception) -> str:
    """Return the first line of an error's text."""
    return str(error).splitlines()[0][:200] if str(error) else type(error).__name__


def _raw(graphs: list[Any]) -> RawWays:
    """Turn graphs of OSMnx into ways of one piece each, as their nodes and edges were."""
    nodes: dict[int, tuple[float, float]] = {}
    edges: dict[int, set[tuple[int, int]]] = {}
    tags: dict[int, Mapping[str, str]] = {}
    for graph in graphs:
        for node, data in graph.nodes(data=True):
            nodes[int(node)] = float(data["x"]), float(data["y"])
        for tail, head, data in graph.edges(data=True):
            way = int(data["osmid"])
            tags[way] = {key: str(data[key]) for key in KEPT_KEYS if key in data}
            edges.setdefault(way, set()).add((int(tail), int(head)))
    # One piece of a way after another, each as a way of two nodes: their order is not kept.
    rows = [(way, *piece) for way in sorted(edges) for piece in sorted(edges[way])]
    ids = sorted(nodes)
    ref = np.array([row[1:] for row in rows], dtype=np.int64).reshape(-1, 2)
    way_id = np.array([row[0] for row in rows], dtype=np.int64)
    return RawWays(
        way_id=way_id,
        tags=[tags[row[0]] for row in rows],
        start=np.arange(len(rows) + 1, dtype=np.int64) * 2,
        ref=ref.ravel(),
        node_id=np.array(ids, dtype=np.int64),
        lon=np.array([nodes[node][0] for node in ids]),
        lat=np.array([nodes[node][1] for node in ids]),
        counts={"ways_twice": 0},
    )


def _answers(cache: Path) -> tuple[str, str]:
    """Return the hash of all answers, and the day of the data that Overpass names."""
    digest, days = hashlib.sha256(), []
    for path in sorted(cache.glob("*.json")):
        content = path.read_bytes()
        digest.update(content)
        answer = json.loads(content)
        if isinstance(answer, dict):
            day = str(answer.get("osm3s", {}).get("timestamp_osm_base", ""))[:10]
            days += [day] if day else []
    return digest.hexdigest(), max(days, default="")
