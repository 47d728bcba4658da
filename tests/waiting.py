"""Waiting until something has come about, and for no longer than it may take."""

import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE = 30.0
Found = TypeVar("Found")


def until(happens: Callable[[], Found | None], *, within: float = PATIENCE, every: float = 0.01) -> Found:
    """What it gave when at last it gave something."""
    deadline = time.monotonic() + within
    while not (found := happens()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(every)
    return found
