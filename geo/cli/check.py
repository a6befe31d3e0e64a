"""`crescent check`: lengths of the network beside the published ones; exit 1 if they differ."""

from __future__ import annotations

import typer

from geo.cli.exports import FormatOption, Telling
from geo.cli.options import JsonOption, OutOption  # noqa: TC001 - typer reads them

__all__ = ["check"]

_PUBLISHED = (
    *("published_lengths", "published_sea_lengths", "published_road_lengths"),
    "published_times",
)


def check(
    *,
    text_format: FormatOption = None,
    output: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compare lengths (rail 3 %, sea and road 5 %) and travel times (25 %) with published ones."""
    from geo.report.check import check_lengths, check_records, check_view
    from geo.report.check_road import check_roads, road_view
    from geo.report.check_sea import check_sea, sea_records, sea_view
    from geo.report.check_times import check_times, time_records, times_view
    from geo.report.export import Document, about, sheets_of
    from geo.study import Study

    telling = Telling.of(text_format, output, as_json=as_json)
    study = Study()
    atlas = study.atlas
    result = check_lengths(atlas.published_lengths, atlas.line_stations, atlas.line_parts)
    sea = check_sea(atlas.published_sea_lengths, atlas.attributes("sea_lanes"))
    road = check_roads(atlas)
    times = check_times(study)
    ok = result.ok and sea.ok and road.ok and times.ok
    by_sea = {"ok": sea.ok, "counts": sea.counts, "rows": sea_records(sea)}
    rail = {
        "counts": result.counts,
        "median_error": round(result.median_error, 4),
        "rows": check_records(result),
    }
    by_time = {"ok": times.ok, "counts": times.counts, "rows": time_records(times)}
    by_road = {"ok": road.ok, "counts": road.counts, "rows": check_records(road)}
    sides = {"rail": rail, "sea": by_sea, "road": by_road, "times": by_time}
    names = dict(zip(atlas.places["place_id"], atlas.places["name"], strict=True))
    telling.tell(
        lambda: Document(
            sheets_of({"ok": ok} | {name: one["rows"] for name, one in sides.items()}, name="rail"),
            {"ok": ok, **rail, "sea": by_sea, "road": by_road, "times": by_time},
            lambda: about(atlas, record=sides, tables=_PUBLISHED),
        ),
        lambda: [
            check_view(result, names),
            sea_view(sea, names),
            road_view(road, names),
            times_view(times, names),
        ],
    )
    if not ok:
        raise typer.Exit(1)
