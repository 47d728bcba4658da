"""What is anchored: the append-only tables whose rows a day's digest stands for, and how each row is said."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC
from typing import NamedTuple, Self

from casetrack.accounts.models import AuditEntry
from casetrack.cases.marks import at_work, last_key, number, transactions, wait_for
from casetrack.cases.models import AnchorBlock, CaseEvent

BEGINNING = -(2**63)  # before every key, also one that nobody was given
SHORT = 16  # hexadecimal digits of a digest by which a changed row is told from the same one
PATIENCE = 10.0
BUSY = "正在导入或批量登记，请待其完成后再锚定"
LAST_ENTRY = "SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM accounts_auditentry_id_seq"
WRITING = (
    "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'relation' AND granted AND mode = 'RowExclusiveLock'"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    " AND relation = 'accounts_auditentry'::regclass AND pid <> pg_backend_pid()"
)


class Leaf(NamedTuple):
    """A row: its key, its case and its place there, the digest of what it says, and, of a case's first, its number."""

    key: int
    case: int
    sequence: int
    digest: str
    name: str

    def line(self) -> str:
        return json.dumps(self, ensure_ascii=False, separators=(",", ":")) + "\n"

    def short(self) -> Self:
        return self._replace(digest=self.digest[:SHORT])


@dataclass(frozen=True, slots=True)
class Source:
    """A table that is only ever added to: up to which key all of it is in, and its rows past a key, in order."""

    code: str
    label: str
    mark: Callable[[], int]
    between: Callable[[int, int, int | None], Iterator[Leaf]]


def events_between(after: int, upto: int, most: int | None = None) -> Iterator[Leaf]:
    rows = CaseEvent.objects.filter(pk__gt=after, pk__lte=upto).order_by("pk")
    for key, case, sequence, digest, name in rows.values_list("pk", "case_id", "sequence", "hash", "case__number")[
        :most
    ]:
        yield Leaf(key, case, sequence, digest, name if sequence == 1 else "")


def entries_between(after: int, upto: int, most: int | None = None) -> Iterator[Leaf]:
    for entry in AuditEntry.objects.filter(pk__gt=after, pk__lte=upto).order_by("pk")[:most]:
        yield Leaf(entry.pk, entry.case_id or 0, 0, digest_of_entry(entry), "")


def digest_of_entry(entry: AuditEntry) -> str:
    said = {
        "at": entry.at.astimezone(UTC).isoformat(),
        "actor": entry.actor_id,
        "action": entry.action,
        "region": entry.region_code,
        "organization": entry.organization_id,
        "kind": entry.kind,
        "case": entry.case_id,
        "restricted": entry.restricted,
        "purpose": entry.purpose,
        "details": entry.details,
    }
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def settled_event() -> int:
    mark = last_key()
    wait_for(at_work, time.monotonic() + PATIENCE, BUSY)
    return mark


def settled_entry() -> int:
    mark = number(LAST_ENTRY)
    wait_for(lambda: transactions(WRITING, []), time.monotonic() + PATIENCE, BUSY)
    return mark


SOURCES = (
    Source(AnchorBlock.Source.EVENT, "事件", settled_event, events_between),
    Source(AnchorBlock.Source.AUDIT, "审计记录", settled_entry, entries_between),
)
SOURCE_NAMED = {source.code: source for source in SOURCES}
