"""Regions, the organizations in them, and who may see what."""
