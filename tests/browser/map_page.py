"""A map in the browser as a reader meets it: what is shown, where things lie, what a click opens.

The page knows nothing of it; `lookup.js` catches Leaflet's map while the page makes it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import (
        Browser,
        BrowserContext,
        ConsoleMessage,
        Dialog,
        FloatRect,
        Locator,
        Page,
        Request,
        Route,
    )

__all__ = ["MapPage"]

_OF_THE_FILE = ("file:", "data:", "blob:")


@dataclass
class MapPage:
    """A map that is open in a window of its own, with the network cut off.

    Attributes
    ----------
    page
        The window.
    context
        What the window lives in: a browser that has seen nothing yet.
    complaints
        What the console said, dialogs, and errors that nothing caught.
    asked
        Addresses that the page asked for, other than its own file and what it carries inside.
    """

    page: Page
    context: BrowserContext
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @classmethod
    def open(
        cls,
        browser: Browser,
        file: Path,
        *,
        size_px: tuple[int, int] = (1400, 900),
        phone: bool = False,
    ) -> Self:
        """Open a map and wait until it is settled."""
        context = browser.new_context(
            viewport={"width": size_px[0], "height": size_px[1]},
            has_touch=phone,
            is_mobile=phone,
            reduced_motion="reduce",
            offline=True,
        )
        context.add_init_script(path=Path(__file__).with_name("lookup.js"))
        opened = cls(context.new_page(), context)
        page = opened.page
        page.on("console", opened._heard)
        page.on("pageerror", lambda error: opened.complaints.append(f"error: {error}"))
        page.on("dialog", opened._dismiss)
        page.on("request", opened._note)
        page.route(lambda address: not address.startswith(_OF_THE_FILE), _refuse)
        page.set_default_timeout(10_000)
        page.goto(file.as_uri())
        page.wait_for_selector('html[data-settled="yes"]', state="attached")
        return opened

    @property
    def card(self) -> Locator:
        """The card that a click on the map opens; one that it takes the place of fades below it."""
        return self.page.locator(".leaflet-popup-content").last

    @property
    def layer_boxes(self) -> Locator:
        """The boxes that show and hide a layer, in sections that are open."""
        return self.page.locator("#layers").get_by_role("checkbox")

    @property
    def search(self) -> Locator:
        """The field in which a reader looks for a place."""
        return self.page.get_by_role("combobox", name="Find")

    @property
    def found(self) -> Locator:
        """The places that the search offers."""
        return self.page.get_by_role("listbox", name="Places found").get_by_role("option")

    @property
    def legend_rows(self) -> Locator:
        """The rows of the legend that are shown, in sections folded or not."""
        return self.page.locator("#legend .row:not([hidden])")

    def settled_ms(self) -> float:
        """Tell when the page was settled and had come to rest, in ms since it was asked for."""
        mark: float = self.page.evaluate("performance.getEntriesByName('settled')[0].startTime")
        busy: float = self.page.evaluate("lookup.lastLongTask()")
        return max(mark, busy)

    def told(self, *words: str) -> list[str]:
        """Return the tips of the features on the map that hold some words; at first, of all."""
        found: list[str] = self.page.evaluate("words => lookup.told(words)", list(words))
        return found

    def drawn(self) -> int:
        """Count what is drawn on the map."""
        count: int = self.page.evaluate(
            "() => { let n = 0; lookup.map().eachLayer(() => { n += 1; }); return n; }"
        )
        return count

    def unfold(self) -> None:
        """Open every section of the layers and of the legend."""
        folded = "details:not([open]):not([hidden])"
        closed = self.page.locator(f"#layers {folded}, #legend {folded}")
        while closed.count():
            closed.first.locator("> summary").click()

    def layer_names(self) -> list[str]:
        """Return the names of the layers in the control, in its order."""
        rows = self.page.locator("#layers label:visible")
        return [text.strip() for text in rows.all_inner_texts()]

    def legend(self) -> list[str]:
        """Return the rows of the legend that are shown."""
        return [text.strip() for text in self.legend_rows.all_text_contents()]

    def visible_bands(self) -> set[int]:
        """Return the numbers of the bands of reach that are drawn, of ground."""
        found: list[int] = self.page.evaluate("lookup.bands()")
        return set(found)

    def zoom(self) -> float:
        """Return the level of the zoom."""
        level: float = self.page.evaluate("lookup.map().getZoom()")
        return level

    def until_zoom(self, wanted: Callable[[float], bool]) -> None:
        """Wait until the level of the zoom is the wanted one, for five seconds at most."""
        for _ in range(50):
            if wanted(self.zoom()):
                return
            self.page.wait_for_timeout(100)
        pytest.fail(f"the zoom stays at {self.zoom()}")

    def rest(self) -> None:
        """Wait until the map lies still and what was asked for is drawn."""
        self.page.wait_for_timeout(500)

    def tab_to(self, control: Locator) -> None:
        """Press Tab until a control has the focus."""
        for _ in range(80):
            self.page.keyboard.press("Tab")
            if control.evaluate("one => one === document.activeElement"):
                return
        pytest.fail(f"Tab does not reach {control}")

    def tab_round(self) -> list[str]:
        """Press Tab once round the page; return the names of what it reaches."""
        names: list[str] = []
        for _ in range(120):
            self.page.keyboard.press("Tab")
            name = self.page.evaluate("() => lookup.nameOfFocus()")
            if name is None:
                return names
            names.append(name)
        return names

    def click_at(self, x: float, y: float) -> tuple[float, float]:
        """Click a spot of the window; return where on earth it is (lon, lat), in degrees."""
        self.page.mouse.click(x, y)
        lon, lat = self.page.evaluate(
            """([x, y]) => {
              const box = lookup.map().getContainer().getBoundingClientRect();
              const spot = lookup.map().containerPointToLatLng([x - box.left, y - box.top]);
              return [spot.lng, spot.lat];
            }""",
            [x, y],
        )
        return lon, lat

    def click(self, *words: str, nearest: int = 9) -> Locator:
        """Bring a feature into the window, click it where it lies on top; return its card."""
        self.page.evaluate("([words, zoom]) => lookup.bring(words, zoom)", [list(words), nearest])
        spots = self.page.evaluate("words => lookup.spots(words)", list(words))
        assert spots, f"nothing of {words} lies where a click could meet it"
        x, y = spots[len(spots) // 2]
        self.page.mouse.click(x, y)
        self.card.wait_for()
        return self.card

    def choose(self, scenario: str) -> None:
        """Switch the map to another state of the world."""
        self.page.get_by_role("combobox", name="Scenario").select_option(scenario)

    def picture(self) -> bytes:
        """Return a picture of the middle of the map, where no panel lies, as PNG."""
        clip: FloatRect = {"x": 560, "y": 250, "width": 520, "height": 400}
        return self.page.screenshot(animations="disabled", clip=clip)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text}")

    def _dismiss(self, dialog: Dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _note(self, request: Request) -> None:
        if not request.url.startswith(_OF_THE_FILE):
            self.asked.append(request.url)


def _refuse(route: Route) -> None:
    route.abort()
