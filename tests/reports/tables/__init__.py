"""Official tables: each over the same small county, with its figures written out by hand."""
