"""Tests of `geo.own`."""
