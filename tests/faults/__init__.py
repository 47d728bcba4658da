"""Killed, cut off, restarted, all at once: whatever happens, the figures are those of the events."""
