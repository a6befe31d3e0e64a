"""Tests of `geo.network`."""
