"""Reading reports of every format, and writing remarks into Word files."""
