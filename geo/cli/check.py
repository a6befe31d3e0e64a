"""`crescent check`: lengths of the network beside the published ones; exit 1 if they differ."""

from __future__ import annotations

import typer

from geo.cli.options import JsonOption  # noqa: TC001 - typer reads it at run time
from geo.cli.output import say_json, show

__all__ = ["check"]


def check(*, as_json: JsonOption = False) -> None:
    """Compare lengths (rail 3 %, sea and road 5 %) and travel times (25 %) with published ones."""
    from geo.report.check import check_lengths, check_records, check_view
    from geo.report.check_road import check_roads, road_view
    from geo.report.check_sea import check_sea, sea_records, sea_view
    from geo.report.check_times import check_times, time_records, times_view
    from geo.study import Study

    study = Study()
    atlas = study.atlas
    result = check_lengths(atlas.published_lengths, atlas.line_stations, atlas.line_parts)
    sea = check_sea(atlas.published_sea_lengths, atlas.attributes("sea_lanes"))
    road = check_roads(atlas)
    times = check_times(study)
    ok = result.ok and sea.ok and road.ok and times.ok
    if as_json:
        by_sea = {"ok": sea.ok, "counts": sea.counts, "rows": sea_records(sea)}
        rail = {
            "counts": result.counts,
            "median_error": round(result.median_error, 4),
            "rows": check_records(result),
        }
        by_time = {"ok": times.ok, "counts": times.counts, "rows": time_records(times)}
        by_road = {"ok": road.ok, "counts": road.counts, "rows": check_records(road)}
        say_json({"ok": ok, **rail, "sea": by_sea, "road": by_road, "times": by_time})
    else:
        names = dict(zip(atlas.places["place_id"], atlas.places["name"], strict=True))
        show(check_view(result, names))
        show(sea_view(sea, names))
        show(road_view(road, names))
        show(times_view(times, names))
    if not ok:
        raise typer.Exit(1)
