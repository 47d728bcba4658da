"""What slips into a line of the log and is shaped like a person's number or a secret is taken out of it."""

import logging

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casetrack.lib.logs.formats import JsonLine, PlainLine
from casetrack.lib.logs.scrubbing import LONGEST, scrubbed

SLIPPED = [
    ("duplicate key\nDETAIL:  Key (name, phone)=(张三, x) already exists.", "张三"),
    ("Key (username)=(zhangsan) already exists", "zhangsan"),
    ("sent ct_Zm9vYmFyYmF6cXV4Zm9vYmFy to it", "Zm9v"),
    ("Authorization: Bearer abcdef0123456789", "abcdef"),
    ("postgresql://casetrack:hunter2@db/casetrack refused", "hunter2"),
    ("POST /robot/send?access_token=SEC0ff&x=1", "SEC0ff"),
    ("https://qyapi.example/send?key=693axxx6-7aoc", "693axxx6"),
    ("Cookie: sessionid=8sd7f6; csrftoken=zz", "8sd7f6"),
    ("身份证620503198001011234不符", "620503198001011234"),
    ("身份证62050319800101123X", "62050319800101123X"),
    ("call 13812341234 back", "13812341234"),
    ("tel +86 13812341234", "13812341234"),
    ("电话0938-8212345", "8212345"),
    ("card 6217001234567890123", "6217001234567890123"),
]


@pytest.mark.parametrize(("line", "secret"), SLIPPED)
@pytest.mark.parametrize("form", [PlainLine(messages=True), JsonLine(messages=True), PlainLine(), JsonLine()])
def test_what_slipped_in_is_taken_out(line: str, secret: str, form: logging.Formatter) -> None:
    try:
        raise ValueError(line)
    except ValueError as error:
        caught = (type(error), error, error.__traceback__)
    record = logging.LogRecord("a", logging.ERROR, __file__, 1, "failed: %s", (line,), caught)

    told = form.format(record)

    assert "failed" in told
    assert secret not in told


@pytest.mark.parametrize(
    "line",
    [
        "job 13812 broke with ValueError at workers/jobs.py:138",
        "0b5f6d8e-3f0a-4c5e-9a51-6c8a2e9f7d10 settled 1381234 rows in 620522000000",
        "3f0a4c5e9a516c8a2e9f7d1013812341234a",
        "2026-11-29 17:00:31,319 WARNING django.request: /health/ready 503 12.5 ms",
        "monkey=1 keys=2 coded=3",
    ],
)
def test_what_operators_need_stays(line: str) -> None:
    assert scrubbed(line) == line


def test_a_flood_is_cut() -> None:
    assert len(scrubbed("长" * 100_000)) < LONGEST + 30


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='DETAIL:Key ()=13812341234-@/:.\n\\"ct_', max_size=200))
def test_any_line_is_scrubbed_at_once_and_stays_so(line: str) -> None:
    assert scrubbed(scrubbed(line)) == scrubbed(line)
