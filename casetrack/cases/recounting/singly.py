"""Cases counted anew one by one, from their events: where a row alone can't tell what the law makes of it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db import transaction

from casetrack.accounts.models import User
from casetrack.cases.chain import link
from casetrack.cases.holding import locked
from casetrack.cases.models import Case, CaseEvent, Deadline
from casetrack.cases.operations import organizations_in
from casetrack.cases.projection import Folded, deadlines_of, fold_case, project
from casetrack.cases.recounting.events import recount
from casetrack.cases.recounting.reasons import said
from casetrack.cases.recounting.reports import Applied, Moved, Stuck
from casetrack.cases.verification import clock_of
from casetrack.kinds.refusals import Refused
from casetrack.law.calendar import DayNotInCalendar

Key = tuple[int, str, str, int]


def shown_singly(cases: Sequence[int]) -> Iterator[Moved | Stuck]:
    """What the fold of each case, anew, says otherwise than is kept."""
    for case in Case.objects.filter(pk__in=cases).select_related("organization").order_by("pk"):
        folded = folded_anew(case)
        if isinstance(folded, Stuck):
            yield folded
        else:
            yield from differences(case, keyed(case.deadlines.all()), keyed(deadlines_of(folded)))


def folded_anew(case: Case, *added: CaseEvent) -> Folded | Stuck:
    events = [*CaseEvent.objects.filter(case=case).order_by("sequence"), *added]
    try:
        return fold_case(case, events, organizations_in(events))
    except (Refused, DayNotInCalendar) as refusal:
        return Stuck(case.pk, case.number, str(refusal))


def keyed(rows: Iterable[Deadline]) -> dict[Key, Deadline]:
    """The clocks of a case by what started them; of two alike, by their order."""
    found: dict[Key, Deadline] = {}
    for row in sorted(rows, key=lambda row: (row.counted_from, row.due_on)):
        place = sum(key[:3] == (row.started_by_id, row.duty, row.whose) for key in found)
        found[row.started_by_id, row.duty, row.whose, place] = row
    return found


def differences(case: Case, kept: dict[Key, Deadline], now: dict[Key, Deadline]) -> Iterator[Moved]:
    for key in dict.fromkeys([*kept, *now]):
        before, after = kept.get(key), now.get(key)
        if before and after and days_of(before) == days_of(after):
            continue
        shown = after or before
        if shown is None:
            continue
        yield Moved(
            case=case.pk,
            number=case.number,
            kind=case.kind,
            region_code=case.region_code,
            duty=shown.duty,
            running=shown.ended_on is None,
            rule=shown.rule,
            before=before.act_by if before else None,
            after=after.act_by if after else None,
            why=reason(before, after),
        )


def reason(before: Deadline | None, after: Deadline | None) -> str:
    if after is None:
        return "按现行规定不再起算"
    if before is None:
        return f"按现行规定起算：{after.article}"
    return said((before.rule, "", before.article), (after.rule, "", after.article), before.receipt, after.receipt)


def days_of(row: Deadline) -> tuple[object, ...]:
    return row.due_on, row.rolled_on, row.act_by


@transaction.atomic
def recount_singly(case_id: int, applied: Applied, *, reason: str, actor: User | None, now: datetime) -> None:
    """Fold a case under the law as it now is; with an event where a day moves, without where only the rows do."""
    case = locked(case_id)
    folded = folded_anew(case)
    if isinstance(folded, Stuck):
        applied.stuck.append(folded)
        return
    kept, rows = keyed(case.deadlines.all()), keyed(deadlines_of(folded))
    if {key: written(row) for key, row in kept.items()} == {key: written(row) for key, row in rows.items()}:
        return
    if any(differences(case, kept, rows)):
        event = recount(reason=reason, actor=actor, now=now)
        event.case, event.sequence = case, case.version + 1
        link([event], head=case.head)
        event.save()
        again = folded_anew(case)
        folded = folded if isinstance(again, Stuck) else again
        applied.cases += 1
    applied.clocks += len(rows)
    project([folded])


def written(row: Deadline) -> tuple[object, ...]:
    return (*clock_of(row), row.verified, row.governed_on, row.shape, row.basis)
