"""Tests of tables, exports, maps and the check."""
