"""A template and figures in, a draft out: what is said, and of which figures it is made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import eq, ge, gt, le, lt
from pathlib import Path

from casetrack.stats.comparing import Compare
from reports.drafting.references import Reference
from reports.drafting.sources import Cited, Source, groups
from reports.drafting.templates import Condition, Named, Optional, Part, Section, Shown, Template, Text, Word
from reports.drafting.wording import change, plain

RELATIONS = {"=": eq, ">": gt, "<": lt, ">=": ge, "<=": le}
COMPARED = {Shown.CHANGE: (Compare.YEAR, "同比"), Shown.MONTHLY: (Compare.MONTH, "环比")}


@dataclass(frozen=True, slots=True)
class Citation:
    """A figure where it stands in the text: as written there, and itself."""

    text: str
    cited: Cited


Fragment = str | Citation
Line = tuple[Fragment, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading of a level, and what is said under it: one paragraph, or none."""

    level: int
    heading: str
    body: Line


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as far as the record can write it. `facts` say of which figures: period, cut-off, edition.

    In Word it goes into the office's own `frame` where there is one.
    """

    title: str
    chapters: tuple[Chapter, ...]
    dated: date
    facts: Mapping[str, str] = field(default_factory=dict)
    frame: Path | None = None

    @property
    def cited(self) -> tuple[Cited, ...]:
        """Every figure once, in the order of the text."""
        found = [each.cited for chapter in self.chapters for each in chapter.body if isinstance(each, Citation)]
        return tuple({each.reference: each for each in found}.values())


class NothingToSay(Exception):
    """A figure in what was to be said says nothing."""


def write(
    template: Template, source: Source, words: Mapping[str, str], *, facts: Mapping[str, str], dated: date
) -> Draft:
    said = Writer(source, words)
    chapters = tuple(said.chapters(template.sections))
    return Draft(plain_text(said.line(template.title)), chapters, dated, facts)


def plain_text(line: Line) -> str:
    return "".join(each if isinstance(each, str) else each.text for each in line)


def joined(line: Line) -> Line:
    """Words beside words as one piece."""
    pieces = groupby(line, key=lambda each: isinstance(each, str))
    return tuple(piece for words, found in pieces for piece in ([plain_text(tuple(found))] if words else list(found)))


class Writer:
    """Says what can be said of the figures of one source."""

    def __init__(self, source: Source, words: Mapping[str, str]) -> None:
        self.source, self.words = source, words

    def chapters(self, sections: Sequence[Section]) -> Iterator[Chapter]:
        """Sections with something under them: sentences, or a section of a lower level that has."""
        waiting: list[Chapter] = []
        for section in sections:
            waiting = [chapter for chapter in waiting if chapter.level < section.level]
            body = tuple(
                fragment for sentence in section.sentences for fragment in self.first_of(sentence.ways, sentence.when)
            )
            chapter = Chapter(section.level, plain_text(self.line(section.heading)), joined(body))
            if body:
                yield from (*waiting, chapter)
                waiting = []
            else:
                waiting.append(chapter)

    def first_of(self, ways: Sequence[Text], when: Sequence[Condition]) -> Line:
        if not all(self.holds(condition) for condition in when):
            return ()
        for way in ways:
            try:
                return self.line(way)
            except NothingToSay:
                continue
        return ()

    def holds(self, condition: Condition) -> bool:
        left, right = self.number(condition.left), self.number(condition.right)
        return left is not None and right is not None and bool(RELATIONS[condition.relation](left, right))

    def number(self, side: Reference | int) -> Decimal | None:
        value = side if isinstance(side, int) else self.source.find(side).value
        return None if value is None else Decimal(value)

    def line(self, parts: Sequence[Part]) -> Line:
        """Raises NothingToSay where a figure outside of brackets says nothing."""
        return tuple(fragment for part in parts for fragment in self.fragments(part))

    def fragments(self, part: Part) -> Line:
        if isinstance(part, str):
            return (part,)
        if isinstance(part, Word):
            return (self.words[part.name],)
        if isinstance(part, Optional):
            try:
                return self.line(part.parts)
            except NothingToSay:
                return ()
        return self.listed(part) if part.reference.by else (self.citation(part),)

    def citation(self, named: Named) -> Citation:
        cited = self.source.find(named.reference)
        if cited.value is None or not (named.may_be_nothing or cited.says_something):
            raise NothingToSay(named.reference.name)
        if named.shown in COMPARED:
            compare, label = COMPARED[named.shown]
            said = change(cited.against(compare), label)
            if said is None:
                raise NothingToSay(named.reference.name)
            return Citation(said, cited)
        bare = named.shown is Shown.BARE
        return Citation(plain(cited.value, cited.indicator.decimals) if bare else cited.shown, cited)

    def listed(self, named: Named) -> Line:
        """民事6件、刑事90件"""
        found = groups(self.source, named.reference)
        if len(found) < (2 if named.shown is Shown.PARTS else 1):
            raise NothingToSay(named.reference.name)
        line: list[Fragment] = []
        for label, cited in found:
            line += [f"{'、' if line else ''}{label}", Citation(cited.shown, cited)]
        return tuple(line)
