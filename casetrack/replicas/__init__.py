"""Read replicas: lists and statistics are read from a copy that PostgreSQL keeps, and nothing else is.

`doors` names the requests that may be answered so, `middleware` is the one place where that begins, `choosing` finds a
copy that has all that the reader has written, and `router` says which tables are read there.
"""
