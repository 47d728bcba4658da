"""Claims of a report against the record of a region and a year: equal, different, or not in the record."""
