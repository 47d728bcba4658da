"""What the passing of days does to clocks: lights come on, and provisional dates become certain. The day is given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice

from django.db import connection, transaction
from django.db.models import DateField, Exists, OuterRef, QuerySet, TextChoices, TextField, Value
from django.utils.timezone import localdate

from casetrack.cases.deeming import deem
from casetrack.cases.models import Case, CaseEvent, Deadline, Reminder
from casetrack.cases.offices import follow_recent_moves
from casetrack.cases.operations import organizations_in
from casetrack.cases.projection import Folded, deadlines_of, fold_case, project
from casetrack.kinds.base import Whose
from casetrack.kinds.refusals import Refused
from casetrack.law.calendar import calendar_for


class Light(TextChoices):
    """How near the end of a running clock is."""

    GREEN = "green", "绿灯"
    YELLOW = "yellow", "黄灯"
    RED = "red", "红灯"
    OVERDUE = "overdue", "超期"


@dataclass(slots=True)
class SweepReport:
    """What one sweep found to do: reminders raised by light, and cases by what became of their provisional dates."""

    raised: dict[Light, int] = field(default_factory=dict)
    deemed: int = 0
    recomputed: int = 0
    unchanged: int = 0
    refused: dict[int, str] = field(default_factory=dict)


def light_of(deadline: Deadline, today: date) -> Light | None:
    """The light of the office's own running clock on a day, None for others; the query sets ask the same of many."""
    if deadline.ended_on is not None or deadline.paused_on is not None or deadline.whose != Whose.OFFICE:
        return None
    if deadline.act_by < today:
        return Light.OVERDUE
    if deadline.red_on <= today:
        return Light.RED
    return Light.YELLOW if deadline.yellow_on <= today else Light.GREEN


def light_shown(due_on: date | None, red_on: date | None, yellow_on: date | None, today: date) -> str | None:
    """The light of a case on a day, from the earliest of its running clocks' days; None where none runs."""
    if due_on is None:
        return None
    if due_on < today:
        return Light.OVERDUE.value
    if red_on is not None and red_on <= today:
        return Light.RED.value
    return Light.YELLOW.value if yellow_on is not None and yellow_on <= today else Light.GREEN.value


def sweep(*, now: datetime, limit: int) -> SweepReport:
    """Bring clocks up to today, at most `limit` rows a transaction. Run twice, or a week late, it ends the same.

    A clock that passed several lights while nobody swept raises the one it shows now: a yellow reminder on an overdue
    clock would be untrue on the day it is read.
    """
    report = SweepReport()
    today = localdate(now)
    follow_recent_moves(now=now)
    recompute_provisional(report, limit=limit)
    report.deemed = deem(now=now, limit=limit, refused=report.refused)
    shown = {
        Light.YELLOW: Deadline.objects.yellow_on_day(today),
        Light.RED: Deadline.objects.red_on_day(today),
        Light.OVERDUE: Deadline.objects.overdue_on(today),
    }
    for light, clocks in shown.items():
        report.raised[light] = raise_reminders(clocks, light, today=today, limit=limit)
    return report


def raise_reminders(clocks: QuerySet[Deadline], light: Light, *, today: date, limit: int) -> int:
    """One reminder for each of the clocks that has none of this light yet; how many were raised."""
    raised = 0
    while True:
        fresh = insert_reminders(clocks, light, today=today, limit=limit)
        raised += fresh
        if fresh < limit:
            return raised


def insert_reminders(clocks: QuerySet[Deadline], light: Light, *, today: date, limit: int) -> int:
    """The rows go from table to table without passing through Python; another sweep's rows are left as they are."""
    already = Reminder.objects.filter(
        case=OuterRef("case"), duty=OuterRef("duty"), act_by=OuterRef("act_by"), light=light.value
    )
    columns = ("case_id", "duty", "act_by", "light", "raised_on")
    rows = (
        clocks.filter(~Exists(already))
        .annotate(light=Value(light.value, TextField()), raised_on=Value(today, DateField()))
        .order_by()
        .values_list(*columns)
        .distinct()[:limit]
    )
    select, params = rows.query.sql_with_params()
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Reminder._meta.db_table} ({names}) {select} ON CONFLICT DO NOTHING",
            params,
        )
        return int(cursor.rowcount)


def recompute_provisional(report: SweepReport, *, limit: int) -> None:
    """Fold anew the cases whose clocks were set before the year's notice was known, now that it is.

    Ended clocks too: whether a case was closed in time hangs on the same date.
    """
    reached = 0
    while cases := provisional_cases(after=reached, limit=limit):
        recompute(cases, report)
        reached = cases[-1]


def provisional_cases(*, after: int, limit: int) -> list[int]:
    """The next cases with a provisional date in a year whose notice is known where the office is."""
    provisional = Deadline.objects.filter(provisional=True, case_id__gt=after).order_by("case_id")
    known = (
        row.case_id
        for row in provisional.only("case_id", "due_on", "region_code").iterator(chunk_size=limit)
        if calendar_for(row.region_code).covers(row.due_on.year)
    )
    return list(islice(dict.fromkeys(known), limit))


@transaction.atomic
def recompute(cases: Sequence[int], report: SweepReport) -> None:
    """Write the folds that differ from what is kept. A case that someone is changing now is folded by them."""
    locked = Case.objects.select_for_update(of=("self",), skip_locked=True).select_related("organization")
    changed = []
    for case in locked.filter(pk__in=cases).order_by("pk"):
        folded = folded_anew(case, report)
        if folded is None:
            continue
        if said(deadlines_of(folded)) == said(case.deadlines.all()):
            report.unchanged += 1
        else:
            changed.append(folded)
    report.recomputed += len(changed)
    if changed:
        project(changed)


def folded_anew(case: Case, report: SweepReport) -> Folded | None:
    events = list(CaseEvent.objects.filter(case=case).order_by("sequence"))
    try:
        return fold_case(case, events, organizations_in(events))
    except Refused as refusal:  # one case that no longer folds must not keep the others waiting
        report.refused[case.pk] = str(refusal)
        return None


def said(deadlines: Iterable[Deadline]) -> list[tuple[object, ...]]:
    """The dates of a case's clocks, in an order that two folds share."""
    return sorted(
        (row.duty, row.counted_from, row.due_on, str(row.rolled_on), row.act_by, row.yellow_on, row.red_on)
        + (row.provisional,)
        for row in deadlines
    )


def time_left(days: int) -> str:
    """How long there is to act, in calendar days, as pages and messages say it."""
    if days < 0:
        return f"已超期{-days}天"
    return f"还有{days}天" if days else "今天到期"
