"""Backups: everything in one file, its keys apart, and the way back from it. See docs/backup.md."""
