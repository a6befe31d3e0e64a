"""Tags mean what the wiki of OpenStreetMap says they mean."""

from __future__ import annotations

import math

import pytest

from geo.network.osm.tags import TrackTags, read_tags


def tags_of(**tags: str) -> TrackTags:
    """Read the tags of a railway in use."""
    found = read_tags({"railway": "rail"} | {key.replace("__", ":"): tags[key] for key in tags})
    assert isinstance(found, TrackTags)
    return found


@pytest.mark.parametrize(
    ("text", "gauges", "doubts"),
    [
        ("1435", "1435", ()),
        ("1435;1520", "1435;1520", ()),
        ("1520; 1435", "1435;1520", ()),
        ("1435|1520", "1435;1520", ()),
        ("1435 mm", "1435", ()),
        ("standard", "1435", ()),
        ("narrow;762", "762", ("gauge=narrow",)),
        ("broad", "", ("gauge=broad",)),
        ("1435;broad", "1435", ("gauge=broad",)),
        ("14350", "", ("gauge=14350",)),
        ("4 ft 8 in", "", ("gauge=4 ft 8 in",)),
        ("", "", ()),
    ],
)
def test_gauges(text: str, gauges: str, doubts: tuple[str, ...]) -> None:
    found = tags_of(gauge=text)
    assert (found.gauges, found.doubts) == (gauges, doubts)


@pytest.mark.parametrize(
    ("tags", "status"),
    [
        ({"railway": "rail"}, "open"),
        ({"railway": "narrow_gauge", "gauge": "762"}, "open"),
        ({"railway": "disused"}, "closed"),
        ({"railway": "abandoned", "abandoned": "rail"}, "closed"),
        ({"railway": "construction", "construction": "rail"}, "building"),
        ({"railway": "proposed"}, "planned"),
        ({"disused:railway": "rail"}, "closed"),
        ({"construction:railway": "narrow_gauge", "gauge": "1000"}, "building"),
    ],
)
def test_status(tags: dict[str, str], status: str) -> None:
    found = read_tags(tags)
    assert isinstance(found, TrackTags)
    assert found.status == status


@pytest.mark.parametrize(
    ("tags", "what"),
    [
        ({"railway": "tram"}, "tram"),
        ({"railway": "light_rail"}, "light_rail"),
        ({"railway": "platform"}, "platform"),
        ({"railway": "construction", "construction": "subway"}, "subway"),
        ({"railway": "razed"}, "gone"),
        ({"abandoned:railway": "tram"}, "tram"),
        # Its gauge is not that of the state, and nobody says which one it is.
        ({"railway": "narrow_gauge"}, "narrow gauge, width not said"),
        ({"railway": "narrow_gauge", "gauge": "narrow"}, "narrow gauge, width not said"),
        ({"disused:railway": "narrow_gauge"}, "narrow gauge, width not said"),
        ({"railway": "rail", "gauge": "narrow"}, "narrow gauge, width not said"),
    ],
)
def test_what_is_no_track_for_freight_is_named(tags: dict[str, str], what: str) -> None:
    assert read_tags(tags) == what


@pytest.mark.parametrize(
    ("tags", "use"),
    [
        ({"usage": "main"}, "mixed"),
        ({"usage": "branch"}, "mixed"),
        ({"usage": "industrial"}, "freight"),
        ({"usage": "tourism"}, "passenger"),
        ({}, "unknown"),
        ({"usage": "main", "highspeed": "yes"}, "passenger-high-speed"),
        ({"usage": "main", "maxspeed": "250"}, "passenger-high-speed"),
        ({"usage": "main", "maxspeed": "249"}, "mixed"),
        ({"usage": "main", "maxspeed": "160 mph"}, "passenger-high-speed"),
        ({"usage": "main", "railway__traffic_mode": "passenger"}, "passenger"),
        # Lines such as Hannover - Wuerzburg: fast, and with goods trains at night.
        ({"highspeed": "yes", "railway__traffic_mode": "mixed"}, "mixed"),
        ({"railway__traffic_mode": "freight"}, "freight"),
    ],
)
def test_use(tags: dict[str, str], use: str) -> None:
    assert tags_of(**tags).use == use


@pytest.mark.parametrize(
    ("tags", "power", "doubts"),
    [
        ({"electrified": "no"}, "none", 0),
        ({"electrified": "contact_line", "voltage": "25000", "frequency": "50"}, "25kV50", 0),
        ({"electrified": "contact_line", "voltage": "25000", "frequency": "60"}, "25kV60", 0),
        ({"electrified": "contact_line", "voltage": "15000", "frequency": "16.7"}, "15kV16", 0),
        ({"electrified": "contact_line", "voltage": "3000", "frequency": "0"}, "3kVdc", 0),
        ({"electrified": "rail", "voltage": "750", "frequency": "0"}, "electrified", 1),
        ({"electrified": "contact_line", "voltage": "inf", "frequency": "50"}, "electrified", 1),
        ({"electrified": "contact_line", "voltage": "25000"}, "electrified", 1),
        ({"electrified": "contact_line"}, "electrified", 0),
        ({"electrified": "contact_line", "voltage": "3000;25000", "frequency": "0;50"}, "3kVdc", 0),
        ({"electrified": "yes"}, "electrified", 0),
        ({}, "", 0),
    ],
)
def test_power(tags: dict[str, str], power: str, doubts: int) -> None:
    found = tags_of(**tags)
    assert (found.power, len(found.doubts)) == (power, doubts)


@pytest.mark.parametrize(
    ("text", "speed_kmh"),
    [("120", 120.0), ("120 km/h", 120.0), ("75 mph", 120.7008), ("100;80", 100.0)],
)
def test_speed(text: str, speed_kmh: float) -> None:
    assert tags_of(maxspeed=text).speed_kmh == pytest.approx(speed_kmh)


def test_a_speed_that_is_none_is_a_doubt() -> None:
    found = tags_of(maxspeed="fast")
    assert math.isnan(found.speed_kmh)
    assert found.doubts == ("maxspeed=fast",)


def test_names_tracks_and_sidings() -> None:
    found = tags_of(name="Транссиб", tracks="2", service="siding")
    assert (found.name, found.tracks, found.is_siding) == ("Транссиб", 2, True)
    assert not tags_of(service="spur").is_siding
    assert tags_of(ref="KTX 1").name == "KTX 1"
    assert tags_of(tracks="many").doubts == ("tracks=many",)
