"""Words in Chinese text: every character and every pair of neighbours is indexed, so a word of two can be found.

Chinese puts no blanks between words, and most words have two characters, fewer than a trigram needs.
See docs/decisions/0007-searching.md.
"""

import re
import unicodedata

from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, TextField, Value
from django.db.models.functions import Concat

BLANKS = re.compile(r"\s+")


class Grams(Func):
    """The characters and the pairs of neighbours of a text, as an index holds them; migration 0010 makes it."""

    function = "casetrack_grams"
    output_field = ArrayField(TextField())


def impersonal(column: str) -> Concat:
    """Of a text with a line of names, one of the number and one of the subject before all else: number and subject."""
    number, subject = (
        Func(column, Value("\n"), Value(line), function="split_part", output_field=TextField()) for line in (2, 3)
    )
    return Concat(number, Value("\n"), subject, output_field=TextField())


def plain(text: str) -> str:
    """The one way to write a text for searching: half-width, small letters, no blanks."""
    return BLANKS.sub("", unicodedata.normalize("NFKC", text).casefold())


def words_of(asked: str) -> tuple[str, ...]:
    """What was typed, word by word."""
    return tuple(dict.fromkeys(filter(None, map(plain, asked.split()))))


def grams_of(word: str) -> list[str]:
    """Grams that a text with this word surely holds: they cover it without overlapping more than they must.

    All its pairs would say little more, and the planner, which takes them for independent, expects a handful of rows
    where there are thousands.
    """
    if len(word) < 2:
        return [word]
    places = [*range(0, len(word) - 2, 2), len(word) - 2]
    return list(dict.fromkeys(word[place : place + 2] for place in places))
