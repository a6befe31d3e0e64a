"""The check of lengths by road: it passes on the data, and can fail."""

from __future__ import annotations

from unittest.mock import patch

import pandas as pd
import pytest
from pyproj import Geod

from geo.report.check_road import check_roads, road_lengths, road_view
from tests.worlds import study


def test_published_lengths_of_roads_are_met_or_explained() -> None:
    """Within 5 % or 5 km, or with a written reason; most without one."""
    result = check_roads(study().atlas)
    assert result.ok, result.rows.to_string()
    assert result.counts["agrees"] >= 5
    assert "not judged" not in result.counts


def test_a_length_that_is_out_fails_the_check() -> None:
    """A fifth more than published, without an excuse."""
    atlas = study().atlas
    published = atlas.published_road_lengths
    longer = published.assign(length_km=published["length_km"] * 1.2, excuse="")
    with patch.object(type(atlas), "published_road_lengths", longer):
        assert not check_roads(atlas).ok


def test_a_road_that_leads_there_no_more_fails_the_check() -> None:
    atlas = study().atlas
    over_sea = atlas.published_road_lengths.iloc[:1].assign(
        from_place="busan", to_place="tokyo", excuse="no bridge"
    )
    with patch.object(type(atlas), "published_road_lengths", over_sea):
        result = check_roads(atlas)
        assert result.counts == {"no way": 1}
        assert not result.ok
        assert road_view(result, {}).renderables


def test_no_road_is_shorter_than_the_geodesic() -> None:
    """Distances of the ellipsoid from pyproj, less the bends that rounding cuts."""
    atlas = study().atlas
    pairs = pd.DataFrame(
        [("seoul", "busan"), ("moscow", "minsk"), ("beijing", "harbin"), ("busan", "moscow")],
        columns=["from_place", "to_place"],
    )
    lengths = road_lengths(atlas, pairs)
    places = atlas.places.set_index("place_id")
    for (start, goal), km in zip(pairs.itertuples(index=False), lengths, strict=True):
        a, b = places.loc[start], places.loc[goal]
        straight = Geod(ellps="WGS84").inv(a["lon"], a["lat"], b["lon"], b["lat"])[2] / 1000
        assert km > straight * 0.999
        assert km == pytest.approx(straight, rel=0.8)
