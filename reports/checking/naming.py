"""What words name: the subject, the measure and the dimensions' values that a stretch of text speaks of."""

import re
from collections.abc import Mapping

from reports.checking.lexicon import ALIENS, HINT_PATTERN, HINTED, NAME_PATTERN, NAMED, SUBJECTS, Subject
from reports.checking.lexicon.base import Said
from reports.checking.lexicon.changes import CONNECTIVE
from reports.checking.passages import Place
from reports.checking.units import Sort

OBJECT = re.compile(r"(?<=审结|办结)(?:行政复议|复议|法律援助|援助)?申请$")  # 审结行政复议申请135件 are concluded


def last_named(text: str, sort: Sort | None, context: str = "") -> str:
    """The subject that the words name last, of those that have figures of the sort.

    What the subject spoken of has the same word for stays with it: 行政案件 is legal aid's where that is spoken of.
    """
    return last_of(NAME_PATTERN, NAMED, text, sort, context)


def last_hinted(text: str, sort: Sort, context: str = "") -> str:
    """The subject that the words hint at last, where nothing is named; the one spoken of before others."""
    for found in reversed(HINT_PATTERN.findall(text)):
        for code in sorted(HINTED[found], key=lambda each: each != context):
            if takes(SUBJECTS[code], sort):
                return code
    return ""


def is_alien(text: str) -> bool:
    """Whether the last thing that words speak of is another than those of the lexicon (涉诉信访案件联席会议21次)."""
    *_, alien = (None, *ALIENS.finditer(NAME_PATTERN.sub(lambda found: "□" * len(found[0]), text)))
    return alien is not None and not CONNECTIVE.sub("", text[alien.end() :])


def last_of(
    pattern: re.Pattern[str], codes: Mapping[str, tuple[str, ...]], text: str, sort: Sort | None, context: str
) -> str:
    for found in reversed(pattern.findall(text)):
        if context and found in SUBJECTS[context].words and sort is not None and takes(SUBJECTS[context], sort):
            return context
        for code in codes[found]:
            if sort is None or takes(SUBJECTS[code], sort):
                return code
    return ""


def takes(subject: Subject, sort: Sort) -> bool:
    """Whether a subject has figures of a sort."""
    return sort in subject.usual or any(sort in said.sorts for said in subject.said)


def measure_said(subject: Subject, text: str, sort: Sort) -> Said | None:
    """What the words last say is counted, as far as it comes in figures of the sort."""
    said = measures_said(subject, text, sort)
    narrower = (each for each in said if each.measure.startswith(f"{said[0].measure}_") and said[0].measure)
    return next(narrower, said[0] if said else None)  # 农民工法律援助案件 are accepted_migrant_worker


def measures_said(subject: Subject, text: str, sort: Sort) -> list[Said]:
    """All that the words say is counted, the last first; a mere noun behind what was done with it last of all."""
    text = OBJECT.sub("", text)
    return [
        said
        for found in reversed(subject.pattern.findall(text))
        for said in subject.words[found]
        if sort in said.sorts and (not said.when or any(word in text for word in said.when))
    ]


def implied_values(subject: Subject, text: str, sort: Sort) -> dict[str, str]:
    """The dimensions' values that the measures said imply: of those that share the last one's measure, all."""
    said = measures_said(subject, text, sort)
    values: dict[str, list[str]] = {}
    for each in reversed(said):
        for name, value in each.dimensions if each.measure == said[0].measure else ():
            if value not in values.setdefault(name, []):
                values[name].append(value)
    return {name: ",".join(several) for name, several in values.items()} if said and said[0].dimensions else {}


def values_said(subject: Subject, text: str) -> dict[str, str]:
    """The values of dimensions that the words name; several of one dimension together."""
    values: dict[str, list[str]] = {}
    for found in subject.value_pattern.findall(text):
        for value in subject.value_words[found]:
            known = values.setdefault(value.dimension, [])
            if value.value not in known:
                known.append(value.value)
    return {name: ",".join(several) for name, several in values.items()}


def own_words(place: Place, own: str, subject: str, sort: Sort) -> str:
    """The words that say the measure: those behind the number too where those before it say none (案件310件办结)."""
    said = own == place.before and measure_said(SUBJECTS[subject], place.before, sort)
    return place.before if said or not place.after else place.before + place.after
