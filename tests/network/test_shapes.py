"""Shapes as they are stored, against the geometries that they were stored from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np
import shapely

import geo.network.assembly
from geo.network.assembly import assemble
from geo.network.kept import packed, unpacked
from tests.small import SmallAtlas

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_shapes_are_made_one_by_one_or_many_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(geo.network.assembly, "LEAST_COMPONENT", 1)
    built = assemble(cast("Any", SmallAtlas(tmp_path)))
    stored = unpacked(packed(built)).shapes
    for at in range(len(built.shapes)):
        assert stored[at].equals_exact(built.shapes[at])
    some = np.array([2, 0, 2])
    assert (shapely.to_wkb(stored[some]) == shapely.to_wkb(built.shapes[some])).all()
    some_not = np.arange(len(stored)) % 2 == 0
    assert len(stored[some_not]) == some_not.sum()
    assert len(stored[some[:0]]) == 0
