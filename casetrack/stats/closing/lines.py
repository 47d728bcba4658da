"""How editions are written down for digests: pure, so that an archive is checked without database or settings."""

import hashlib
import json

NO_CASES = hashlib.sha256().hexdigest()
"""The digest of an empty list."""


def canonical(said: object) -> str:
    """The one way to write what is digested."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(said: object) -> str:
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def line(case: int, number: int, base: int | None) -> str:
    """How a case stands in the list of a figure: its key and what it adds; of a rate, to either part."""
    return f"{case}:{number}\n" if base is None else f"{case}:{number}/{base}\n"


def line_of_head(case: int, events: int, head: str) -> str:
    return f"{case}:{events}:{head}\n"
