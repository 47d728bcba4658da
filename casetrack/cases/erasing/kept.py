"""Erasures written down outside the record: a backup made before one has everything, and so has what is restored of it.

A file of lines of JSON, one an erasure, the oldest first; the last one vouches for them by a key of the service. It
says which case and which of its parties, on which ground, and which two accounts acted; nothing of whom it was about.
"""

import hmac
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from casetrack.cases.models import CaseEvent, Erasure
from casetrack.kinds.refusals import Refused
from casetrack.lib.crypto import stamp

PURPOSE = "erasures"
ANOTHER = "“{name}”不是依法删除的清单，或不完整、被改动过、由别的密钥写成，没有删除任何内容；请改用完好的一份"


class NotAList(Refused):
    """The file is no list of erasures that this service wrote, or not the whole of it."""

    code = "erasures_unreadable"


@dataclass(frozen=True, slots=True)
class Kept:
    """An erasure as the file has it; `opening` is the digest of the case's first event: numbers are given anew."""

    case: int
    number: str
    opening: str
    party: int | None
    ground: str
    reason: str
    asked_by: str
    asked_at: datetime
    ended_by: str
    ended_at: datetime


COLUMNS = (
    *("case_id", "case__number", "opening", "party_id", "ground", "reason"),
    *("asked_by__username", "asked_at", "ended_by__username", "ended_at"),
)
"""In the order of `Kept`."""


def carried_out(since: date | None = None) -> Iterator[Kept]:
    """Those that this record knows of, from a day on."""
    first = CaseEvent.objects.filter(case=OuterRef("case"), sequence=1).values("hash")
    done = Erasure.objects.done().annotate(opening=Subquery(first)).order_by("ended_at", "pk")
    if since:
        done = done.filter(ended_at__date__gte=since)
    for row in done.values_list(*COLUMNS).iterator():
        yield Kept(*row)


def lines(since: date | None, *, key: bytes) -> Iterator[str]:
    """The file, line by line."""
    content = ""
    for each in carried_out(since):
        line = json.dumps(asdict(each), ensure_ascii=False, sort_keys=True, default=datetime.isoformat) + "\n"
        content += line
        yield line
    yield json.dumps({"stamp": stamp(content.encode(), key=key, purpose=PURPOSE)}) + "\n"


def read(content: bytes, *, name: str, keys: Sequence[bytes]) -> list[Kept]:
    """Raises NotAList for anything but a whole file of this service."""
    before, _, last = content.rstrip(b"\n").rpartition(b"\n")
    said = before + b"\n" if before else b""
    try:
        written = str(json.loads(last)["stamp"])
        if not any(hmac.compare_digest(written, stamp(said, key=key, purpose=PURPOSE)) for key in keys):
            raise NotAList(ANOTHER.format(name=name))
        return [kept_in(line) for line in said.decode().splitlines()]
    except (ValueError, KeyError, TypeError) as error:
        raise NotAList(ANOTHER.format(name=name)) from error


def kept_in(line: str) -> Kept:
    said = json.loads(line)
    moments = {name: datetime.fromisoformat(said[name]) for name in ("asked_at", "ended_at")}
    return Kept(**{**said, **moments})
