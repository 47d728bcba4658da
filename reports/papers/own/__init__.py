"""Offices' own templates of papers: Word files with the marks that the built-in papers have, looked at and filled."""
