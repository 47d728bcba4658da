"""Figures as pages: of a place and a period, one with its parts, and what lies behind it."""
