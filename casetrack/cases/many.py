"""Many cases, or many entries of many cases, in one transaction, each by itself: a refusal of one stops no other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from casetrack.accounts.models import User
from casetrack.cases.chain import link
from casetrack.cases.copying import copy_in, reserve_keys
from casetrack.cases.drafts import CaseDraft, Checked, check
from casetrack.cases.holding import refuse_unless_at
from casetrack.cases.models import Case, CaseEvent
from casetrack.cases.operations import (
    Entry,
    NumberTaken,
    entry_row,
    open_cases,
    organizations_in,
    out_of_order,
    refuse_correction,
)
from casetrack.cases.projection import Folded, fold_case, project
from casetrack.kinds.refusals import Refused, StepRefused
from casetrack.law.calendar import DayNotInCalendar
from casetrack.organizations.models import Organization

Number = tuple[str, str, str]
REFUSALS = (Refused, OverflowError, DayNotInCalendar)  # the latter two of dates from which no clock can count


@transaction.atomic
def open_each(*, drafts: Sequence[CaseDraft], actor: User | None, now: datetime) -> list[Case | Exception]:
    """Log many cases: for each draft, in order, its case or why it can't be logged."""
    today, results = localdate(now), dict[int, Case | Exception]()
    checked: dict[int, Checked] = {}
    for place, draft in enumerate(drafts):
        try:
            checked[place] = check(draft, today=today)
        except REFUSALS as refusal:
            results[place] = refusal
    taken = numbers_taken(item.draft for item in checked.values())
    for place, item in list(checked.items()):
        number = number_of(item.draft)
        if number in taken:
            del checked[place]
            results[place] = NumberTaken(f"案号已被使用：{item.draft.number}")
        elif item.draft.number:
            taken.add(number)
    results |= zip(checked, open_apart(list(checked.values()), actor=actor, now=now), strict=True)
    return [results[place] for place in range(len(drafts))]


def number_of(draft: CaseDraft) -> Number:
    return draft.kind, draft.number_scope, draft.number


def numbers_taken(drafts: Iterable[CaseDraft]) -> set[Number]:
    """Which of the numbers given from outside are in use."""
    given = [draft for draft in drafts if draft.number]
    found = Case.objects.filter(
        kind__in={draft.kind for draft in given},
        number_scope__in={draft.number_scope for draft in given},
        number__in={draft.number for draft in given},
    )
    return set(found.values_list("kind", "number_scope", "number"))


def open_apart(items: Sequence[Checked], *, actor: User | None, now: datetime) -> list[Case | Exception]:
    """All at once. Where someone took a number meanwhile, by halves, until the case that wants it stands alone."""
    if not items:
        return []
    try:
        return list(open_cases(checked=items, actor=actor, now=now))
    except NumberTaken as taken:
        if len(items) == 1:
            return [taken]
    half = len(items) // 2
    return [*open_apart(items[:half], actor=actor, now=now), *open_apart(items[half:], actor=actor, now=now)]


@dataclass(frozen=True, slots=True)
class Asked:
    """An entry for one of many cases; with `version`, only if the case is at it when its turn comes."""

    case_id: int
    entry: Entry
    version: int | None = None


@transaction.atomic
def log_each(*, asked: Sequence[Asked], actor: User | None, now: datetime) -> list[CaseEvent | Exception]:
    """Take many entries in order, several of one case after one another: for each its event or why it is refused."""
    courses = courses_of({each.case_id for each in asked})
    organizations = organizations_in([event for course in courses.values() for event in course.events])
    results: list[CaseEvent | Exception] = []
    for key, each in zip(reserve_keys(CaseEvent, len(asked)), asked, strict=True):
        try:
            results.append(courses[each.case_id].take(key, each, organizations, actor, now))
        except REFUSALS as refusal:
            results.append(refusal)
    copy_in([result for result in results if isinstance(result, CaseEvent)])
    project([course.folded for course in courses.values() if course.folded])
    return results


@dataclass(slots=True)
class Course:
    """A case, held until the transaction ends, while its entries are taken one after another."""

    case: Case
    events: list[CaseEvent]
    folded: Folded | None = None

    @property
    def state(self) -> str:
        return self.folded.standing.state if self.folded else self.case.state

    def take(
        self, key: int, asked: Asked, organizations: Mapping[int, Organization], actor: User | None, now: datetime
    ) -> CaseEvent:
        """Append the entry. Raises Refused, and leaves everything as it was, if that is not lawful."""
        entry, private = asked.entry, self.case.private
        refuse_unless_at(self.case, len(self.events), asked.version)
        if wrong := entry.replaces:
            replaced = any(event.replaces_id == wrong.pk for event in self.events)
            refuse_correction(wrong, entry.reason, replaced=replaced)
        try:
            event = entry_row(self.case, entry, actor, now, None)
            event.pk, event.sequence = key, len(self.events) + 1
            link([event], head=self.events[-1].hash)
            self.folded = fold_case(self.case, [*self.events, event], organizations)
        except REFUSALS as refused:
            self.case.private = private
            better = None
            if isinstance(refused, StepRefused) and not entry.replaces:
                better = out_of_order(self.case, entry.draft, self.events, state=self.state)
            raise better or refused from None
        self.events.append(event)
        return event


def courses_of(cases: set[int]) -> dict[int, Course]:
    """In the order of their keys, so that two who hold many cases never wait for each other."""
    held = Case.objects.select_for_update(of=("self",)).select_related("organization").filter(pk__in=cases)
    courses = {case.pk: Course(case, []) for case in held.order_by("pk")}
    for event in CaseEvent.objects.of_cases(courses).order_by("case", "sequence"):
        courses[event.case_id].events.append(event)
    return courses
