"""Plausible cases for load and benchmarks: real steps, really folded, loaded by COPY."""
