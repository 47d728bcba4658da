"""A calendar as other programs read it: nothing breaks out of its line, and no line is too long."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from casetrack.lib.icalendar import WholeDay, calendar, escaped, folded

STAMP = datetime(2026, 11, 28, 1, 2, 3, tzinfo=UTC)


def test_an_entry_is_a_whole_day() -> None:
    file = calendar(
        [WholeDay("7-mediation.conclude-9@casetrack", date(2026, 12, 1), "人调1号 调解期限")], name="期限", stamp=STAMP
    )

    lines = file.decode().split("\r\n")
    assert lines[lines.index("BEGIN:VEVENT") : -2] == [
        "BEGIN:VEVENT",
        "UID:7-mediation.conclude-9@casetrack",
        "DTSTAMP:20261128T010203Z",
        "DTSTART;VALUE=DATE:20261201",
        "SUMMARY:人调1号 调解期限",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]
    assert (lines[0], lines[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""])


def test_what_would_end_a_text_is_escaped() -> None:
    assert escaped("一；a;b,c\\d\r\nEND:VEVENT\x07") == "一；a\\;b\\,c\\\\d\\nEND:VEVENT"


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_folded_lines_are_short_and_lose_nothing(text: str) -> None:
    pieces = list(folded(text))

    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == text
    assert all(piece.startswith(" ") for piece in pieces[1:])
