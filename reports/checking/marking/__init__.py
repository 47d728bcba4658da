"""The result of a check as a person reads it: text for a terminal, an annotated page, comments in a Word file."""
