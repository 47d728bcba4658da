"""Days with something due, as calendars read them (iCalendar, RFC 5545)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

FOLDED_AT = 75  # octets, the end of line not counted
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})
# a calendar must hold at least one component, also when nothing is due; nothing refers to this one
ZONE = (
    *("BEGIN:VTIMEZONE", "TZID:Asia/Shanghai", "BEGIN:STANDARD", "DTSTART:19700101T000000"),
    *("TZOFFSETFROM:+0800", "TZOFFSETTO:+0800", "END:STANDARD", "END:VTIMEZONE"),
)


@dataclass(frozen=True, slots=True)
class WholeDay:
    """An entry of a day without an hour; whoever reads it again knows it by its `uid`."""

    uid: str
    day: date
    summary: str


def calendar(entries: Iterable[WholeDay], *, name: str, stamp: datetime) -> bytes:
    """The calendar as a file; `stamp` is when it was made."""
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Casetrack//Deadlines//ZH", "CALSCALE:GREGORIAN"),
        *(f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H"),
        *ZONE,
        *(line for entry in entries for line in lines_of(entry, f"{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}")),
        "END:VCALENDAR",
    ]
    return "".join(f"{piece}\r\n" for line in lines for piece in folded(line)).encode()


def lines_of(entry: WholeDay, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(entry.uid)}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}"
    yield f"SUMMARY:{escaped(entry.summary)}"
    yield "TRANSP:TRANSPARENT"  # whoever has something due is free that day all the same
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """A text without what would end it, or begin something else."""
    return "".join(each for each in text.translate(ESCAPES) if each.isprintable())


def folded(line: str) -> Iterator[str]:
    """A line in pieces short enough, cut between characters; each but the first begins with a space."""
    piece, length = "", 0
    for character in line:
        width = len(character.encode())
        if length + width > FOLDED_AT:
            yield piece
            piece, length = " ", 1
        piece, length = piece + character, length + width
    yield piece
