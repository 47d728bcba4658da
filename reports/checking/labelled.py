"""Labelled passages: texts with what a careful reader finds in them, as the README beside the files describes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Expected:
    """A passage with what a careful reader finds in it."""

    text: str
    claims: tuple[tuple[str, str, Decimal, str, bool], ...]  # subject, measure (a|b), value, unit, approximate
    relations: tuple[tuple[str, tuple[Decimal, ...], tuple[str, ...]], ...]  # kind, all its numbers, verdicts


def labelled(written: str) -> Iterator[Expected]:
    """The passages of a labelled file; the README beside the files says how they are written."""
    text = ""
    labels: list[str] = []
    for line in [*written.splitlines(), "> "]:
        if line.startswith(">"):
            if labels:
                yield expected(text.rstrip("\n"), labels)
                text, labels = "", []
            text += line[1:].strip() + "\n"
        elif line.strip() and not line.startswith("#"):
            labels.append(line)


def expected(text: str, labels: list[str]) -> Expected:
    claims, relations = [], []
    for label in labels:
        kind, *rest = label.split()
        if kind == "claim":
            subject, measure, value, unit, *more = rest
            claims.append((subject, measure, Decimal(value), unit, "~" in more))
        elif kind != "none":
            numbers = tuple(Decimal(word) for word in rest if re.fullmatch(r"[\d.]+", word))
            relations.append((kind, numbers, tuple(rest[-1].split("|"))))
    return Expected(text, tuple(claims), tuple(relations))
