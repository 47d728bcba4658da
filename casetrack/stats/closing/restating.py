"""What differs now from what was published, figure by figure, with what made it: the restatement.

What cases count for now is what was published and what the cases that changed since add to it or take away; the others
count as they did. `explaining.unexplained` holds that against what everyone is answered.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from casetrack.cases.knowing import Changed
from casetrack.cases.models import Case, Milestone
from casetrack.kinds import KINDS
from casetrack.organizations.divisions import code_range
from casetrack.organizations.scope import EVERYTHING, Clearance, Grant, Scope
from casetrack.stats.asking import place_of
from casetrack.stats.closing.closing import ClosingRefused
from casetrack.stats.closing.definitions import catalogue, value_of
from casetrack.stats.closing.entries import Comparison, compared
from casetrack.stats.closing.gathering import Name, published_breakdowns, shares
from casetrack.stats.closing.lines import digest_of
from casetrack.stats.closing.models import Edition
from casetrack.stats.closing.present import counted_now, ranked_now, said_now
from casetrack.stats.closing.published import days_of, known_by
from casetrack.stats.closing.publishing import for_reader
from casetrack.stats.closing.restated import Moved, Parts, Restated, Stated, nothing
from casetrack.stats.counting import lies_in
from casetrack.stats.indicators import SUBJECTS
from casetrack.stats.known import changes
from casetrack.stats.questions import Days, Place, clearance_of
from casetrack.stats.snapshot import one_view


def latest(region: str, month: date) -> Edition:
    edition = Edition.objects.of(region, month).first()
    if edition is None:
        raise ClosingRefused(
            f"{place_of(region=region, organization=None).name}{month:%Y-%m}尚未结账，没有可比较的数字"
        )
    return edition


def restatement(edition: Edition, *, scope: Scope = EVERYTHING, subjects: Sequence[str] = ()) -> list[Restated]:
    """Every figure of the region that differs now from an edition, as far as the reader sees them, in order."""
    with one_view():
        view = View.of(edition, scope, tuple(subjects or edition.days))
        view.read_published()
        view.read_moved()
        found = sorted(view.restated(), key=lambda each: each.name)
    return [each for each in found if each.differs]


@dataclass(slots=True)
class View:
    """An edition as a reader sees it, and what has become of it. Asks the same few questions whatever there is."""

    edition: Edition
    place: Place
    scope: Scope
    days: Mapping[str, Days]  # by subject
    seen: Mapping[str, Scope]  # of each kind of case: all, or all that readers see who are not cleared
    published: dict[Name, Stated] = field(default_factory=dict)
    listed: set[Name] = field(default_factory=set)  # the published figures that have a list of cases
    moved: dict[Name, list[Moved]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, edition: Edition, scope: Scope, subjects: Sequence[str]) -> "View":
        place = place_of(region=edition.region_id, organization=None)
        days = {subject: days_of(edition, subject) for subject in subjects}
        seen = {kind: seen_by(scope, place, kind) for kind in subjects if kind in KINDS}
        return cls(edition, place, scope, days, seen)

    def read_published(self) -> None:
        own = self.edition.rows.filter(region_code=self.edition.region_id, organization=None)
        for row in own.filter(subject__in=list(self.days)):
            by = tuple(name for name in row.breakdown.split(",") if name)
            cleared = row.subject not in KINDS or self.seen[row.subject].everything
            for entry in row.figures:
                said, name = for_reader(entry, cleared=cleared), (row.subject, by, tuple(entry["d"]), entry["m"])
                if entry["m"] in SUBJECTS[row.subject].measures:
                    value = None if said["v"] is None else Decimal(said["v"])
                    self.published[name] = Stated(value, (said["n"], said["b"] or 0))
                    if said["x"]:
                        self.listed.add(name)

    def read_moved(self) -> None:
        until = max((self.days[kind].last for kind in self.seen), default=None)
        for changed in changes(known_by(self.edition), list(self.seen), self.place, until):
            kind = changed.case.kind
            for name, before, after in differences(changed, self.place, self.days[kind], self.seen[kind]):
                hidden = not may_see(changed.case, self.scope)
                self.moved[name].append(Moved(changed.case, before, after, changed.later, hidden))

    def restated(self) -> Iterator[Restated]:
        said, entries = self.said_now(), self.entries()
        now = {**self.counted_now(), **said}
        for name in {**self.published, **now}:
            before, after = (each.get(name, nothing(name)) for each in (self.published, now))
            found = Restated(name, before, after, self.moved.get(name, []))
            if found.differs:
                comparison = entries[self.days[name[0]]]
                was_stated = name in self.published and name not in self.listed
                found.entries = comparison.of(name, was_stated=was_stated, is_stated=name in said)
                yield found

    def counted_now(self) -> dict[Name, Stated]:
        """The figures of cases: as they were published, but for those that a case moves."""
        if self.edition.definitions_id != digest_of(catalogue()):
            every = [counted_now(self.place, self.days[kind], kind, seen) for kind, seen in self.seen.items()]
            return {name: found for figures in every for name, found in figures.items()}
        ranked: dict[Name, Stated] = {}
        for kind in {name[0] for name in self.moved if SUBJECTS[name[0]].measures[name[3]].is_ranked}:
            ranked |= ranked_now(self.place, self.days[kind], kind, self.seen[kind])
        stays = {name: self.published[name] for name in self.listed}
        return stays | {name: ranked.get(name) or self.added_up(name) for name in self.moved}

    def added_up(self, name: Name) -> Stated:
        counted = self.published[name].parts if name in self.listed else (0, 0)
        number, base = (
            counted[part] + sum(each.after[part] - each.before[part] for each in self.moved[name]) for part in (0, 1)
        )
        indicator = SUBJECTS[name[0]].measures[name[3]]
        return Stated(value_of(indicator, number, base, {}), (number, base))

    def said_now(self) -> dict[Name, Stated]:
        """What registers and bodies say, of kinds of case what bodies say alone."""
        found: dict[Name, Stated] = {}
        for days, subjects in self.together().items():
            found |= said_now(self.place, days, subjects)
        return found

    def entries(self) -> dict[Days, Comparison]:
        known = known_by(self.edition)
        return {days: compared(self.place, days, subjects, known) for days, subjects in self.together().items()}

    def together(self) -> dict[Days, list[str]]:
        """The subjects for which the month means the same days: nearly always all of them."""
        found: dict[Days, list[str]] = defaultdict(list)
        for subject, days in self.days.items():
            found[days].append(subject)
        return found


def seen_by(scope: Scope, place: Place, kind: str) -> Scope:
    cleared = clearance_of(scope, place, kind) is Clearance.WHOLE
    return EVERYTHING if cleared else Scope(grants=(Grant("", code_range(place.region)),))


def differences(changed: Changed, place: Place, days: Days, seen: Scope) -> Iterator[tuple[Name, Parts, Parts]]:
    then, now = (counts_of(rows, place, days, seen) for rows in (changed.then, changed.now))
    for name in dict.fromkeys([*then, *now]):
        before, after = then.get(name, (0, 0)), now.get(name, (0, 0))
        if before != after:
            yield name, before, after


def counts_of(rows: Iterable[Milestone], place: Place, days: Days, seen: Scope) -> dict[Name, Parts]:
    open_to = [row for row in rows if lies_in(row, place) and (seen.everything or not row.restricted)]
    if not open_to:
        return {}
    kind = open_to[0].kind
    found = shares(kind, open_to, days, published_breakdowns(kind), SUBJECTS[kind].indicators)
    return {name: (number, base or 0) for name, number, base in found}


def may_see(case: Case, scope: Scope) -> bool:
    return scope.allows(
        region_code=case.region_code, organization_id=case.organization_id, kind=case.kind, restricted=case.restricted
    )
