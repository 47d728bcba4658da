"""What a figure of a known subject counts: its measure and dimensions, by its words and by what it is a part of."""

from collections.abc import Mapping
from dataclasses import replace

from reports.checking.catalogue import value_named
from reports.checking.figures import Figure
from reports.checking.lexicon import GENERAL, SUBJECTS
from reports.checking.lexicon import changes as words
from reports.checking.lexicon.base import Said
from reports.checking.lexicon.others import REPORTED
from reports.checking.naming import implied_values, measure_said, values_said
from reports.checking.trail import JOINED, Trail
from reports.checking.trainings import measure_of_training
from reports.checking.units import Sort

STARTERS = frozenset({"received", "accepted", "handled", "mediated", "mediation_committees", "hearings_attended"})
CARRIED = frozenset({"channel", "instance", "level", "category", "source", "division"})
DIVIDED = frozenset({"received", "accepted", "handled", "concluded", "closed", "pending", "effective"})
DONE = frozenset({"settled", "closed", "succeeded", "concluded", "decided"})
YEAR_ON_YEAR = "received_year_on_year"


class Measuring:
    """Gives figures their measures, and remembers the groups that a clause began with."""

    def __init__(self, trail: Trail) -> None:
        self.trail = trail
        self.frame: Mapping[str, str] = {}

    def measured(self, figure: Figure) -> Figure:
        """The figure with its measure and dimensions, of the subject that it has."""
        subject, sort = SUBJECTS[figure.subject], figure.sort
        said = measure_said(subject, figure.own, sort)
        values = self.values_of(figure)
        dimensions = {**values, **implied_values(subject, figure.own, sort)}
        qualified = not dimensions and words.QUALIFIED.search(subject.pattern.sub("", figure.place.before)) is not None
        shared = qualified or (not said and words.SHARE.search(figure.place.before) is not None)
        measure = self.measure_of(figure, said, values)
        if words.OTHERWISE.search(figure.place.before) or figure.change or (sort is Sort.RATE and shared):
            measure = self.risen(figure) if not qualified else ""
        framed = dict(self.framed(figure, measure, dimensions))
        if measure not in DIVIDED:
            framed.pop("division", "")
        if not measure and figure.subject == REPORTED.code:
            return replace(figure, subject=GENERAL, dimensions={})
        part = figure.part_of is not None and (self.trail.figures[figure.part_of].narrowed or not (said or values))
        return replace(figure, measure=measure, dimensions=framed, narrowed=(qualified or part) and bool(measure))

    def values_of(self, figure: Figure) -> Mapping[str, str]:
        subject = SUBJECTS[figure.subject]
        values = values_said(subject, figure.own) or values_said(subject, figure.place.after)
        return values or value_named(figure.subject, words.CONNECTIVE.sub("", figure.place.before))

    def measure_of(self, figure: Figure, said: Said | None, values: Mapping[str, str]) -> str:
        """What is counted: what words say, unless they only call a class of a total (投诉举报处理类113件)."""
        before, of_total = figure.place.before, figure.part_of is not None
        of_class = bool(values) or words.CONNECTIVE.sub("", before).endswith("类")
        only_class = of_total and self.trail.dividing and of_class and not (said and said.dimensions)
        measure = measure_of_training(figure.subject, figure.own, figure.sort)
        measure = measure or (said.measure if said and not only_class else self.usual(figure))
        left = words.REMAINDER.search(before)
        if left is None or (of_total and words.OTHERS.search(left[0])):
            return measure
        return "" if measure in DONE or not (said or values) else measure  # 剩余4件均已制定化解方案

    def risen(self, figure: Figure) -> str:
        """The measure of a change by its own words: only of what was received the catalogue has one."""
        grown = measure_said(SUBJECTS[figure.subject], figure.own, Sort.CASES)
        by_rate = figure.change and figure.sort is Sort.RATE and grown is not None and grown.measure == "received"
        return YEAR_ON_YEAR if by_rate and self.against_last_year(figure) else ""

    def against_last_year(self, figure: Figure) -> bool:
        """Whether a change is against the year before, of a subject that the catalogue has such a figure of."""
        previous = self.trail.previous(figure.place)
        chained = previous.place.before if previous is not None and previous.change else ""  # 环比减少9件，下降18%
        known = YEAR_ON_YEAR in {said.measure for said in SUBJECTS[figure.subject].said}
        return known and not words.OTHER_PERIOD.search(chained + figure.place.before)

    def usual(self, figure: Figure) -> str:
        """The measure where words say none: that of the total, of what the figure is enumerated with, or the usual."""
        previous = self.trail.previous(figure.place)
        if figure.part_of is not None and self.trail.figures[figure.part_of].subject == figure.subject:
            return self.trail.figures[figure.part_of].measure
        listed = figure.place.before.startswith(JOINED) and previous is not None and previous.sort is figure.sort
        if listed and previous is not None and previous.subject == figure.subject:
            return previous.measure
        return SUBJECTS[figure.subject].usual.get(figure.sort, "")

    def of_the_whole(self, figure: Figure, measure: str) -> Mapping[str, str]:
        """What a part has of the figure that it is part of: 行政诉讼案件审结5件，其中撤诉2件."""
        whole = self.trail.figures[figure.part_of] if figure.part_of is not None else None
        narrowed = whole is not None and (whole.measure == measure or (self.trail.dividing and measure in DIVIDED))
        if whole is None or whole.subject != figure.subject or not narrowed:
            return {}
        return {name: value for name, value in whole.dimensions.items() if name in CARRIED}

    def framed(self, figure: Figure, measure: str, dimensions: Mapping[str, str]) -> Mapping[str, str]:
        """Dimensions carried from the figure that the clause began with: 来信63件，办结57件."""
        place = figure.place
        if figure.part_of is not None:
            return {**self.of_the_whole(figure, measure), **dimensions}
        if measure in STARTERS and not place.depth:
            listed = place.before.startswith(JOINED)  # 一审19件、二审8件: what follows is of both
            self.frame = {} if listed else {name: value for name, value in dimensions.items() if name in CARRIED}
            return dimensions
        if measure == "pending" and not self.frame and not dimensions and not words.TOTAL.search(place.before):
            return self.trail.narrowed_to(place, figure.subject, CARRIED)  # 行政案件审结5件，其中…；尚在审理8件
        return {**self.frame, **dimensions}
