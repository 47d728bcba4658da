"""What an entry of the lexicon says: words of reports, and the measure or the dimension's value that they name."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from casetrack.kinds import KINDS
from reports.checking.units import Sort

CASES = frozenset({Sort.CASES, Sort.THINGS})
LOOSE_CASES = frozenset({Sort.CASES, Sort.TIMES, Sort.THINGS, Sort.BODIES})
PERSONS = frozenset({Sort.PERSONS, Sort.ATTENDANCE})
TIMES = frozenset({Sort.TIMES})
BODIES = frozenset({Sort.BODIES})
RATE = frozenset({Sort.RATE})
MONEY = frozenset({Sort.MONEY})
DAYS = frozenset({Sort.DAYS})
SESSIONS = frozenset({Sort.TIMES, Sort.BODIES})


@dataclass(frozen=True, slots=True)
class Said:
    """Words that name a measure, with the sorts of figures it comes in and the dimension's value they imply.

    Where one of `when` must be said too, the entry stands before the one that needs nothing.
    """

    measure: str
    words: tuple[str, ...]
    sorts: frozenset[Sort] = CASES
    dimensions: tuple[tuple[str, str], ...] = ()
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """Words that name one value of a dimension."""

    dimension: str
    value: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject of the catalogue with the words it is spoken of by.

    `names` say it by themselves; `hints` say it only where nothing else is spoken of. `usual` is the measure of a
    figure of which no word says what is counted, by the sort of the figure; a sort that is not there is not counted.
    """

    code: str
    names: tuple[str, ...]
    hints: tuple[str, ...]
    usual: Mapping[Sort, str]
    said: tuple[Said, ...] = ()
    values: tuple[Value, ...] = ()
    words: Mapping[str, tuple[Said, ...]] = field(init=False, repr=False, compare=False)
    value_words: Mapping[str, tuple[Value, ...]] = field(init=False, repr=False, compare=False)
    pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)
    value_pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        words: dict[str, tuple[Said, ...]] = {}
        for said in self.said:
            for word in said.words:
                words[word] = (*words.get(word, ()), said)
        values: dict[str, tuple[Value, ...]] = {}
        for value in self.values:
            for word in value.words:
                values[word] = (*values.get(word, ()), value)
        for name, made in (("words", words), ("value_words", values)):
            object.__setattr__(self, name, made)
        object.__setattr__(self, "pattern", any_of(words))
        object.__setattr__(self, "value_pattern", any_of(values))


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of the words, the longest first; of no words, one that finds nothing."""
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)")


def coded(
    kind: str,
    dimension: str,
    leave: tuple[str, ...] = (),
    more: Mapping[str, tuple[str, ...]] | None = None,
    least: int = 2,
) -> tuple[Value, ...]:
    """A dimension's values by the labels and synonyms that the kind declares, but for words that say too little."""
    field_of = {each.name: each for each in (*KINDS[kind].fields, *KINDS[kind].context)}
    return tuple(
        Value(
            dimension,
            choice.code,
            tuple(word for word in (choice.label, *choice.synonyms) if len(word) >= least and word not in leave)
            + (more or {}).get(choice.code, ()),
        )
        for choice in field_of[dimension].choices
    )
