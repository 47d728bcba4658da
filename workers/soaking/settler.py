"""Settling over and over, in small bites, as several workers at once would: so that settlers meet."""

import time
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connection

from casetrack.stats import rollup

AT_ONCE = 2  # offices
PAUSE = 0.1


def settle_until(is_over: Callable[[], bool]) -> None:
    """Where the database goes away it tries again, as a worker does with its next job."""
    while not is_over():
        try:
            while not is_over() and rollup.settle(limit=AT_ONCE):
                pass
        except (OperationalError, InterfaceError):
            connection.close()
        time.sleep(PAUSE)
