"""What is being done: the number of the request or of the job, known to every line that is logged meanwhile.

A number is told on the telephone, so it has no letter that sounds or looks like another.
"""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, fields

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
PARTS, LETTERS = 3, 4
OURS = rf"[{ALPHABET}]{{{LETTERS}}}(?:-[{ALPHABET}]{{{LETTERS}}}){{{PARTS - 1}}}"
UUID = r"[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}"
WELL_FORMED = re.compile(rf"{OURS}|{UUID}")
"""What a proxy may give: a UUID, as they do, or a number of ours. Too long for a telephone's or a person's number."""


@dataclass(frozen=True, slots=True)
class Doing:
    """The number of the request; in a worker also of the job, and what it runs. The request is the one that asked."""

    request_id: str = ""
    job_id: str = ""
    function: str = ""

    def said(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if value}


NAMES = tuple(each.name for each in fields(Doing))
NOTHING = Doing()
_doing: ContextVar[Doing] = ContextVar("doing", default=NOTHING)


def doing() -> Doing:
    return _doing.get()


@contextmanager
def at_work(now: Doing) -> Iterator[Doing]:
    """Every line that is logged within says so."""
    token = _doing.set(now)
    try:
        yield now
    finally:
        _doing.reset(token)


def number_of(given: str) -> str:
    """The number that was given with a request, if it is one; else a new one."""
    return given if WELL_FORMED.fullmatch(given) else new_number()


def new_number() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(PARTS))
