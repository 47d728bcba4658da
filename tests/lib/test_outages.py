"""What stands still around the service is told as such, whoever raised it."""

import errno

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError
from psycopg.errors import DiskFull

from casetrack.lib.outages import AWAY, STORAGE, Outage, outage_of


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OperationalError("server closed the connection"), AWAY),
        (InterfaceError("connection already closed"), AWAY),
        (psycopg.OperationalError("consuming input failed"), AWAY),
        (psycopg.InterfaceError("the connection is closed"), AWAY),
        (DiskFull("could not extend file"), STORAGE),
        (OSError(errno.ENOSPC, "No space left on device"), STORAGE),
        (ProgrammingError("syntax error"), None),
        (psycopg.ProgrammingError("syntax error"), None),
        (FileNotFoundError(errno.ENOENT, "No such file"), None),
    ],
)
def test_an_error_is_an_outage_or_ours_to_mend(error: Exception, told: Outage | None) -> None:
    assert outage_of(error) is told
