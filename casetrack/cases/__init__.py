"""What happened: cases and their append-only events."""
