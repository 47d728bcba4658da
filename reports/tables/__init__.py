"""Official tables: declared as data, filled from figures, balanced, and laid out as books."""
