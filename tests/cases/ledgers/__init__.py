"""Ledgers: cells, sheets, rows, imports."""
