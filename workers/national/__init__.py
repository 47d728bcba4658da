"""What goes beyond one database: the record as Parquet, and a recount of it on a cluster of Spark (docs/growing.md)."""
