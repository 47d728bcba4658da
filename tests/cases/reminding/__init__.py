"""Reminders: found once, written without persons, sent once as far as that can be."""
