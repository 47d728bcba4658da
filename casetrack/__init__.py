"""Casetrack: cases, law, deadlines and the figures that trace back to them."""

__version__ = "1.0.0"
