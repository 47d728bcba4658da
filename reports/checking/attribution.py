"""What each number counts: subject, measure and dimensions, by its own words and by what was spoken of."""

import re
from collections.abc import Mapping

from reports.checking.figures import Figure
from reports.checking.lexicon import ALIENS, GENERAL, HINT_PATTERN, HINTED, NAME_PATTERN, NAMED, SUBJECTS, Subject
from reports.checking.lexicon import changes as words
from reports.checking.lexicon.base import Said
from reports.checking.passages import Place, places
from reports.checking.units import Sort

STARTERS = frozenset({"received", "accepted", "handled", "mediated", "mediation_committees", "hearings_attended"})
CARRIED = frozenset({"channel", "instance", "division", "level", "category", "source"})


class Reader:
    """Reads a text from its start to its end and remembers what is being spoken of."""

    def __init__(self) -> None:
        self.figures: list[Figure] = []
        self.spoken_of = ""  # the subject last named in the paragraph
        self.paragraph = self.sentence = self.part = -1
        self.frame: Mapping[str, str] = {}
        self.head: int | None = None  # the figure that 其中 speaks of

    def read(self, text: str) -> list[Figure]:
        for place in places(text):
            self.move_to(place)
            self.figures.append(self.understand(place))
        return self.figures

    def move_to(self, place: Place) -> None:
        """Forget what a new paragraph, sentence or part of one ends, and take up what is named on the way there."""
        if place.paragraph != self.paragraph:
            self.spoken_of = ""
        if place.sentence != self.sentence or place.part != self.part:
            self.frame, self.head = {}, None
        self.paragraph, self.sentence, self.part = place.paragraph, place.sentence, place.part
        named = last_named(place.lead, None)
        if named:
            self.spoken_of = named

    def understand(self, place: Place) -> Figure:
        before = place.before
        change = self.change_of(place)
        part_of = self.part_of(place)
        subject, own = self.subject_of(place, part_of, change)
        if subject != GENERAL:
            self.spoken_of = subject
        elif ALIENS.search(before):
            self.spoken_of = ""
        last_year = words.LAST_YEAR.search(before) is not None or is_from(place)
        if subject == GENERAL:
            return Figure(place, GENERAL, "", {}, own, change, last_year, part_of)
        said = measure_said(SUBJECTS[subject], own, place.mention.sort)
        measure = said.measure if said else self.usual(subject, place, part_of)
        dimensions = {**values_said(SUBJECTS[subject], own), **dict(said.dimensions if said else ())}
        if change:
            measure = self.changed_measure(subject) if place.mention.sort is Sort.RATE else ""
        elif words.SHARE.search(before) and place.mention.sort is Sort.RATE:
            measure = ""
        framed = self.framed(measure, dimensions, part_of)
        return Figure(place, subject, measure, framed, own, change, last_year, part_of)

    def change_of(self, place: Place) -> str:
        """Whether the figure says by how much something went up or down."""
        found = words.CHANGE_END.search(place.before)
        if found:
            return "up" if found["up"] else "down"
        if place.mention.sort is Sort.POINTS:
            return "up" if "高" in place.before else "down"
        joined = place.before in ("和", "、", "及", "与", "以及")
        if joined and self.figures and place.mention.sort is self.figures[-1].sort:
            return self.figures[-1].change
        return ""

    def part_of(self, place: Place) -> int | None:
        """The figure that this one is a part of: the one before 其中, or before the bracket it stands in."""
        if not self.figures or self.figures[-1].place.sentence != place.sentence:
            return None
        if "其中" in place.lead + place.before:
            self.head = self.head_before(place)
        elif place.depth > self.figures[-1].place.depth:
            return self.head_before(place)
        return self.head if place.mention.is_count else None

    def head_before(self, place: Place) -> int | None:
        for index in range(len(self.figures) - 1, -1, -1):
            figure = self.figures[index]
            if figure.place.sentence != place.sentence:
                return None
            if figure.is_count and figure.sort is place.mention.sort:
                return index
        return None

    def subject_of(self, place: Place, part_of: int | None, change: str) -> tuple[str, str]:
        """The subject of a figure, and the words that said so."""
        sort, before, after = place.mention.sort, place.before, place.after
        previous = self.figures[-1] if self.figures and self.figures[-1].place.sentence == place.sentence else None
        if change or (sort is Sort.RATE and words.SHARE.search(before)):
            named = last_named(before, sort)
            return named or (previous.subject if previous else self.spoken_of or GENERAL), before
        for own in (before, after):
            named = last_named(own, sort)
            if named:
                return named, before + after if own == after else both(before, after, named, sort)
            context = self.spoken_of
            if ALIENS.search(own):
                break
            if context and (measure_said(SUBJECTS[context], own, sort) or values_said(SUBJECTS[context], own)):
                return context, own
            hinted = last_hinted(own, sort)
            if hinted:
                return hinted, own
        if part_of is not None:
            return self.figures[part_of].subject, before
        if previous and not words.CONNECTIVE.sub("", before):
            return previous.subject, before
        return GENERAL, before

    def usual(self, subject: str, place: Place, part_of: int | None) -> str:
        if part_of is not None and self.figures[part_of].subject == subject:
            return self.figures[part_of].measure
        return SUBJECTS[subject].usual.get(place.mention.sort, "")

    def changed_measure(self, subject: str) -> str:
        """The measure of a change in per cent: only that of what was received has a name."""
        previous = self.figures[-1] if self.figures else None
        known = previous is not None and previous.subject == subject and previous.measure == "received"
        return "received_year_on_year" if known else ""

    def framed(self, measure: str, dimensions: Mapping[str, str], part_of: int | None) -> Mapping[str, str]:
        """Dimensions carried from the figure that the clause began with: 来信63件，办结57件."""
        if part_of is not None:
            return dimensions
        if measure in STARTERS:
            self.frame = {name: value for name, value in dimensions.items() if name in CARRIED}
            return dimensions
        return {**self.frame, **dimensions}


