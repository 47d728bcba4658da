"""Ledgers and registers as offices keep them in Excel: read, understood row by row, taken in, and undone."""
