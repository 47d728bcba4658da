"""The layout of production: declared once, and run for real."""
