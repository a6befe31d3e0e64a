"""What the tags of a railway way in OpenStreetMap mean for freight.

Status, gauges, power, speed and use; what a tag does not say stays blank, and what cannot be
understood is handed back to be counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geo.network.rail import ELECTRIFIED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "HIGH_SPEED_KMH",
    "KEPT_KEYS",
    "LIFECYCLE_KEYS",
    "OVERPASS_FILTERS",
    "TrackTags",
    "read_tags",
]

HIGH_SPEED_KMH: Final = 250
"""Track laid out for this speed or more is a high-speed line: EU directive 2016/797, annex I."""

_NARROW: Final = "narrow gauge, width not said"
_KINDS: Final = frozenset({"rail", "narrow_gauge"})
_STATUS: Final = {
    "construction": "building",
    "proposed": "planned",
    "disused": "closed",
    "abandoned": "closed",
}
_SERVICE_SIDINGS: Final = frozenset({"siding", "yard"})
_GONE: Final = frozenset({"razed", "dismantled", "removed", "demolished"})

LIFECYCLE_KEYS: Final = tuple(f"{state}:railway" for state in _STATUS)
"""The prefixed way of saying that a railway is not, or not yet, or no more, in use."""

KEPT_KEYS: Final = (
    "railway",
    *_STATUS,
    *LIFECYCLE_KEYS,
    "electrified",
    "frequency",
    "gauge",
    "highspeed",
    "maxspeed",
    "name",
    "name:en",
    "passenger_lines",
    "railway:traffic_mode",
    "ref",
    "service",
    "tracks",
    "usage",
    "voltage",
)
"""All that is read of a way; every other tag is left in the file."""

OVERPASS_FILTERS: Final = (
    f'["railway"~"^({"|".join(sorted([*_KINDS, *_STATUS]))})$"]',
    *(f'["{key}"~"^({"|".join(sorted(_KINDS))})$"]' for key in LIFECYCLE_KEYS),
)
"""The same choice of ways as filters of the Overpass query language."""

_LEAST_GAUGE_MM, _MOST_GAUGE_MM = 300, 2200
_MPH = 1.609344
_NAMED_GAUGES: Final = {"standard": 1435}
# Volt and hertz to the words of the tables; a tag may say 16.67, 16.7 or 16 2/3.
_POWER: Final = {
    (25000, 50): "25kV50",
    (25000, 60): "25kV60",
    (15000, 16): "15kV16",
    (3000, 0): "3kVdc",
    (1500, 0): "1.5kVdc",
}
_USAGE: Final = {
    "main": "mixed",
    "branch": "mixed",
    "freight": "freight",
    "industrial": "freight",
    "military": "freight",
    "tourism": "passenger",
}


@dataclass(frozen=True, slots=True)
class TrackTags:
    """What a way's tags say.

    Attributes
    ----------
    status
        ``open``, ``closed`` (disused, abandoned), ``building`` or ``planned``.
    use
        ``freight``, ``mixed``, ``passenger``, ``passenger-high-speed`` or ``unknown``.
    gauges
        Gauges, mm, smallest first, joined by ``;``; "" if not said or not understood.
    power
        Traction power in the words of the tables; `ELECTRIFIED` if it has wires and the system
        is not said or not among them; "" if nothing is said.
    speed_kmh
        Highest speed, km/h; NaN if not said.
    tracks
        Number of tracks that the way stands for; 0 if not said.
    usage, service, name
        As tagged; the name falls back to the reference.
    doubts
        What was not understood: ``gauge=broad``.
    """

    status: str
    use: str
    gauges: str
    power: str
    speed_kmh: float
    tracks: int
    usage: str
    service: str
    name: str
    doubts: tuple[str, ...] = field(default=())

    @property
    def is_siding(self) -> bool:
        """Whether the way is a siding, or lies in a yard."""
        return self.service in _SERVICE_SIDINGS


def read_tags(tags: Mapping[str, str]) -> TrackTags | str:
    """Read the tags of a way.

    Parameters
    ----------
    tags
        At least those of `KEPT_KEYS` that it has.

    Returns
    -------
    TrackTags or str
        What the track is; or, for a way that is no track for freight (a tramway, a platform, a
        railway that is gone) or is of a narrow gauge that nobody says, the word for what it is.
    """
    kind, status = _kind(tags)
    if kind not in _KINDS:
        return kind
    doubts: list[str] = []
    gauges = _gauges(tags.get("gauge", ""), doubts)
    if not gauges and (kind == "narrow_gauge" or "gauge=narrow" in doubts):
        # Certainly not the gauge of its state, and of no other that a train could be found for.
        return _NARROW
    speeds = [*_speeds(tags.get("maxspeed", ""), doubts)]
    return TrackTags(
        status=status,
        use=_use(tags, max(speeds, default=0.0)),
        gauges=gauges,
        power=_power(tags, doubts),
        speed_kmh=max(speeds, default=float("nan")),
        tracks=_tracks(tags, doubts),
        usage=tags.get("usage", ""),
        service=tags.get("service", ""),
        name=" ".join((tags.get("name") or tags.get("name:en") or tags.get("ref", "")).split()),
        doubts=tuple(doubts),
    )


def _kind(tags: Mapping[str, str]) -> tuple[str, str]:
    """Return what the railway is (``rail``, ``tram``, ...), and its status."""
    value = tags.get("railway", "")
    if value in _STATUS:
        # `railway=disused` alone is an old railway; `disused=tram` beside it says of what kind.
        kind = tags.get(value, tags.get(f"{value}:railway", "rail"))
        return ("rail" if kind in {"", "yes"} else kind), _STATUS[value]
    if value and value != "no":
        return ("gone" if value in _GONE else value), "open"
    for state, status in _STATUS.items():
        if f"{state}:railway" in tags:
            kind = tags[f"{state}:railway"]
            return ("rail" if kind == "yes" else kind), status
    return "no railway", "open"


def _listed(text: str) -> Iterator[str]:
    """Yield the values of a tag that may hold several."""
    for part in re.split(r"[;|/]|,\s+", text):
        if part.strip():
            yield part.strip()


def _gauges(text: str, doubts: list[str]) -> str:
    """Read gauges: 1435, 1435;1520, 1435 mm; a word or a strange number is a doubt."""
    found = set()
    for part in _listed(text):
        match = re.fullmatch(r"(\d{3,4})(?:\s*mm)?", part)
        gauge = int(match[1]) if match else _NAMED_GAUGES.get(part.casefold(), 0)
        if _LEAST_GAUGE_MM <= gauge <= _MOST_GAUGE_MM:
            found.add(gauge)
        else:
            doubts.append(f"gauge={part}")
    return ";".join(str(gauge) for gauge in sorted(found))


def _speeds(text: str, doubts: list[str]) -> Iterator[float]:
    """Read speeds in km/h: 120, 120 km/h, 75 mph."""
    for part in _listed(text.replace("km/h", "").replace("kmh", "")):
        match = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)\s*(mph)?", part)
        if match and float(match[1]) > 0:
            yield float(match[1]) * (_MPH if match[2] else 1.0)
        elif part not in {"none", "signals"}:
            doubts.append(f"maxspeed={part}")


def _power(tags: Mapping[str, str], doubts: list[str]) -> str:
    """Read traction power; of several voltages the first that the tables have a word for.

    25000 V without a frequency is 50 or 60 Hz: the system is not said.
    """
    wired = tags.get("electrified", "")
    if wired == "no":
        return "none"
    voltages = [*_listed(tags.get("voltage", ""))]
    if wired == "":
        return ""
    if not voltages:
        return ELECTRIFIED
    hertz = [*_listed(tags.get("frequency", ""))] or [""]
    for at, voltage in enumerate(voltages):
        frequency = hertz[min(at, len(hertz) - 1)]
        try:
            pair = (int(float(voltage)), int(float(frequency)) if frequency else 0)
        except (ValueError, OverflowError):
            continue
        if pair in _POWER:
            return _POWER[pair]
    doubts.append(f"voltage={tags.get('voltage')}, frequency={tags.get('frequency', '')}")
    return ELECTRIFIED


def _tracks(tags: Mapping[str, str], doubts: list[str]) -> int:
    """Read the number of tracks that one way stands for."""
    text = tags.get("tracks", "")
    if re.fullmatch(r"\d{1,2}", text):
        return int(text)
    if text:
        doubts.append(f"tracks={text}")
    return 0


def _use(tags: Mapping[str, str], speed_kmh: float) -> str:
    """Say what the track serves: its traffic if tagged, else its speed, else its usage."""
    mode = tags.get("railway:traffic_mode", "")
    fast = tags.get("highspeed") == "yes" or speed_kmh >= HIGH_SPEED_KMH
    if mode in {"freight", "mixed"}:
        return mode
    if fast:
        return "passenger-high-speed"
    if mode == "passenger":
        return "passenger"
    return _USAGE.get(tags.get("usage", ""), "unknown")
