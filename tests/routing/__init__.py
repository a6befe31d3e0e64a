"""Tests of `geo.routing`."""
