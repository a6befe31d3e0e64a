"""The frame of every map: what is added reaches the page, escaped, once, and in few bytes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
import pytest
from shapely import LineString, Point

from geo.report.maps import LayerLook, MapFrame, MapWorld
from geo.report.maps.looks import dot_look, own_style
from geo.report.maps.shapes import feature
from tests.fakes import FakeStudy
from tests.report.maps.drawn import drawn

if TYPE_CHECKING:
    import geopandas as gpd

NASTY = "<script>alert(1)</script>"
STROKE = {"color": "#0072b2", "weight": 2}


@pytest.fixture(scope="module")
def layers() -> dict[str, gpd.GeoDataFrame]:
    """Build the layers of the small study."""
    return FakeStudy("reopened").layers()


def bare(layers: dict[str, gpd.GeoDataFrame], **options: Any) -> MapFrame:
    """Make a map of land alone."""
    return MapFrame(layers, title="Bare", ground=(), **options)


def data(html: str) -> dict[str, Any]:
    """Read what the page draws."""
    found = re.search(r'id="data">(.*?)</script>', html)
    assert found is not None
    read: dict[str, Any] = json.loads(found[1])
    return read


def line(**told: Any) -> dict[str, Any]:
    """Make a feature of a line."""
    return feature(LineString([(1, 2), (3.5, 4)]), **told)


def test_a_feature_reaches_the_page_with_its_texts_and_properties(
    layers: dict[str, gpd.GeoDataFrame],
) -> None:
    frame = bare(layers)
    told = {"tip": "A &amp; B", "popup": "<b>A</b>", "hours": 3}
    frame.add([line(**told)], LayerLook("Mine", "#000"), style=STROKE)
    (one,) = drawn(frame.render())["Mine"]
    assert (one["tip"], one["popup"], one["hours"]) == ("A &amp; B", "<b>A</b>", 3)
    assert one["style"] == STROKE


def test_the_same_text_and_the_same_look_are_written_once(
    layers: dict[str, gpd.GeoDataFrame],
) -> None:
    frame = bare(layers)
    same = [line(popup="The same words") for _ in range(20)]
    frame.add(same, LayerLook("Mine", "#000"), style=lambda _one: dict(STROKE))
    html = frame.render()
    assert html.count("The same words") == 1
    assert sum(style.get("color") == "#0072b2" for style in data(html)["styles"]) == 1


def test_a_layer_without_features_has_no_line_in_the_control(
    layers: dict[str, gpd.GeoDataFrame],
) -> None:
    frame = bare(layers)
    frame.add([], LayerLook("Empty", "#000"), style=STROKE)
    assert ">Empty<" not in frame.render()


def test_no_name_becomes_markup(layers: dict[str, gpd.GeoDataFrame]) -> None:
    frame = bare(layers, told=[NASTY])
    point = feature(Point(1, 2), find=(NASTY,), label=(NASTY, "name right"), own=NASTY)
    look = LayerLook(NASTY, '"><script>', head=NASTY)
    frame.add([point], look, style=dot_look("#000", 4), point=True)
    frame.legend([("<svg></svg>", NASTY)], head=NASTY, layer=NASTY)
    frame.attribute(NASTY)
    html = frame.render()
    assert "<script>alert" not in html
    assert html.count("&lt;script&gt;alert") >= 6
    # two of data and two of scripts end here; one more would be somebody else's
    assert html.count("</script>") == 4


def test_a_text_cannot_end_the_script_that_holds_it(layers: dict[str, gpd.GeoDataFrame]) -> None:
    frame = bare(layers)
    frame.add([line(popup="<b>x</b><!-- </script>")], LayerLook("Mine", "#000"), style=STROKE)
    html = frame.render()
    assert html.count("</script>") == 4
    assert "<!--" not in html
    (one,) = drawn(html)["Mine"]
    assert one["popup"] == "<b>x</b><!-- </script>"


def test_what_differs_in_another_state_of_the_world_alone_is_written(
    layers: dict[str, gpd.GeoDataFrame],
) -> None:
    worlds = [MapWorld("now", "Now", layers), MapWorld("then", "Then", layers)]
    frame = bare(layers, worlds=worlds)
    shut = {**STROKE, "dashArray": "2 7"}
    same, other = {"style": STROKE, "tip": "A"}, {"style": shut, "tip": "A", "popup": "shut"}
    features = [
        line(tip="A", style=STROKE, worlds={"then": same}),
        line(tip="A", style=STROKE, worlds={"then": other}),
    ]
    frame.add(features, LayerLook("Mine", "#000"), style=own_style)
    read = data(frame.render())
    entries = [entry for layer in read["layers"] for _, chunk in layer["chunks"] for entry in chunk]
    changes = [entry[4]["w"] for entry in entries if len(entry) > 4 and "w" in entry[4]]
    assert [list(change) for change in changes] == [["1"]]
    assert read["styles"][changes[0]["1"][0]]["dashArray"] == "2 7"


def test_layers_that_differ_by_the_world_share_one_line(
    layers: dict[str, gpd.GeoDataFrame],
) -> None:
    worlds = [MapWorld("now", "Now", layers), MapWorld("then", "Then <b>", layers)]
    frame = bare(layers, worlds=worlds)
    for world in worlds:
        look = LayerLook("Routes", "#000", scenario=world.scenario_id)
        frame.add([line()], look, style=STROKE)
    frame.open_with("then")
    html = frame.render()
    assert len(re.findall(r'data-layer="1 2"', html)) == 1
    assert '<option value="then" selected>Then &lt;b&gt;</option>' in html
    assert [layer.get("world") for layer in data(html)["layers"]] == [None, 0, 1]


def test_a_map_of_one_world_has_no_switch(layers: dict[str, gpd.GeoDataFrame]) -> None:
    assert '<select id="scenario"' not in bare(layers).render()


def test_a_control_runs_with_its_own_element(layers: dict[str, gpd.GeoDataFrame]) -> None:
    frame = bare(layers)
    frame.control("<button>Go</button>", "(function (map, root, layers) { root.x = 1; });\n")
    html = frame.render()
    assert '<div class="card control" data-control="0"><button>Go</button></div>' in html
    assert "start(map, [(function (map, root, layers) { root.x = 1; })]);" in html


def test_only_a_base_map_may_be_asked_for(layers: dict[str, gpd.GeoDataFrame]) -> None:
    policy = re.compile(r'Content-Security-Policy" content="([^"]*)"')
    (alone,) = policy.findall(bare(layers).render())
    (tiled,) = policy.findall(MapFrame(layers, title="Tiled", tiles=True).render())
    assert "http" not in alone
    assert alone.startswith("default-src 'none'")
    assert tiled.removesuffix(" https://tile.openstreetmap.org") == alone


def test_a_base_map_is_named_and_shows_through(layers: dict[str, gpd.GeoDataFrame]) -> None:
    html = MapFrame(layers, title="Tiled", tiles=True).render()
    assert "Base map: © OpenStreetMap contributors" in html
    states = drawn(html)["States of the study"]
    filled = [one["style"]["fillOpacity"] for one in states if "fillOpacity" in one["style"]]
    assert filled
    assert max(filled) < 0.5
    assert "" not in drawn(html), "the land of a map without tiles"


def test_a_page_can_be_read_by_keyboard_and_aloud(layers: dict[str, gpd.GeoDataFrame]) -> None:
    html = MapFrame(layers, title="A & B").render()
    assert '<html lang="en">' in html
    assert "<title>A &amp; B</title>" in html
    assert 'name="viewport"' in html
    body = html[html.index("<body>") : html.index('<script type="application/json"')]
    for control in re.findall(r"<button[^>]*>", body):
        assert "aria-label=" in control, control
    for name in re.findall(r'<(?:input|select) id="([a-z-]+)"', body):
        assert f'<label for="{name}">' in body, name
    assert "tabindex" not in body, "the order of what is read is that of what stands there"


def test_the_scripts_are_files_of_the_package() -> None:
    folder = Path(__file__).parents[3] / "geo" / "report" / "maps" / "page"
    scripts = list(folder.glob("*.js"))
    assert len(scripts) > 8
    for file in scripts:
        assert len(file.read_text(encoding="utf-8").splitlines()) < 200, file.name


def test_layers_of_folium_can_be_added_above_ours(layers: dict[str, gpd.GeoDataFrame]) -> None:
    frame = bare(layers)
    frame.add([line(tip="ours")], LayerLook("Mine", "#000"), style=STROKE)
    assert isinstance(frame.map, folium.Map)
    assert "Content-Security-Policy" in frame.render()
    folium.Marker((37.5, 127.0), tooltip="A reader's own").add_to(frame.map)
    html = frame.render()
    assert html.index("L.marker(\n                [37.5, 127.0]") > html.index("start(map, [")
    assert "A reader&#x27;s own" in html or "A reader's own" in html
    # what a reader adds may ask for what it needs
    assert "Content-Security-Policy" not in html
    assert html == frame.render()


def test_a_notebook_shows_the_page(layers: dict[str, gpd.GeoDataFrame]) -> None:
    shown = bare(layers)._repr_html_()
    assert shown.startswith("<div")
    assert "&lt;title&gt;Bare&lt;/title&gt;" in shown
    assert "<script>" not in shown


def test_nothing_of_folium_is_asked_for(layers: dict[str, gpd.GeoDataFrame]) -> None:
    html = bare(layers).render()
    for host in ("cdn.jsdelivr.net", "code.jquery.com", "cdnjs.cloudflare.com", "netdna"):
        assert host not in html
    assert html.count("L.map(") == 1
