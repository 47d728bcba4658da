"""What became of the rows that were sent."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

Record = TypeVar("Record")


class Outcome(StrEnum):
    """Sending the same row twice leaves it unchanged."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


class RowRejected(Exception):
    """A single row couldn't be taken; the message says why."""


@dataclass(frozen=True, slots=True)
class RowResult(Generic[Record]):
    """The verdict on one row: a rejected one has its reason, for the person who sent it, the others their record.

    Of a row that was taken the `reason` says what the sender should know of it.
    """

    outcome: Outcome
    reason: str = ""
    record: Record | None = None

    def taken(self) -> Record:
        """The record, where a rejection is not expected."""
        if self.record is None:
            raise RowRejected(self.reason)
        return self.record


@dataclass(slots=True)
class Intake(Generic[Record]):
    """The verdicts on a file's rows in their order, and the records they leave to be written."""

    created: list[Record] = field(default_factory=list)
    changed: list[Record] = field(default_factory=list)
    results: list[RowResult[Record]] = field(default_factory=list)

    def reject(self, reason: str) -> None:
        self.results.append(RowResult(Outcome.REJECTED, reason))

    def create(self, record: Record) -> Record:
        self.created.append(record)
        self.results.append(RowResult(Outcome.CREATED, record=record))
        return record

    def update(self, record: Record, news: dict[str, object], *, note: str = "") -> None:
        """Set what differs; a row that says nothing new leaves the record alone. A `note` says what was set already."""
        differing = {name: value for name, value in news.items() if getattr(record, name) != value}
        for name, value in differing.items():
            setattr(record, name, value)
        if differing or note:
            self.changed.append(record)
        outcome = Outcome.CHANGED if differing or note else Outcome.UNCHANGED
        self.results.append(RowResult(outcome, note, record=record))
