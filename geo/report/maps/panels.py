"""The panels around the map, as HTML: heading, search, switch, layers, legend, tools, sources.

They work by keyboard as the browser has it; scripts only listen to them.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from geo.report.maps.page_files import page_text

if TYPE_CHECKING:
    from geo.report.maps.looks import LayerLook
    from geo.report.maps.render import Page

__all__ = ["body", "text"]


def text(plain: str) -> str:
    """Escape a plain text, also for those who put it into a template string."""
    return escape(plain).replace("`", "&#96;").replace("${", "&#36;{")


def body(page: Page) -> str:
    """Write what stands around the map.

    Parameters
    ----------
    page
        Its texts and layers.

    Returns
    -------
    str
        HTML.
    """
    controls = "".join(
        f'<div class="card control" data-control="{number}">{html}</div>'
        for number, (html, _) in enumerate(page.controls)
    )
    notes = "".join(f'<div class="card note">{html}</div>' for html in page.notes)
    return (
        '<div class="around">\n'
        f'<header class="card head"><h1>{text(page.title)}</h1>'
        f'<div class="told">{"".join(f"<p>{text(line)}</p>" for line in page.told)}</div>'
        f'<div class="ask">{page_text("search.html")}{_switch(page)}</div></header>\n'
        f"{page_text('tools.html')}"
        f'<div class="middle">{notes}{controls}</div>\n'
        f"{_legend(page)}\n{_layers(page)}\n{_sources(page)}\n"
        "</div>"
    )


def _switch(page: Page) -> str:
    if not page.worlds:
        return ""
    options = "".join(
        f'<option value="{text(scenario)}"{" selected" if i == page.opens_with else ""}>'
        f"{text(title)}</option>"
        for i, (scenario, title) in enumerate(page.worlds)
    )
    return (
        '<div class="switch"><label for="scenario">Scenario</label>'
        f'<select id="scenario">{options}</select></div>'
    )


def _legend(page: Page) -> str:
    return (
        '<details class="card legend" id="legend" open><summary>Legend</summary>'
        f'<div class="rows">{"".join(page.legend)}</div></details>'
    )


def _layers(page: Page) -> str:
    """Write the control of layers, a section a heading; a section with nothing on is folded."""
    lines: dict[str, dict[tuple[str, str], list[int]]] = {}
    for number, look in enumerate(page.looks):
        if look is not None:
            lines.setdefault(look.head, {}).setdefault((look.name, look.key), []).append(number)
    sections = ""
    for head, rows in lines.items():
        shown = [_row(page, numbers) for numbers in rows.values()]
        looks = [look for numbers in rows.values() for look in _looks(page, numbers)]
        state = " open" if any(look.show for look in looks) else ""
        summary = f"<summary>{text(head)}</summary>" if head else ""
        rows_html = f'<div role="group" aria-label="{text(head)}">{"".join(shown)}</div>'
        sections += f"<details{state}>{summary}{rows_html}</details>" if head else rows_html
    return (
        '<details class="card layers" id="layers" open><summary>Layers</summary>'
        f'<div class="rows">{sections}</div></details>'
    )


def _looks(page: Page, numbers: list[int]) -> list[LayerLook]:
    return [look for number in numbers if (look := page.looks[number]) is not None]


def _row(page: Page, numbers: list[int]) -> str:
    """Write one line of the control: layers that differ by the state of the world alone."""
    looks = _looks(page, numbers)
    look = looks[0]
    checked = " checked" if any(one.show for one in looks) else ""
    ids = " ".join(map(str, numbers))
    rainbow = f"linear-gradient(90deg,{look.colour})" if "," in look.colour else look.colour
    return (
        f'<label class="row"><input type="checkbox" data-layer="{ids}"{checked}>'
        f'<i class="sw {text(look.shape)}" style="background:{text(rainbow)}"></i>'
        f"<span>{text(look.name)}</span></label>"
    )


def _sources(page: Page) -> str:
    return (
        '<details class="sources" id="sources" open><summary>Sources</summary>'
        f"<p>{' · '.join(page.sources)}</p></details>"
    )
