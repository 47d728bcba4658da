"""A disk on which there is no more room, as a process meets it."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager

ROOM = 50_000


@contextmanager
def disk_full(*, after: int = ROOM) -> Iterator[None]:
    """No file of this process may grow beyond so many bytes, whoever it runs as."""
    before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (after, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))
