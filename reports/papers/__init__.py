"""Papers that an office prints of a case: declared one by one, filled from the record, numbered by the office."""
