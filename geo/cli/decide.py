"""`crescent decide`: break-even values, sea rates and shares of several ways."""

from __future__ import annotations

from typing import Annotated

import typer

from geo.cli.exports import FormatOption, Telling
from geo.cli.options import (
    DEFAULT_SCENARIO,
    GoodsOption,
    JsonOption,
    OutOption,
    ScenarioOption,
    TimeValue,
    TimeValueOption,
)

__all__ = ["decide"]


def decide(  # noqa: PLR0913 - a verb has as many arguments as options
    origin: Annotated[str, typer.Argument(metavar="FROM", help="Where from.")],
    destination: Annotated[str, typer.Argument(metavar="TO", help="Where to.")],
    *,
    ways: Annotated[
        str, typer.Option("--ways", metavar="C,D", help="Corridors to decide between.")
    ] = "tkr-tsr,sea-suez",
    scenario: ScenarioOption = DEFAULT_SCENARIO,
    goods: GoodsOption = "general",
    all_goods: Annotated[
        bool, typer.Option("--all-goods", help="Tell the costs of all goods.", show_default=False)
    ] = False,
    time_value: TimeValueOption = TimeValue.ad_valorem,
    scale: Annotated[
        float | None,
        typer.Option("--scale", metavar="USD", help="Scale of a logit: adds shares of the ways."),
    ] = None,
    carbon: Annotated[
        float, typer.Option("--carbon", metavar="USD", help="Price of a tonne of CO2.")
    ] = 0.0,
    subsidy: Annotated[
        list[str] | None,
        typer.Option("--subsidy", metavar="ITEM=USD", help="Taken off a rate, per its unit."),
    ] = None,
    text_format: FormatOption = None,
    output: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say for what goods, and at what sea rate, one way beats another."""
    from geo.analysis.decide import decide as weigh
    from geo.analysis.switches import read_subsidies, with_switches
    from geo.report.decision_view import decision_view
    from geo.report.export import Document, about, sheets_of
    from geo.study import Study

    telling = Telling.of(text_format, output, as_json=as_json)

    study = Study(scenario, goods=goods, time_value=time_value.value)
    switched = with_switches(
        study.scenario,
        study.world.card,
        carbon_usd_per_tonne=carbon,
        subsidies=read_subsidies(subsidy or []),
    )
    if switched is not study.scenario:
        study = study.at(switched)
    decision = weigh(
        study,
        origin,
        destination,
        [way.strip() for way in ways.split(",") if way.strip()],
        scale=scale,
        goods=list(study.atlas.goods["goods_id"]) if all_goods else None,
    )
    record = decision.to_dict()
    telling.tell(
        lambda: Document(
            sheets_of(record, name="by_goods"),
            record,
            lambda: about(study.atlas, studies=[study]),
        ),
        lambda: decision_view(decision),
    )
