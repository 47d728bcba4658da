"""What each number counts: subject, measure and dimensions, by its own words and by what was spoken of."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from reports.checking.catalogue import value_named
from reports.checking.figures import Figure
from reports.checking.lexicon import ALIENS, GENERAL, SUBJECTS
from reports.checking.lexicon import changes as words
from reports.checking.measuring import DONE, YEAR_ON_YEAR, Measuring
from reports.checking.naming import (
    is_alien,
    last_hinted,
    last_named,
    measure_said,
    own_words,
    takes,
    values_said,
)
from reports.checking.passages import CLAUSE_END, Place, places
from reports.checking.tables import Table
from reports.checking.trail import JOINED, Trail, is_from, other_rates
from reports.checking.trainings import trained
from reports.checking.units import Sort

ABOUT_MEDIATORS = frozenset({"mediation", "organization", "training"})
RATED = {Sort.POINTS: Sort.RATE, Sort.MULTIPLE: Sort.RATE}  # what changes of rates are of
DECIDING = frozenset({"reconsideration", "litigation"})
BEHIND = 4  # more words than this before a number are what it counts; those behind it are then of something else


class Reader:
    """Reads a text from its start to its end and remembers what is being spoken of."""

    def __init__(self) -> None:
        self.trail = Trail()
        self.measuring = Measuring(self.trail)
        self.spoken_of = ""  # the subject last named in the paragraph
        self.elsewhere = ""  # the unit of another thing, where that is spoken of (仲裁案件426件)
        self.paragraph = self.sentence = self.part = -1
        self.names: list[str] = []  # of the numbers still to come, where those are listed behind their names

    def read(self, text: str, tabled: Sequence[Table] = ()) -> list[Figure]:
        """Every number of the running text; those that stand in tables only where a cell holds a passage."""
        silent = [span for table in tabled for span in table.silent()]
        starts = [start for start, _ in silent]
        for place in places(text):
            within = bisect_right(starts, place.mention.start) - 1
            if within >= 0 and place.mention.start < silent[within][1]:
                continue
            self.move_to(place)
            if words.WANTED.search(place.before):
                continue
            figure = self.understand(place)
            self.trail.figures.extend(other_rates(figure))
            self.trail.figures.append(figure)
        return self.trail.figures

    def move_to(self, place: Place) -> None:
        """Forget what a new paragraph, sentence or part of one ends, and take up what is named on the way there."""
        if place.paragraph != self.paragraph:
            self.spoken_of, self.elsewhere = last_named(place.heading, None), ""
        if place.sentence != self.sentence or place.part != self.part:
            self.measuring.frame = {}
            self.trail.move_on(place, sentence=place.sentence != self.sentence)
        self.paragraph, self.sentence, self.part = place.paragraph, place.sentence, place.part
        self.spoken_of = last_named(place.lead, None) or self.spoken_of

    def understand(self, place: Place) -> Figure:
        place = self.named_apart(place)
        change = self.trail.change_of(place)
        last_year = not change and (words.LAST_YEAR.search(place.before) is not None or is_from(place))
        figure = Figure(place, GENERAL, "", {}, place.before, change, last_year, self.trail.part_of(place))
        compared = self.compared_with(figure)
        if compared is not None:
            return compared
        subject, own = self.subject_of(figure)
        if subject == GENERAL:
            return self.unsaid(replace(figure, own=own))
        self.spoken_of, self.elsewhere = subject, ""
        return self.measuring.measured(replace(figure, subject=subject, own=own))

    def unsaid(self, figure: Figure) -> Figure:
        """A figure whose own words say nothing: of what its sentence counts in the unit, with no measure, or general.

        It may be anything about that subject (剩下7件, 稳控人员1071人), so that it is not taken for the usual measure.
        """
        alien = ALIENS.search(figure.place.before) is not None
        self.spoken_of = "" if alien else self.spoken_of
        self.elsewhere = figure.unit if alien else self.elsewhere
        like = "" if alien or ALIENS.search(figure.place.after) else self.trail.subject_before(figure.place)
        like = like or self.trail.subject_beside(figure.place)
        if not like and not alien and self.spoken_of and self.trail.previous(figure.place) is None:
            like = self.spoken_of if figure.sort in (Sort.CASES, Sort.RATE) and len(figure.place.before) < 9 else ""
        fits = like in SUBJECTS and (figure.sort is Sort.DAYS or takes(SUBJECTS[like], figure.sort))
        return replace(figure, subject=like if fits else GENERAL)

    def named_apart(self, place: Place) -> Place:
        """The place with its own name for words, where the names stand before the numbers: 来信、来访分别为6件、9件."""
        found = words.EACH.search(place.before)
        if found:
            names = [name for name in re.split(r"[、和及与]", found[1]) if name]
            self.names = names if len(names) > 1 else []
        elif place.before not in JOINED:
            self.names = []
        return replace(place, before=self.names.pop(0), after="") if self.names else place

    def compared_with(self, figure: Figure) -> Figure | None:
        """The figure as what one before is compared with: last year's, a new value, a change, a share."""
        place, previous = figure.place, self.trail.previous(figure.place)
        if previous is None or last_named(place.before, figure.sort) or self.hints_elsewhere(figure, previous):
            return None
        like = self.trail.like_before(place)
        moved = like is not None and (words.TO.search(place.before) is not None or figure.last_year)
        if like is not None and moved and not figure.change and not self.speaks_for_itself(figure, like.subject):
            return replace(like, place=place, last_year=figure.last_year, part_of=None)
        if self.reaches(figure, previous):
            risen = measure_said(SUBJECTS[previous.subject], previous.place.before, Sort.RATE)
            return replace(figure, subject=previous.subject, measure=risen.measure if risen else "")
        share = figure.sort in (Sort.RATE, Sort.CASES) and words.SHARE.search(place.before) is not None
        if not figure.change and not share:
            return None
        counted = self.trail.like_before(place, Sort.CASES) if figure.change and figure.sort is Sort.RATE else None
        rising = counted is not None and counted.measure == "received" and previous.sort is not Sort.RATE
        rising = rising and self.measuring.against_last_year(replace(figure, subject=previous.subject))
        measure, dimensions = (YEAR_ON_YEAR, counted.dimensions) if rising and counted else ("", {})
        return replace(figure, subject=previous.subject, measure=measure, dimensions=dimensions)

    def reaches(self, figure: Figure, previous: Figure) -> bool:
        """Whether a rate is where the one that rose by points before it got to: 提高2个百分点，达到96.1%."""
        bare = words.CONNECTIVE.sub("", figure.place.before) in ("", "到", "至")
        points = previous.sort is Sort.POINTS and previous.subject != GENERAL
        return bare and points and figure.sort is Sort.RATE and not figure.change

    def hints_elsewhere(self, figure: Figure, previous: Figure) -> bool:
        """Whether a rate is named by a word of another subject than that of the figure before (行政案件原告撤诉率)."""
        hinted = last_hinted(figure.place.before, Sort.RATE, previous.subject) if "率" in figure.place.before else ""
        return bool(hinted) and hinted != previous.subject and not self.speaks_for_itself(figure, previous.subject)

    def speaks_for_itself(self, figure: Figure, subject: str) -> bool:
        """Whether the figure's own words say what is measured (综合纠错率由15%)."""
        return subject != GENERAL and measure_said(SUBJECTS[subject], figure.place.before, figure.sort) is not None

    def subject_of(self, figure: Figure) -> tuple[str, str]:
        """The subject of a figure, and the words that said so."""
        place, sort = figure.place, RATED.get(figure.sort, figure.sort)
        previous = self.trail.previous(place)
        bare = words.CONNECTIVE.sub("", place.before)
        trained_own = place.before if len(bare) > BEHIND else place.before + place.after
        training = trained(trained_own, sort, previous, self.spoken_of)
        if training is not None:
            return training, place.before
        if previous and words.REMAINDER.search(place.before) and previous.subject != GENERAL:
            return previous.subject, place.before + place.after
        behind = words.DOES.split(place.after)[0] if sort in (Sort.BODIES, Sort.PERSONS) else place.after
        object_behind = len(bare) <= BEHIND or words.VERB.search(place.before)
        for own in (place.before, behind) if object_behind else (place.before,):
            subject = self.said_by(own, figure, previous)
            if subject:
                return subject, own_words(place, own, subject, sort)
            if ALIENS.search(own):
                break
        if figure.part_of is not None:
            return self.trail.figures[figure.part_of].subject, place.before
        listed = previous is not None and place.before.startswith(JOINED) and previous.unit == figure.unit
        if previous and listed and len(bare) <= BEHIND and not ALIENS.search(place.before):
            return previous.subject, place.before
        if not previous and (not bare or figure.change):
            named = last_named(CLAUSE_END.split(place.lead.rstrip(",;:"))[-1], sort)
            return named or GENERAL, place.before
        if previous and not bare:
            takes_it = previous.subject != GENERAL and takes(SUBJECTS[previous.subject], sort)
            own = place.before if words.TOTAL.search(place.before) else previous.own
            return (previous.subject, own) if takes_it else (GENERAL, place.before)
        return self.named_ahead(place, sort) or GENERAL, place.before

    def named_ahead(self, place: Place, sort: Sort) -> str:
        """What is named only later, where the words can be said of it: 审结276件，…驳回行政复议请求30件."""
        named = "" if self.spoken_of or ALIENS.search(place.before) else last_named(place.ahead, sort)
        said = measure_said(SUBJECTS[named], place.before, sort) if named in DECIDING else None
        return named if said and said.measure in DONE else ""

    def said_by(self, own: str, figure: Figure, previous: Figure | None) -> str:
        """The subject that words say, by naming it, by a word of what is spoken of, or by a hint."""
        sort = RATED.get(figure.sort, figure.sort)
        head = self.trail.figures[figure.part_of].subject if figure.part_of is not None else ""
        context = head if head and head != GENERAL else previous.subject if previous else ""
        listed = previous is not None and "prevented" in previous.measure and own.startswith("、")
        if listed or words.PREVENTING.search(own):
            prevented = measure_said(SUBJECTS["mediation"], own, sort)
            if prevented and "prevented" in prevented.measure:
                return "mediation"
        named = last_named(own, sort, context if context != GENERAL else "")
        if sort is not Sort.MONEY and ALIENS.search(own):  # of money 经费 and 补助 say little
            return "" if is_alien(own) else named
        if named:
            return named
        spoken_of = context if head and head != GENERAL else self.spoken_of
        for code in (spoken_of, "mediation") if spoken_of in ABOUT_MEDIATORS else (spoken_of,):
            if code and (measure_said(SUBJECTS[code], own, sort) or self.valued(code, own, sort)):
                return code
        if ALIENS.search(own):
            return ""
        if sort is Sort.MONEY and context not in ("", GENERAL):
            return ""  # 为群众挽回损失50万元: of whatever is spoken of
        elsewhere = bool(self.elsewhere) and (sort is Sort.RATE or self.elsewhere == figure.unit)
        elsewhere = elsewhere or bool(last_named(own, None))  # 复议案件开庭听证52次
        return "" if elsewhere or (head and head != GENERAL) else last_hinted(own, sort, context)

    def valued(self, subject: str, own: str, sort: Sort) -> bool:
        named = values_said(SUBJECTS[subject], own) or value_named(subject, words.CONNECTIVE.sub("", own))
        return takes(SUBJECTS[subject], sort) and bool(named)
