"""What a case can be found by: the names in it, its number, what it is about. Personal numbers are left out.

One line each, so that no word is found across two of them. `Case.search_text` is set where a case's standing is.
"""

import re
from collections.abc import Iterable

from casetrack.cases.models import Case, Party
from casetrack.cases.titles import subject_of
from casetrack.kinds import KINDS
from casetrack.kinds.base import Facts
from casetrack.lib.grams import plain
from casetrack.lib.masking import ERASED

LONGEST = 1000
"""So many characters of an account are searched; what is longer is there to be read."""
PERSONAL_NUMBER = re.compile(r"(?:\d[-‐-―－]?){7,}x?")


def search_text(*, kind: str, names: str, number: str, values: Facts, private: Facts) -> str:
    """The text of a case that says this; `names` is the line of those in it."""
    told = [str(private[name]) for name in accounts_of(kind) if private.get(name) not in (None, "", ERASED)]
    accounts = [without_numbers(plain(text))[:LONGEST] for text in told]
    return "\n".join([names, plain(number), plain(subject_of(kind, values)), *accounts])


def text_of(case: Case) -> str:
    """The text of a case as it now stands, with the names that were already in it."""
    names = case.search_text.partition("\n")[0]
    return search_text(kind=case.kind, names=names, number=case.number, values=case.values, private=case.private)


def renamed(case: Case) -> str:
    """The same text with the names that now stand among its parties."""
    names = Party.objects.filter(case=case).order_by("pk").values_list("name", flat=True)
    return under_names(names, case.search_text)


def under_names(names: Iterable[str], text: str) -> str:
    """The text with these names in place of those in it."""
    return "\n".join([names_line(names), *text.split("\n")[1:]])


def names_line(names: Iterable[str]) -> str:
    """The first line of the text: who is in the case."""
    return without_numbers("、".join(plain(name) for name in names if name not in ("", ERASED)))


def accounts_of(kind: str) -> list[str]:
    """The fields in which people told what the case is about, when it came in."""
    declared = KINDS[kind]
    return [name for name in declared.opening.records if declared.field_named[name].personal]


def without_numbers(text: str) -> str:
    """A telephone or identity number that someone wrote into a text finds nobody."""
    return PERSONAL_NUMBER.sub("*", text)
