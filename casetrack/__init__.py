"""Casetrack: cases, law, deadlines and the figures that trace back to them."""
