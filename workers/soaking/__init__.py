"""A long trial: clients write and settlers count while processes are killed and servers restarted; then all is checked.

`manage.py soak` runs it; docs/faults.md says what it does and how to read it.
"""
