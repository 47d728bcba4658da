"""A case with its event, deadline, parties and marks, against the same rows by plain INSERTs in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils.timezone import localdate, now

from casetrack.cases.copying import reserve_keys
from casetrack.cases.drafts import CaseDraft, PartyDraft, StepDraft
from casetrack.cases.models import Case, CaseEvent, Deadline, Milestone, Party, Unsettled
from casetrack.cases.operations import open_case
from casetrack.kinds.base import Fact
from casetrack.organizations.models import Organization
from workers.benchmarks.measuring import Result, at_most, pairs
from workers.benchmarks.record import MANY, PROVINCE, ensure_cases

BUDGET = 4
CASES, TIMES = 40, 15


@dataclass(frozen=True, slots=True)
class Insert:
    """A statement and its values, ready to send."""

    statement: str
    values: Sequence[Any]


def create_vs_inserts() -> Result:
    """How many times longer opening a case takes, at most: checked, numbered, folded, sealed and chained."""
    there = ensure_cases(MANY)
    office = Organization.objects.under(PROVINCE).filter(kind="mediation_committee").order_by("pk")[0]
    drafts = [draft_of(office, number) for number in range(CASES)]
    ready = iter([[inserts_like(opened(draft)) for draft in drafts] for _ in range(TIMES)])
    inserting, opening, ratio = pairs(
        lambda: send(next(ready)), lambda: [opened(draft) for draft in drafts], times=TIMES
    )
    detail = (
        f"beside {there:,} cases: a dispute with two events, two parties, three milestones, a clock and its mark,"
        f" and the nudge to Redis after its commit: {opening / CASES * 1000:.1f} ms;"
        f" its rows inserted: {inserting / CASES * 1000:.1f} ms"
    )
    return at_most(ratio, BUDGET, detail)


def draft_of(office: Organization, number: int) -> CaseDraft:
    on = localdate() - timedelta(days=3)
    facts: dict[str, Fact] = {
        "category": "neighbour",
        "source": "application",
        "persons": 2,
        "summary": f"宅前排水沟的走向（{number}）",
    }
    return CaseDraft(
        kind="mediation",
        organization=office,
        steps=(StepDraft("register", on, facts), StepDraft("accept", on)),
        parties=(
            PartyDraft("applicant", "张三", f"138{number:08d}", f"62052219700101{number:04d}", "城关镇前进村1组"),
            PartyDraft("respondent", "李四", f"139{number:08d}"),
        ),
    )


def opened(draft: CaseDraft) -> Case:
    return open_case(draft=draft, actor=None, now=now())


def send(cases: Sequence[Sequence[Insert]]) -> None:
    """One cursor of the driver, one transaction a case, nothing but the statements."""
    with connection.connection.cursor() as cursor:
        for inserts in cases:
            cursor.execute("BEGIN")
            for insert in inserts:
                cursor.execute(insert.statement, insert.values)
            cursor.execute("COMMIT")


def inserts_like(case: Case) -> list[Insert]:
    """The rows of a case once more, as another case with the next keys: one INSERT a table, whatever their number."""
    (key,) = reserve_keys(Case, 1)
    events = list(CaseEvent.objects.filter(case=case).order_by("sequence").values_list("pk", flat=True))
    keys = dict(zip(events, reserve_keys(CaseEvent, len(events)), strict=True))
    changed = {"case_id": {case.pk: key}, "event_id": keys, "started_by_id": keys, "ended_by_id": keys}
    number = (case.organization_id, case.kind, case.created_at.year)
    return [
        Insert("UPDATE cases_numberseries SET last = last WHERE (organization_id, kind, year) = (%s, %s, %s)", number),
        insert_like(Case, "id", case.pk, {"id": {case.pk: key}, "number": {case.number: f"{case.number}副"}}),
        insert_like(Party, "case_id", case.pk, changed),
        insert_like(CaseEvent, "case_id", case.pk, changed | {"id": keys}),
        insert_like(Milestone, "case_id", case.pk, changed),
        insert_like(Deadline, "case_id", case.pk, changed),
        insert_like(Unsettled, "id", Unsettled.objects.latest("pk").pk, {}),
    ]


def insert_like(model: type[Model], column: str, key: int, changed: Mapping[str, Mapping[Any, Any]]) -> Insert:
    """Rows of a table as one INSERT, with other values in some columns; the table numbers them unless that is said."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE {column} = %s ORDER BY id", [key])
        names = [each.name for each in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    kept = [name for name in names if name != "id" or "id" in changed]
    values = [value_in(changed, name, row[name]) for row in rows for name in kept]
    marks = ", ".join(["(" + ", ".join(["%s"] * len(kept)) + ")"] * len(rows))
    quoted = ", ".join(map(connection.ops.quote_name, kept))
    return Insert(f"INSERT INTO {table} ({quoted}) VALUES {marks}", values)


def value_in(changed: Mapping[str, Mapping[Any, Any]], name: str, value: Any) -> Any:
    return changed[name].get(value, value) if name in changed else value
