"""One at a time in a data folder; the system frees the lock of one that is killed."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK, ROLLING = "lock", "rolling"
"""Of a layout that runs, and of whoever restarts its web processes in turn."""


class AlreadyThere(Exception):
    """Another one does it."""


@contextmanager
def alone(place: Path, refusal: str) -> Iterator[None]:
    with place.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyThere(refusal) from None
        yield


def is_taken(place: Path) -> bool:
    try:
        with alone(place, ""):
            return False
    except AlreadyThere:
        return True
