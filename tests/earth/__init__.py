"""Tests of `geo.earth`."""
