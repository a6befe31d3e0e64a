"""The cards of places: what a place is, in each state of the world."""

from __future__ import annotations

import json
import re

from geo.report.maps import MapFrame, MapWorld
from tests.fakes import FakeStudy


def test_a_zone_that_is_a_port_tells_of_both_in_each_state_of_the_world() -> None:
    layers = FakeStudy("reopened").layers()
    layers["zones"] = layers["zones"].assign(place_id=list(layers["ports"]["place_id"]))
    shut = {**layers, "ports": layers["ports"].assign(status="severed", legal_status="banned")}
    worlds = [MapWorld("now", "Now", layers), MapWorld("then", "Then", shut)]
    html = MapFrame(layers, title="Both", ground=("zones", "ports"), worlds=worlds).render()
    data, texts = (
        json.loads(found)
        for found in re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', html)
    )
    (zone,) = (
        entry
        for layer in data["layers"]
        if layer.get("name") == "Economic zones"
        for _, chunk in layer["chunks"]
        for entry in chunk
    )
    now, then = texts[zone[3]], texts[zone[4]["w"]["1"][2]]
    assert "port, UN/LOCODE<td>KRPUS" in now
    assert "port, status<td>open" in now
    assert "port, status<td>severed" in then
    assert "port, law<td>banned" in then
