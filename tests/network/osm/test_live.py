"""The real OSMnx asks a server on loopback that answers as Nominatim and Overpass do."""

from __future__ import annotations

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlparse

import osmnx
import pytest
from typer.testing import CliRunner

from geo.cli.main import app
from geo.errors import DataError, ServiceError, UsageError
from geo.network.osm import LiveSettings, mended, read_osm_live

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BOX = (126.9, 37.4, 127.2, 37.7)
NODES = {
    1: (127.0, 37.50),
    2: (127.01, 37.51),
    3: (127.02, 37.52),
    4: (127.05, 37.60),
    5: (127.06, 37.61),
}
# Two pieces of railway that do not meet, a piece of tramway inside another question's answer.
WAYS: dict[int, tuple[list[int], dict[str, str]]] = {
    11: (
        [1, 2, 3],
        {
            "railway": "rail",
            "gauge": "1435;1520",
            "electrified": "contact_line",
            "voltage": "25000",
            "frequency": "60",
            "maxspeed": "110",
            "usage": "main",
            "tracks": "2",
            "name": "Gyeongbu",
            "oneway": "-1",
        },
    ),
    12: ([4, 5], {"railway": "disused", "gauge": "broad"}),
}


class Service:
    """A server with the addresses of both services, and what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.nodes, self.ways = dict(NODES), dict(WAYS)
        self.remark = ""
        self.status = 200
        self.places: list[dict[str, Any]] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                service.answer(self, "")

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                service.answer(self, parse_qs(body)["data"][0])

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    def answer(self, request: BaseHTTPRequestHandler, query: str) -> None:
        """Answer as the service at the path would."""
        path = urlparse(request.path).path
        self.asked.append((path, query))
        self.headers.append(dict(request.headers))
        if path == "/api/status":
            content = "Connected as: 1\nCurrent time: now\nAnnounced endpoint: none\n"
            content += "Rate limit: 2\n2 slots available now.\n"
        elif path == "/search":
            content = json.dumps(self.places)
        else:
            content = json.dumps(self._overpass(query))
        request.send_response(self.status)
        request.end_headers()
        request.wfile.write(content.encode())

    def _overpass(self, query: str) -> dict[str, Any]:
        """Answer the filter of the tag `railway` with all, those of its prefixes with nothing."""
        elements: list[dict[str, Any]] = []
        if '["railway"~' in query:
            elements = [
                {"type": "node", "id": node, "lon": lon, "lat": lat}
                for node, (lon, lat) in self.nodes.items()
            ]
            elements += [
                {"type": "way", "id": way, "nodes": nodes, "tags": tags}
                for way, (nodes, tags) in self.ways.items()
            ]
        answer = {"osm3s": {"timestamp_osm_base": "2026-11-20T08:00:00Z"}, "elements": elements}
        return answer | ({"remark": self.remark} if self.remark else {})

    def settings(self, cache: Path) -> LiveSettings:
        """Return settings that ask this server."""
        return LiveSettings(self.url + "/api", self.url, cache, timeout_s=10)

    def posted(self) -> list[str]:
        """Return the queries that Overpass was asked."""
        return [query for path, query in self.asked if path == "/api/interpreter"]


@pytest.fixture
def service() -> Iterator[Service]:
    """Run a server while a test lasts."""
    running = Service()
    yield running
    running.server.shutdown()
    running.server.server_close()
    running.thread.join()


def test_all_components_and_all_tags_of_rail_are_kept(service: Service, tmp_path: Path) -> None:
    raw, origin = read_osm_live(bbox=BOX, settings=service.settings(tmp_path))
    track = mended(raw, origin)
    assert sorted(raw.node_id) == sorted(NODES)
    assert track.way_id.tolist() == [11, 12]
    main, old = track.tags
    assert (main.gauges, main.power, main.speed_kmh) == ("1435;1520", "25kV60", 110.0)
    assert (main.tracks, main.name, main.use, main.status) == (2, "Gyeongbu", "mixed", "open")
    assert (old.status, old.doubts) == ("closed", ("gauge=broad",))
    # One way has two pieces, the other one; each once, whatever its direction.
    assert sorted(track.way.tolist()) == [0, 0, 1]
    assert track.counts["ways_read"] == 2
    assert origin.data_date == "2026-11-20"


def test_only_railways_are_asked_for_and_politely(service: Service, tmp_path: Path) -> None:
    read_osm_live(bbox=BOX, settings=service.settings(tmp_path))
    queries = service.posted()
    assert len(queries) == 5
    assert all("railway" in query for query in queries)
    assert not any("highway" in query for query in queries)
    # Before each query Overpass is asked whether it has a slot.
    assert [path for path, _ in service.asked].count("/api/status") == len(queries)
    assert all("Crescent" in headers["User-Agent"] for headers in service.headers)
    assert all("Crescent" in headers["referer"] for headers in service.headers)


def test_the_same_question_is_asked_once(service: Service, tmp_path: Path) -> None:
    first = read_osm_live(bbox=BOX, settings=service.settings(tmp_path))
    asked = len(service.asked)
    again = read_osm_live(bbox=BOX, settings=service.settings(tmp_path))
    assert len(service.asked) == asked
    assert again[1] == first[1]
    assert again[0].ref.tolist() == first[0].ref.tolist()


def test_settings_and_names_are_put_back(service: Service, tmp_path: Path) -> None:
    before = {name: value for name, value in vars(osmnx.settings).items() if name[0] != "_"}
    resolve = socket.getaddrinfo
    read_osm_live(bbox=BOX, settings=service.settings(tmp_path))
    service.status = 400
    with pytest.raises(ServiceError, match="answers with an error: 400"):
        read_osm_live(bbox=(1, 1, 2, 2), settings=service.settings(tmp_path))
    assert socket.getaddrinfo is resolve
    after = {name: value for name, value in vars(osmnx.settings).items() if name[0] != "_"}
    assert after == before


def test_a_place_is_asked_of_nominatim(service: Service, tmp_path: Path) -> None:
    ring = [[126.9, 37.4], [127.2, 37.4], [127.2, 37.7], [126.9, 37.7], [126.9, 37.4]]
    service.places = [
        {
            "place_id": 1,
            "lat": "37.55",
            "lon": "127.05",
            "importance": 0.9,
            "display_name": "Seoul",
            "boundingbox": ["37.4", "37.7", "126.9", "127.2"],
            "geojson": {"type": "Polygon", "coordinates": [ring]},
        }
    ]
    raw, origin = read_osm_live(place="Seoul", settings=service.settings(tmp_path))
    assert sorted(raw.node_id) == sorted(NODES)
    assert "/search" in [path for path, _ in service.asked]
    assert "Seoul" in origin.title
    service.places = []
    with pytest.raises(UsageError, match="no place is called 'Seol'"):
        read_osm_live(place="Seol", settings=service.settings(tmp_path))


def test_an_answer_cut_short_is_refused(service: Service, tmp_path: Path) -> None:
    service.remark = "runtime error: Query timed out"
    with pytest.raises(ServiceError, match="cut short: runtime error: Query timed out"):
        read_osm_live(bbox=BOX, settings=service.settings(tmp_path))


def test_an_area_without_railways_says_so(service: Service, tmp_path: Path) -> None:
    service.nodes, service.ways = {}, {}
    with pytest.raises(DataError, match="holds no railway"):
        read_osm_live(bbox=BOX, settings=service.settings(tmp_path))


def test_no_answer_is_an_error_with_the_address(tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
    settings = LiveSettings(url + "/api", url, tmp_path, timeout_s=5)
    with pytest.raises(ServiceError, match=r"http://127\.0\.0\.1.*does not answer"):
        read_osm_live(place="Seoul", settings=settings)


def test_a_box_over_180_degrees_is_asked_in_two_halves(service: Service, tmp_path: Path) -> None:
    service.nodes = {1: (179.6, 66.0), 2: (179.7, 66.0), 3: (-179.7, 66.1), 4: (-179.6, 66.1)}
    service.ways = {21: ([1, 2], {"railway": "rail"}), 22: ([3, 4], {"railway": "rail"})}
    raw, _ = read_osm_live(bbox=(179.5, 65.9, -179.5, 66.2), settings=service.settings(tmp_path))
    assert sorted(set(raw.way_id.tolist())) == [21, 22]
    assert len(service.posted()) == 10


@pytest.mark.parametrize(
    ("bbox", "words"),
    [
        ((126, 38, 127, 37), "south below north"),
        ((37, 126, 38, 127), "swapped"),
        ((126, 37, 126, 38), "expected west,south,east,north"),
        ((-200, 37, 126, 38), "expected west,south,east,north"),
        ((179.97, 66, 180, 67), "too near 180 degrees"),
        ((179.97, 66, -179.97, 67), "too near 180 degrees"),
    ],
)
def test_a_box_that_is_none_is_refused(
    bbox: tuple[float, float, float, float], words: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=words):
        read_osm_live(bbox=bbox, settings=LiveSettings(cache=tmp_path))


def test_one_area_is_wanted() -> None:
    with pytest.raises(UsageError, match="either a place or a box"):
        read_osm_live()
    with pytest.raises(UsageError, match="either a place or a box"):
        read_osm_live(place="Seoul", bbox=BOX)


def test_the_command_asks_the_servers_named(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = ["osm", "import", "--bbox", "126.9,37.4,127.2,37.7", "--cache", "answers", "--json"]
    words += ["--overpass-url", service.url + "/api", "--nominatim-url", service.url]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["folder"] == "bbox-126-9-37-4-127-2-37-7-network"
    assert told["data_date"] == "2026-11-20"
    assert told["not_understood"] == {"gauge=broad": 1}
    assert {path.name for path in tmp_path.iterdir()} == {"answers", told["folder"]}
