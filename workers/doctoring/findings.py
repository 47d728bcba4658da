"""A check, and what it finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Level(StrEnum):
    """How bad it is: an error stops people's work or loses something, a warning will."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong; `mend` where the check's own advice does not fit it."""

    level: Level
    said: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """When the doctor looks, and whether this is a trial, of which less is asked."""

    now: datetime
    today: date
    trial: bool

    def strict(self) -> Level:
        """For what a trial may lack."""
        return Level.WARNING if self.trial else Level.ERROR


@dataclass(frozen=True, slots=True)
class Check:
    """`needs` names what must answer first: the database, the queues."""

    name: str
    what: str
    mend: str
    ask: Callable[[Visit], Iterator[Finding]]
    needs: str = ""


def error(said: str, mend: str = "") -> Finding:
    return Finding(Level.ERROR, said, mend)


def warning(said: str, mend: str = "") -> Finding:
    return Finding(Level.WARNING, said, mend)
