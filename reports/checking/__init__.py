"""The report checker: what a text claims in figures, and whether those figures agree with one another."""
