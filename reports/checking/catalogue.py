"""The names that the catalogue itself gives its figures and groups: words that are such a name need no guessing."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from casetrack.stats.dimensions import applies
from casetrack.stats.indicators import SUBJECTS, Indicator
from reports.checking.text import simplified

BETWEEN = "·"


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure as the catalogue calls it: 信访·收到（来信）."""

    subject: str
    measure: str
    dimensions: Mapping[str, str]


@cache
def values_of(subject: str) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """What each label or synonym of a subject's groups may stand for: dimension and value."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for field in SUBJECTS[subject].dimensions if subject in SUBJECTS else ():
        for choice in field.choices:
            for word in dict.fromkeys((choice.label, *choice.synonyms)):
                name = simplified(word)
                found[name] = (*found.get(name, ()), (field.name, choice.code))
    return found


def value_named(subject: str, words: str) -> dict[str, str]:
    """The group that the words are the name of, where they are no other's."""
    found = values_of(subject).get(words, ())
    return dict(found) if len(found) == 1 else {}


@cache
def entries() -> Mapping[str, Indicator]:
    return {
        simplified(f"{subject.label}{BETWEEN}{indicator.label}"): indicator
        for subject in SUBJECTS.values()
        for indicator in subject.measures.values()
    }


def entry_named(words: str) -> Entry | None:
    """The figure that the words are the whole name of, with the groups it is narrowed to."""
    indicator, where = entries().get(words), ""
    if indicator is None and words.endswith(")"):
        called, _, where = words[:-1].rpartition("(")
        indicator = entries().get(called)
    if indicator is None:
        return None
    dimensions: dict[str, str] = {}
    names = values_of(indicator.subject)
    for group in filter(None, where.split(";")):
        known = [dict(names.get(label, ())) for label in ([group] if group in names else group.split("、"))]
        fitting = (name for name in known[0] if applies(indicator, (name,)) and all(name in each for each in known))
        if not (name := next(fitting, "")):
            return None
        dimensions[name] = ",".join(each[name] for each in known)
    return Entry(indicator.subject, indicator.measure, dimensions)
