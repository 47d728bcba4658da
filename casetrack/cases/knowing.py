"""The record as it was known: by the end of a day, or up to an entry in the log of events.

Nothing was kept of what was known then but the events themselves, and they suffice: a case is folded anew from those
entered by then. Only cases with a later entry are, all others stood then as they stand now.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, takewhile

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from casetrack.cases.models import Case, CaseEvent, Milestone
from casetrack.cases.operations import organizations_in
from casetrack.cases.projection import counted, fold_case, milestones_of
from casetrack.kinds.base import ORGANIZATION
from casetrack.kinds.refusals import Refused
from casetrack.organizations.filters import midnight
from casetrack.organizations.models import FormerRegion, Organization

CHUNK = 500


class NotKnown(Refused):
    """What was known then can't be told any more: the procedure as it now is refuses what had been logged."""

    code = "statistics_refused"


@dataclass(frozen=True, slots=True)
class Known:
    """A moment in what the record knew: the end of a day, or an entry (its key: `settled_mark` gives one).

    `value` is the last value of a body that was known then; it is needed beside a `mark`, and only where bodies report.
    Where `all_in` says that no event was entered after the mark, none is looked for.
    """

    on: date | None = None
    mark: int | None = None
    value: int | None = None
    all_in: bool = False

    @property
    def later(self) -> Q:
        """The events entered since."""
        if self.mark is not None:
            return Q(pk__gt=self.mark)
        return Q(recorded_at__gte=midnight(self.on + timedelta(days=1))) if self.on else Q(pk__in=[])

    def knows(self, event: CaseEvent) -> bool:
        if self.mark is not None:
            return event.pk <= self.mark
        return self.on is None or event.recorded_at < midnight(self.on + timedelta(days=1))

    def knows_move(self, row: FormerRegion) -> bool:
        if self.mark is not None:
            return row.mark <= self.mark
        return self.on is None or row.entered_at < midnight(self.on + timedelta(days=1))

    def __str__(self) -> str:
        return f"{self.on}" if self.on else f"第{self.mark}号记录"


@dataclass(frozen=True, slots=True)
class Changed:
    """A case that was entered or changed since, with what figures count of it now and what they counted then."""

    case: Case
    now: Sequence[Milestone]
    then: Sequence[Milestone]
    later: Sequence[CaseEvent]


def changed_since(
    known: Known, *, kinds: Collection[str], here: Q, offices: QuerySet[Organization], until: date | None = None
) -> Iterator[Changed]:
    """The cases of a place whose figures differ, those included that have left it since. Memory stays flat."""
    if known.all_in and not moves_since(known, offices):
        return
    cases = cases_changed(known, kinds, here, offices, until).iterator(chunk_size=CHUNK)
    while chunk := list(islice(cases, CHUNK)):
        yield from compared(chunk, known)


def cases_changed(
    known: Known, kinds: Collection[str], here: Q, offices: QuerySet[Organization], until: date | None = None
) -> QuerySet[Case]:
    """Those in the place with a later entry, those that a later correction took away from an office there, and those
    whose office has moved and that were counted elsewhere until then.

    Of what happened `until` a day only entries about days up to it can change anything: what a case goes on to do
    moves no milestone that it has, and what is put right is looked at on the day that it had.
    """
    about = Q(occurred_on__lte=until) | Q(replaces__occurred_on__lte=until) if until else Q()
    later = CaseEvent.objects.filter(known.later & about)
    if until and known.mark is not None:
        later = later.entered_about(until, after=known.mark)
    office = Cast(KeyTextTransform(ORGANIZATION, "replaces__facts"), BigIntegerField())
    corrected = later.filter(replaces__facts__has_key=ORGANIZATION, replaces__isnull=False)
    left = corrected.alias(office=office).filter(office__in=offices.values("pk"))
    there_now = here & Exists(later.filter(case=OuterRef("pk")))
    # two queries, each by its own index: an OR of the two would read every case there is
    chosen = Case.objects.filter(there_now, kind__in=kinds).values("pk")
    chosen = chosen.union(left.filter(case__kind__in=kinds).values("case"))
    for row in moves_since(known, offices):
        gone_along = Case.objects.filter(organization=row.organization_id, kind__in=kinds, received_on__gte=row.until)
        chosen = chosen.union(gone_along.values("pk"))
    return Case.objects.filter(pk__in=chosen).select_related("organization").order_by("pk")


def moves_since(known: Known, offices: QuerySet[Organization]) -> list[FormerRegion]:
    """The moves, into a place, within it or out of it, that were entered later: few, and nearly always none."""
    entered = Q(mark__gt=known.mark) if known.mark is not None else Q()
    rows = FormerRegion.objects.filter(entered, organization__in=offices.values("pk"))
    return [row for row in rows if not known.knows_move(row)]


def compared(cases: Sequence[Case], known: Known) -> Iterator[Changed]:
    events: dict[int, list[CaseEvent]] = {case.pk: [] for case in cases}
    for event in CaseEvent.objects.of_cases(events).select_related("actor").order_by("case", "sequence"):
        events[event.case_id].append(event)
    now: dict[int, list[Milestone]] = {case.pk: [] for case in cases}
    for row in Milestone.objects.filter(case__in=now):
        now[row.case_id].append(row)
    organizations = organizations_in([event for rows in events.values() for event in rows])
    for case in cases:
        # up to the first later entry, so that what was known is always a state the case really stood in
        before = list(takewhile(known.knows, events[case.pk]))
        then = milestones_then(case, before, organizations, known)
        if sorted(map(counted, now[case.pk])) != sorted(map(counted, then)):
            yield Changed(case, now[case.pk], then, events[case.pk][len(before) :])


def milestones_then(
    case: Case, events: Sequence[CaseEvent], organizations: Mapping[int, Organization], known: Known
) -> list[Milestone]:
    if not events:
        return []
    try:
        return milestones_of(fold_case(case, events, organizations), knows=known.knows_move)
    except (Refused, OverflowError) as refused:
        raise NotKnown(f"案件{case.number}截至{known}的记录按现行程序无法重建：{refused}") from refused
