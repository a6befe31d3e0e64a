"""What the site makes of the project while it is built: formulas, and the dictionary of the data.

mkdocs calls the functions named `on_...`, as `mkdocs.yml` tells it to.
"""

from __future__ import annotations

import csv
import json
import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from latex2mathml.converter import convert
from mkdocs.structure.files import File

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

__all__ = ["dictionary_pages", "formula", "on_config", "on_files"]

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"

_MADE = "Made from `data/datapackage.json` when this site was built."
_GROUP = re.compile(
    r"^([A-Z][a-z ]+):\n\n\| table \| a row is \|\n\|---\|---\|\n((?:\|.*\n)+)", re.MULTILINE
)
_ROW = re.compile(r"^\| `([a-z_]+\.csv)` \| (.*) \|$", re.MULTILINE)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Have fenced blocks of the language `math` set as MathML."""
    fences = config.mdx_configs.setdefault("pymdownx.superfences", {})
    fences["custom_fences"] = [{"name": "math", "class": "formula", "format": formula}]
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the pages that are made from the schemas and from the table of sources."""
    for name, text in dictionary_pages().items():
        files.append(File.generated(config, f"data/{name}.md", content=text))
    return files


def formula(source: str, _language: str, css_class: str, *_rest: Any, **_more: Any) -> str:
    """Set formulas, one a line, as MathML that a browser needs no script for.

    Parameters
    ----------
    source
        LaTeX; lines that end in a backslash go on in the next.
    css_class
        Class of the element round each formula.

    Returns
    -------
    str
        HTML.
    """
    lines = source.replace("\\\n", " ").splitlines()
    shown = (convert(line, display="block") for line in lines if line.strip())
    return "".join(f'<div class="{css_class}">{line}</div>' for line in shown)


def dictionary_pages() -> dict[str, str]:
    """Return the text of each page of the data dictionary, by its name.

    The groups and what a row is are those of `data/README.md`; the rest is `datapackage.json`.
    """
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    resources = {one["path"]: one for one in package["resources"]}
    pages = {}
    for title, rows in _groups((DATA / "README.md").read_text(encoding="utf-8")):
        parts = [
            f"# {title}",
            "",
            "Made from `data/datapackage.json` when this site was built.",
            "",
        ]
        for path, row_is in rows:
            parts += [_table(resources.pop(path), row_is), ""]
        pages[title.lower().replace(" ", "-")] = "\n".join(parts)
    parts = ["# Layers and scenarios", "", _MADE, ""]
    for resource in resources.values():
        parts += [_table(resource, ""), ""]
    return pages | {"layers-and-scenarios": "\n".join(parts), "sources": _sources()}


