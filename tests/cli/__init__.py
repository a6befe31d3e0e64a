"""Tests of the command `crescent`."""
