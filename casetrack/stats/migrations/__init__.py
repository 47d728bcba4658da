"""Migrations of stats."""