def _groups(notes: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the groups of tables in the notes on the data: title, and (path, what a row is)."""
    for title, body in _GROUP.findall(notes):
        yield title, _ROW.findall(body)


def _table(resource: dict[str, Any], row_is: str) -> str:
    """Describe one file: what it is, its licence and origin, and its columns."""
    name = Path(resource["path"]).stem if resource["format"] == "toml" else resource["name"]
    licences = ", ".join(one["name"] for one in resource["licenses"])
    origin = "; ".join(one["title"] for one in resource["sources"])
    licence = "public domain" if licences == "other-pd" else licences
    file = f"`data/{resource['path']}`, {_size(resource['bytes'])}"
    steps = "; ".join(resource["steps"])
    told = [
        f"## {name} {{#{resource['name']}}}",
        "",
        f"{resource['title']}." + (f" A row is {row_is}." if row_is else ""),
        "",
        f"{file}. Licence: {licence}. Source: {origin}. Steps: {steps}.",
    ]
    schema = resource.get("schema")
    if schema is None:
        return "\n".join(told)
    keys = schema.get("primaryKey", [])
    if keys:
        told += ["", f"No two rows have the same {', '.join(f'`{key}`' for key in keys)}."]
    elsewhere = {
        str(key["fields"]): f"{key['reference']['resource']}.{key['reference']['fields']}"
        for key in schema.get("foreignKeys", [])
    }
    for rising in schema.get("ordered", []):
        told += ["", f"Each row: {' ≤ '.join(f'`{name}`' for name in rising)}."]
    for rule in schema.get("requiredWhen", []):
        needed = ", ".join(f"`{name}`" for name in rule["fields"])
        told += ["", f"Where `{rule['field']}` is {rule['equals']}, {needed} must be filled in."]
    rows = (_column(field, elsewhere.get(field["name"], "")) for field in schema["fields"])
    told += ["", _html_table("columns", ("column", "type", "unit", "required", "meaning"), rows)]
    return "\n".join(told)


def _column(field: dict[str, Any], refers: str) -> tuple[str, ...]:
    """Return the cells of one column of a table."""
    rules = field.get("constraints", {})
    of_items = field.get("itemConstraints", {})
    kind = field["type"]
    if kind == "list":
        kind = f"list of {field.get('itemType', 'string')}, joined by {field['delimiter']}"
    elif "geometryType" in field:
        kind = f"{field['geometryType']} ({field['crs']})"
    required = "yes" if rules.get("required") else "no"
    if field.get("optional"):
        required = "the column may be left out"
    told = [escape(field["description"])]
    if allowed := rules.get("enum") or of_items.get("enum"):
        told.append("One of " + ", ".join(f"<code>{escape(str(one))}</code>" for one in allowed))
    bounds = [f"{word} {rules[key]}" for key, word in _BOUNDS.items() if key in rules]
    if bounds:
        told.append(escape(" and ".join(bounds)))
    if pattern := rules.get("pattern") or of_items.get("pattern"):
        told.append(_PATTERNS.get(pattern, f"Pattern <code>{escape(pattern)}</code>"))
    of_each = field.get("itemReference", "")
    if isinstance(of_each, dict):
        of_each = ", ".join(f"{kind}: {target}" for kind, target in of_each.items())
    if refers := refers or of_each:
        told.append(f"Refers to <code>{escape(refers)}</code>")
    unit = field.get("unit", "")
    name = f"<code>{escape(field['name'])}</code>"
    return name, escape(kind), escape(unit), required, ". ".join(told) + "."


_BOUNDS = {"minimum": "At least", "maximum": "at most"}
_PATTERNS = {
    "^[a-z0-9]+([-.][a-z0-9]+)*$": "Lower-case slug",
    "^[A-Z]{3}$": "Three capital letters",
}


def _sources() -> str:
    """Return the page of all sources, each with an anchor of its id."""
    with (DATA / "sources.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    head = ("id", "what it is", "kind", "year", "read")
    top = "".join(f"<th>{cell}</th>" for cell in head)
    parts = [
        "# Sources",
        "",
        f"The {len(rows)} sources that rows of the tables cite, from `data/sources.csv`.",
        "",
        f'<table class="sources"><thead><tr>{top}</tr></thead><tbody>',
        *(_source_row(row) for row in rows),
        "</tbody></table>",
    ]
    return "\n".join(parts)


def _source_row(row: dict[str, str]) -> str:
    title = escape(row["title"])
    address = row["address"]
    if address.startswith(("https://", "http://")):
        title = f'<a href="{escape(address, quote=True)}" rel="noopener">{title}</a>'
    elif address.startswith("doi:"):
        link = escape(f"https://doi.org/{address.removeprefix('doi:')}", quote=True)
        title = f'<a href="{link}" rel="noopener">{title}</a>'
    elif address:
        title += f" ({escape(address)})"
    note = f"<br>{escape(row['note'])}" if row["note"] else ""
    licence = f"<br>{escape(row['licence'])}" if row["licence"] else ""
    cells = f"<code>{escape(row['source_id'])}</code>", title + note + licence
    told = (*cells, escape(row["kind"]), escape(row["year"]), escape(row["accessed"]))
    inside = "".join(f"<td>{cell}</td>" for cell in told)
    return f'<tr id="{escape(row["source_id"], quote=True)}">{inside}</tr>'


def _html_table(css_class: str, head: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a table in HTML, whose cells are HTML already."""
    top = "".join(f"<th>{cell}</th>" for cell in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>\n" for cells in rows
    )
    return (
        f'<table class="{css_class}">\n<thead><tr>{top}</tr></thead>\n'
        f"<tbody>\n{body}</tbody>\n</table>"
    )


def _size(n_bytes: int) -> str:
    return f"{n_bytes / 1e6:.1f} MB" if n_bytes >= 1e6 else f"{max(1, round(n_bytes / 1e3))} kB"