def both(before: str, after: str, subject: str, sort: Sort) -> str:
    """The words that say the measure: those behind the number where those before it say none (案件310件办结)."""
    return before if measure_said(SUBJECTS[subject], before, sort) or not after else before + after


def is_from(place: Place) -> bool:
    return words.FROM.search(place.before) is not None and words.TO.search(place.after) is not None


def last_named(text: str, sort: Sort | None) -> str:
    """The subject that the words name last, of those that have figures of the sort."""
    return last_of(NAME_PATTERN, NAMED, text, sort)


def last_hinted(text: str, sort: Sort) -> str:
    return last_of(HINT_PATTERN, HINTED, text, sort)


def last_of(pattern: re.Pattern[str], codes: Mapping[str, tuple[str, ...]], text: str, sort: Sort | None) -> str:
    for found in reversed(pattern.findall(text)):
        for code in codes[found]:
            if sort is None or takes(SUBJECTS[code], sort):
                return code
    return ""


def takes(subject: Subject, sort: Sort) -> bool:
    """Whether a subject has figures of a sort."""
    return sort in subject.usual or any(sort in said.sorts for said in subject.said)


def measure_said(subject: Subject, text: str, sort: Sort) -> Said | None:
    """What the words last say is counted, as far as it comes in figures of the sort."""
    for found in reversed(subject.pattern.findall(text)):
        for said in subject.words[found]:
            if sort in said.sorts:
                return said
    return None


def values_said(subject: Subject, text: str) -> dict[str, str]:
    """The values of dimensions that the words name; several of one dimension together."""
    values: dict[str, list[str]] = {}
    for found in subject.value_pattern.findall(text):
        for value in subject.value_words[found]:
            known = values.setdefault(value.dimension, [])
            if value.value not in known:
                known.append(value.value)
    return {name: ",".join(several) for name, several in values.items()}
