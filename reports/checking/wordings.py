"""Figures that a text implies without a number: 已全部办结, 均为维持, 均出庭应诉, 与上年持平, 其余正在办理."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from reports.checking.claims import Nearness
from reports.checking.figures import Figure
from reports.checking.lexicon import GENERAL, SUBJECTS
from reports.checking.lexicon import changes as words
from reports.checking.mentions import Mention
from reports.checking.naming import measures_said, values_said
from reports.checking.passages import CLAUSE_END, Place
from reports.checking.units import Sort

ALL = re.compile(
    r"(?:已|均|皆)?(?:全部|全数|悉数|均已|均为|均系|均获|均(?=[依按在]|办|结|审|受|调|化|履|维|驳|撤|确))(?!门|分|分别)"
)
APPEARED = re.compile(
    r"(?:负责人|领导|首长|局长|县长|市长|区长)[^,。;\d]{0,10}(?:均|全部|都)"
    r"(?:按要求|依法|按时|按规定|能)?出庭(?:应诉)?(?!率)"
)
REST = re.compile(
    r"(?:其余|剩余|余下)(?:的)?(?:案件|事项|信访事项|信访件)?(?:均|全部|正|尚|仍)*(?:正在|在)(?:办理|审理|化解|调解|处理)"
)
PLANNED = re.compile(r"方案|措施|责任|计划|台账|率")  # not yet done, or a rate of its own
MANY, NOUGHT = Decimal(100), Decimal(0)
CLOSING = frozenset({"closed", "concluded", "decided", "settled", "succeeded"})
TAKEN_IN = frozenset({"received", "accepted", "handled"})
NOWHERE = -1
ENDED = re.compile(r"[。!?\n]")
SAID = 40  # so far behind 全部 stands what is said of all
REACH = 80  # so far behind a figure words may speak of it


class Implied:
    """Looks for what words imply about the figures before them."""

    def __init__(self, text: str, figures: Sequence[Figure]) -> None:
        self.text, self.figures = text, figures
        self.starts = [figure.place.mention.start for figure in figures]
        self.ends = [figure.place.mention.end for figure in figures]

    def all(self) -> Iterator[Figure]:
        for found in ALL.finditer(self.text):
            yield from self.whole(found)
        for found in APPEARED.finditer(self.text):
            yield implied(found.start(), found.end(), MANY, "litigation", "head_appearance_rate")
        for found in words.FLAT.finditer(self.text):
            place = self.spoken_of(found.start())
            if place is not None:
                measure = "received_year_on_year" if self.figures[place].measure == "received" else ""
                dimensions = self.figures[place].dimensions
                subject = self.figures[place].subject
                yield implied(found.start(), found.end(), NOUGHT, subject, measure, dimensions, change="flat")
        for found in REST.finditer(self.text):
            yield from self.rest(found)

    def whole(self, found: re.Match[str]) -> Iterator[Figure]:
        """已全部办结: the count before, now as what the words behind say of all of them."""
        limit = min(len(self.text), found.end() + SAID)
        end = CLAUSE_END.search(self.text, found.end(), limit)
        stop = end.start() if end else limit
        place = self.spoken_of(found.start())
        if place is None or bisect_left(self.starts, found.start()) < bisect_left(self.starts, stop):
            return
        figure, said = self.figures[place], self.text[found.end() : stop]
        if PLANNED.search(said):
            return
        for each in measures_said(SUBJECTS[figure.subject], said, Sort.CASES)[::-1][:2]:
            values = values_said(SUBJECTS[figure.subject], said)
            dimensions = {**figure.dimensions, **values, **dict(each.dimensions)}
            if each.measure and (each.measure, dimensions) != (figure.measure, dict(figure.dimensions)):
                yield implied(
                    *(found.start(), stop, figure.value, figure.subject, each.measure, dimensions),
                    unit=figure.unit,
                    sort=figure.sort,
                )

    def rest(self, found: re.Match[str]) -> Iterator[Figure]:
        """其余正在办理: what is left of the count before last."""
        place = self.spoken_of(found.start())
        if not place or re.match(r"[^,。;]{0,2}\d", self.text[found.end() : found.end() + 3]):
            return
        last, total = self.figures[place], self.figures[place - 1]
        together = total.place.sentence == last.place.sentence and total.sort is last.sort and total.value >= last.value
        if together and last.measure in CLOSING and total.measure in TAKEN_IN:
            left = total.value - last.value
            yield implied(
                *(found.start(), found.end(), left, last.subject, "pending", total.dimensions),
                unit=last.unit,
                sort=last.sort,
            )

    def spoken_of(self, start: int) -> int | None:
        """The count of cases that words speak of: the last before them in their sentence, unless one of several."""
        place = bisect_right(self.ends, start) - 1
        if place < 0 or start - self.ends[place] > REACH or ENDED.search(self.text, self.ends[place], start):
            return None
        figure = self.figures[place]
        if figure.part_of is not None and figure.part_of + 1 < place:
            total = self.figures[figure.part_of]
            if total.measure == figure.measure:  # the last of several parts: what is said is said of their total
                return figure.part_of if self.counted(total) else None
        joined = figure.place.before.startswith(("、", "和", "及"))
        listed = joined and place > 0 and self.figures[place - 1].sort is figure.sort
        return place if self.counted(figure) and not listed else None

    def counted(self, figure: Figure) -> bool:
        return figure.is_count and figure.sort is Sort.CASES and figure.subject != GENERAL


def implied(
    start: int,
    end: int,
    value: Decimal,
    subject: str,
    measure: str,
    dimensions: Mapping[str, str] | None = None,
    *,
    unit: str = "%",
    sort: Sort = Sort.RATE,
    change: str = "",
) -> Figure:
    """A figure at the words that imply it; it stands in no sentence, so that no relation is looked for."""
    mention = Mention(start, end, value, unit, sort, Nearness.EXACT, 0)
    place = Place(mention, NOWHERE, NOWHERE, NOWHERE, 0, "", "", "", "", "")
    return Figure(place, subject, measure, dimensions or {}, "", change, stated=False)
