"""Tests of `geo.costing`."""
