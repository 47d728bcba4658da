"""Logging on pages: a new case, the next step of one, the correction of what was logged. Works without any script."""
