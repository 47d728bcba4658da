"""Work that takes longer than a request: asked for, run by a worker, seen by its owner while it runs."""
