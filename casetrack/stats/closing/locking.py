"""Alone with a month: one closing of it at a time, and no office's month sent back while it is closed.

A closing reads as of one moment. What it must not miss has to be kept out before that moment, so its lock is the
session's: one that the transaction took would come after its first look.
"""

import hashlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import date

from django.db import InterfaceError, OperationalError, connection

from casetrack.kinds.refusals import Refused


class ClosingRefused(Refused):
    """The month can't be closed as it stands."""

    code = "closing_refused"


@contextmanager
def alone(region: str, month: date) -> Iterator[None]:
    """Until the closing has committed. Raises ClosingRefused while another closes, or sends back what it would hold."""
    if not had("SELECT pg_try_advisory_lock(%s)", key_of(region, month)):
        raise ClosingRefused(f"{month:%Y-%m}正由他人结账，或正有机构的月报被退回，请稍后核对")
    try:
        yield
    finally:
        with suppress(OperationalError, InterfaceError):  # a session that broke off holds nothing any more
            had("SELECT pg_advisory_unlock(%s)", key_of(region, month))


def keep_from_closing(places: Collection[str], month: date) -> bool:
    """Whether none of these places is being closed, which then none will be until this transaction has ended."""
    keys = sorted({key_of(place, month) for place in places})
    return all(had("SELECT pg_try_advisory_xact_lock_shared(%s)", key) for key in keys)


def key_of(region: str, month: date) -> int:
    return int.from_bytes(hashlib.sha256(f"closing {region} {month}".encode()).digest()[:8], signed=True)


def had(query: str, key: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(query, [key])
        return bool(cursor.fetchone()[0])
