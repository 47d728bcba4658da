"""Months: who has confirmed, closing, editions and what changed since, as pages."""
