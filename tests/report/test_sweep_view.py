"""A sweep at the terminal: what matters most comes first, and nothing is cut off."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from rich.console import Console

from geo.analysis.sweep import Sweep
from geo.report.sweep_view import shares_view, sweep_records, sweep_view, tornado_view

if TYPE_CHECKING:
    from rich.console import RenderableType

MEASURES = ("usd", "hours", "kg_co2", "generalised_usd")


def text_of(view: RenderableType) -> str:
    """Draw a view as it looks in 120 columns."""
    console = Console(file=io.StringIO(), width=120, highlight=False)
    console.print(view)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def made() -> Sweep:
    bands = {
        f"{measure}_{name}": value
        for measure in MEASURES
        for name, value in {"p5": 100.0, "p50": 1955.0, "p95": 6549.0}.items()
    }
    row = {"scenario": "made", "corridor": "tkr-tsr", "origin": "busan", "destination": "moscow"}
    shares = {"p_rail": 0.25, "p_land": 0.125, "p_of_route": 0.5}
    lost = {name: float("nan") for name in bands | shares}
    other = row | {"destination": "[red]oslo"}
    summary = pd.DataFrame([row | bands | shares, other | lost])
    ranks = pd.DataFrame([row | {"p_first": 1.0}, other | {"p_first": 0.0}])
    parameters = {
        "draws": 10_000,
        "sampling": "latin",
        "seed": 1,
        "goods": "general",
        "time_value": "ad-valorem",
    }
    return Sweep(Path("out"), {"parameters": parameters, "digest": "d"}, summary, ranks)


def test_a_band_a_pair() -> None:
    text = text_of(sweep_view(made()))
    assert "Sweep of 10,000 draws" in text
    assert "busan – moscow, tkr-tsr" in " ".join(text.split())
    assert "100–6\u202f549" in text.replace("\u2009", "\u202f").replace("\xa0", "\u202f")
    # A name is text, never markup.
    assert "[red]oslo" in text


def test_records_have_no_nan() -> None:
    records = sweep_records(made())
    assert records["summary"][1]["usd_p50"] is None
    assert records["summary"][0]["p_rail"] == 0.25


def test_the_largest_swing_comes_first() -> None:
    pair: dict[str, object] = {"origin": "busan", "destination": "moscow"}
    rows = [
        pair | {"variable": name, "at_p5": 1.0, "at_base": 2.0, "at_p95": 3.0, "swing": swing}
        for name, swing in (("sea-freight:money", 900.0), ("toll:money", 2.0))
    ]
    text = text_of(tornado_view(pd.DataFrame(rows)))
    assert text.index("sea-freight:money") < text.index("toll:money")
    share = pair | {"variable": "toll:money"}
    share |= {"first": 0.25, "first_conf": 0.01, "total": 0.5, "total_conf": 0.02}
    assert "0.25" in text_of(shares_view(pd.DataFrame([share])))
