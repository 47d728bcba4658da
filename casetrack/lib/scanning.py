"""The hook for a virus scanner, any command that reads a file: nothing passes that it did not call clean."""

import subprocess
from collections.abc import Sequence

CLEAN, INFECTED = 0, 1
WITHIN = 60.0  # seconds
LONGEST_WORDS = 200


class Infected(Exception):
    """The scanner found something; the message is what it said."""


class NotScanned(Exception):
    """The scanner gave no answer: it isn't there, hung, or failed. The message is for the log of those who run it."""


def scan(content: bytes, command: Sequence[str]) -> None:
    """Have a file looked at. Raises Infected or NotScanned; returns for what was found clean."""
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=WITHIN, check=False)
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise NotScanned(f"{command[0]}: {type(problem).__name__}") from problem
    words = done.stdout.decode("utf-8", "replace")
    said = " ".join("".join(each if each.isprintable() else " " for each in words).split())[:LONGEST_WORDS]
    if done.returncode == INFECTED:
        raise Infected(said)
    if done.returncode != CLEAN:
        raise NotScanned(f"{command[0]} ended with {done.returncode}")
