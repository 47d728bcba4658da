"""Whole lists as files: what a user's list shows under the same filters, however long it is."""
