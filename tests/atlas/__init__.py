"""Tests of `geo.atlas`."""
