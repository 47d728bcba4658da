"""What a case can be found by: the names in it, its number, what it is about. Personal numbers are left out.

One line each, so that no word is found across two of them. `Case.search_text` is set where a case's standing is.
"""

import re
from collections.abc import Iterable

from casetrack.cases.grams import plain
from casetrack.cases.titles import subject_of
from casetrack.kinds import KINDS
from casetrack.kinds.base import Facts

LONGEST = 1000
"""So many characters of an account are searched; what is longer is there to be read."""
PERSONAL_NUMBER = re.compile(r"(?:\d[-‐-―－]?){7,}x?")


def search_text(*, kind: str, names: str, number: str, values: Facts, private: Facts) -> str:
    """The text of a case: `names` is the line of those in it."""
    told = [str(private[name]) for name in accounts_of(kind) if private.get(name)]
    accounts = [without_numbers(plain(text))[:LONGEST] for text in told]
    return "\n".join([names, plain(number), plain(subject_of(kind, values)), *accounts])


def names_line(names: Iterable[str]) -> str:
    """The first line of the text: who is in the case."""
    return without_numbers("、".join(plain(name) for name in names if name))


def names_in(text: str) -> str:
    return text.partition("\n")[0]


def accounts_of(kind: str) -> list[str]:
    """The fields in which people told what the case is about, when it came in."""
    declared = KINDS[kind]
    return [name for name in declared.opening.records if declared.field_named[name].personal]


def without_numbers(text: str) -> str:
    """A telephone or identity number that someone wrote into a text finds nobody."""
    return PERSONAL_NUMBER.sub("*", text)
