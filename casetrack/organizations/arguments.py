"""Arguments of commands: what they name is checked before the command runs, and refused in a sentence."""

from argparse import ArgumentTypeError
from datetime import date
from urllib.parse import urlsplit

from casetrack.organizations.divisions import InvalidCode, complete


def region(text: str) -> str:
    """A division code, completed to twelve digits; a parser turns what is refused into its own message."""
    try:
        return complete(text)
    except InvalidCode as refused:
        raise ArgumentTypeError(str(refused)) from refused


def day(text: str) -> date:
    """A day as 2024-03-01."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}”不是日期，应如2024-03-01") from None


def address(text: str) -> str:
    """Where a service is reached; what a document links to opens a page and runs nothing."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ArgumentTypeError(f"“{text}”不是网址，应如https://casetrack.example")
    return text
