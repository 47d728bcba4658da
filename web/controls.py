"""What every form and address of the pages shares: the control of a day, and the numbers that pages put into them."""

from datetime import date
from typing import Any

from django import forms

DATE_SHOWN = "%Y-%m-%d"
WRITTEN_DATES = [DATE_SHOWN, "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]
NOT_A_DATE = "这不是日期，应如2024-03-01"
LONGEST_NUMBER = 18


class Day(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format=DATE_SHOWN)


def day_control(**common: Any) -> forms.DateField:
    """A day to fill in, from the calendar or as people write it."""
    messages = {"invalid": NOT_A_DATE, **common.pop("error_messages", {})}
    return forms.DateField(widget=Day(), input_formats=WRITTEN_DATES, error_messages=messages, **common)


def day_written(said: str) -> date | None:
    """The day that a page put into a form or an address; None for what is none."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def number_in(said: str) -> int | None:
    """The whole number that a page put into a form or an address; None for what it never put there."""
    return int(said) if said.isdecimal() and said.isascii() and len(said) <= LONGEST_NUMBER else None
