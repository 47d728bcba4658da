"""Tests of the papers that offices print."""
