"""The command `crescent`: its verbs and its version; the installed script runs `app`.

Importing this must stay cheap; each verb loads what it needs when it runs.
"""

from __future__ import annotations

from typing import Annotated

import typer

from geo.cli import (
    alliances,
    audit,
    balance,
    check,
    compare,
    corridors,
    data,
    decide,
    encircle,
    figure,
    goods,
    layers,
    map,  # noqa: A004 - the verb is called so
    osm,
    places,
    rank,
    reach,
    robustness,
    route,
    scenarios,
    sets,
    sources,
    study,
    sweep,
    table,
    tracks,
    zones,
)
from geo.cli.command import CrescentCommand

__all__ = ["app"]

app = typer.Typer(
    name="crescent",
    help="Rail corridors between Korea and Eurasia: routes, costs, times and maps.",
    epilog="Example: crescent route Busan Moscow --corridor tkr-tsr --scenario reopened",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _example(text: str) -> str:
    return f"Example: {text}"


app.command("study", cls=CrescentCommand, epilog=_example("crescent study --out maps"))(study.study)
app.command(
    "route",
    cls=CrescentCommand,
    epilog=_example("crescent route Gaesong Moscow --via Wonsan --scenario reopened"),
)(route.route)
app.command(
    "table",
    cls=CrescentCommand,
    epilog=_example("crescent table --origins zones --destinations moscow,rotterdam -f md"),
)(table.table)
app.command("layers", cls=CrescentCommand, epilog=_example("crescent layers lines -o lines.gpkg"))(
    layers.layers
)
app.command("scenarios", cls=CrescentCommand, epilog=_example("crescent scenarios reopened"))(
    scenarios.scenarios
)
app.command("corridors", cls=CrescentCommand, epilog=_example("crescent corridors tkr-tsr"))(
    corridors.corridors
)
app.command("goods", cls=CrescentCommand, epilog=_example("crescent goods electronics"))(
    goods.goods
)
app.command("sources", cls=CrescentCommand, epilog=_example("crescent sources haul-rus"))(
    sources.sources
)
app.command("places", cls=CrescentCommand, epilog=_example("crescent places kaesong"))(
    places.places
)
app.command(
    "reach",
    cls=CrescentCommand,
    epilog=_example("crescent reach Gaesong --hours 24,48 -s reopened"),
)(reach.reach)
app.command(
    "encircle", cls=CrescentCommand, epilog=_example("crescent encircle --set sco --on 2025")
)(encircle.encircle)
app.command("zones", cls=CrescentCommand, epilog=_example("crescent zones gaesong -s reopened"))(
    zones.zones
)
app.command(
    "tracks",
    cls=CrescentCommand,
    epilog=_example("crescent tracks --path parallel --pairs Gaesong:Seoul"),
)(tracks.tracks)
app.command(
    "compare",
    cls=CrescentCommand,
    epilog=_example("crescent compare severed-2026 reopened --destinations moscow -o change.html"),
)(compare.compare)
app.command(
    "decide",
    cls=CrescentCommand,
    epilog=_example("crescent decide Busan Rotterdam -s modernised --ways tkr-tsr,sea-suez"),
)(decide.decide)
app.command(
    "rank",
    cls=CrescentCommand,
    epilog=_example("crescent rank reopen-gyeongui reopen-donghae north-track-60"),
)(rank.rank)
app.command(
    "rankings", cls=CrescentCommand, epilog=_example("crescent rankings eremina-sohn-2010")
)(rank.rankings)
app.command(
    "robustness",
    cls=CrescentCommand,
    epilog=_example("crescent robustness --origins busan --destinations europe -s reopened"),
)(robustness.robustness)
app.command("audit", cls=CrescentCommand, epilog=_example("crescent audit four-times-eu"))(
    audit.audit
)
app.command("sets", cls=CrescentCommand, epilog=_example("crescent sets sco --on 2008"))(sets.sets)
app.command("balance", cls=CrescentCommand, epilog=_example("crescent balance --year 2023"))(
    balance.balance
)
app.command(
    "alliances", cls=CrescentCommand, epilog=_example("crescent alliances --organisations csto")
)(alliances.alliances)
app.command(
    "figure",
    cls=CrescentCommand,
    epilog=_example("crescent figure time-cost --pair Busan:Moscow -s reopened -o front.pdf"),
)(figure.figure)
app.command("check", cls=CrescentCommand, epilog=_example("crescent check"))(check.check)
app.command(
    "sweep",
    cls=CrescentCommand,
    epilog=_example("crescent sweep --destinations rotterdam -s reopened --draws 1024"),
)(sweep.sweep)
app.add_typer(map.app, name="map")
app.add_typer(data.app, name="data")
app.add_typer(osm.app, name="osm")


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - as typer calls it
    if wanted:
        from geo import __version__

        typer.echo(f"crescent {__version__}")
        raise typer.Exit


@app.callback()
def crescent(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            help="Show the version and exit.",
            callback=_print_version,
            is_eager=True,
            show_default=False,
        ),
    ] = False,
) -> None:
    """Rail corridors between Korea and Eurasia: routes, costs, times and maps."""
