"""Migrations of the API app."""
