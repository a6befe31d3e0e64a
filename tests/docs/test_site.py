"""The built site: whole, made of the schemas, and without a request to anybody.

`make docs` builds it first; these tests read what lies in `site/`.
"""

from __future__ import annotations

import csv
import json
import re
import runpy
from functools import cache
from html.parser import HTMLParser
from typing import NamedTuple

import pytest

from tests.snippets import ROOT

SITE = ROOT / "site"

LOADS = {
    *{("audio", "src"), ("embed", "src"), ("iframe", "src"), ("img", "src"), ("img", "srcset")},
    *{("input", "src"), ("link", "href"), ("object", "data"), ("script", "src")},
    *{("source", "src"), ("source", "srcset"), ("track", "src"), ("video", "poster")},
    *{("video", "src"), ("form", "action"), ("use", "href")},
}
"""Elements that make a browser fetch something, without a click."""


class Page(NamedTuple):
    """What a page fetches, which ids it has, and its text."""

    fetched: tuple[str, ...]
    ids: frozenset[str]
    text: str


class Reader(HTMLParser):
    """Collects what a page loads and its ids."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.ids: set[str] = set()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in one element."""
        self.fetched += [value for name, value in attrs if (tag, name) in LOADS and value]
        self.ids |= {value for name, value in attrs if name == "id" and value}

    def handle_data(self, data: str) -> None:
        """Take in text."""
        self.words.append(data)


@cache
def page(name: str) -> Page:
    reader = Reader()
    reader.feed((SITE / name).read_text(encoding="utf-8"))
    return Page(tuple(reader.fetched), frozenset(reader.ids), " ".join(reader.words))


@cache
def heads(name: str) -> str:
    return " ".join(re.findall(r"<h2[^>]*>", (SITE / name).read_text(encoding="utf-8")))


def html_pages() -> list[str]:
    assert (SITE / "index.html").exists(), "no site: run `make docs`"
    return sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html"))


def test_no_page_asks_another_host_for_anything() -> None:
    asked = {
        (name, address)
        for name in html_pages()
        for address in page(name).fetched
        if re.match(r"(?:[a-z]+:)?//", address)
    }
    assert asked == set()


def test_no_style_asks_another_host_for_anything() -> None:
    asked = [
        (path.name, address)
        for path in SITE.rglob("*.css")
        for address in re.findall(
            r"(?:url\(|@import)\s*['\"]?([^'\")]+)", path.read_text(encoding="utf-8")
        )
        if re.match(r"(?:https?:)?//", address)
    ]
    assert asked == []


@pytest.mark.parametrize(
    "resource",
    json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))["resources"],
    ids=lambda resource: str(resource["name"]),
)
def test_the_dictionary_has_every_column(resource: dict[str, object]) -> None:
    homes = [
        name
        for name in html_pages()
        if name.startswith("data/") and f'id="{resource["name"]}"' in heads(name)
    ]
    assert len(homes) == 1
    text = page(homes[0]).text
    assert str(resource["path"]) in text
    schema = resource.get("schema", {"fields": []})
    assert isinstance(schema, dict)
    missing = [field["name"] for field in schema["fields"] if field["name"] not in text]
    assert missing == []


def test_every_source_has_its_anchor() -> None:
    with (ROOT / "data" / "sources.csv").open(encoding="utf-8", newline="") as file:
        ids = {row["source_id"] for row in csv.DictReader(file)}
    assert ids <= page("data/sources.html").ids


def test_formulas_are_set_without_a_script() -> None:
    html = (SITE / "method" / "index.html").read_text(encoding="utf-8")
    assert html.count("<math") == 2
    assert "MathJax" not in html


def test_the_gallery_states_how_each_picture_is_made() -> None:
    text = (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")
    made = runpy.run_path(str(ROOT / "docs" / "pictures.py"))["PICTURES"]
    shown = re.findall(r"\(gallery/([a-z-]+)\.png\)[^`]*`crescent ([^`]*)`", text)
    assert dict(shown) == made
    assert {path.stem for path in (ROOT / "docs" / "gallery").glob("*.png")} == set(made)


def test_pictures_are_few_and_small() -> None:
    sizes = [path.stat().st_size for path in (ROOT / "docs").rglob("*.png")]
    assert sum(sizes) <= 1_500_000
