"""The entry of a case is a milestone beside its receipt, whether a person or a ledger brought it in."""

from datetime import UTC, date, datetime
from importlib import import_module

from django.db import connection

from casetrack.cases.drafts import CaseDraft, StepDraft, check
from casetrack.cases.models import Case, ImportBatch, Milestone, Unsettled
from casetrack.cases.operations import open_cases
from casetrack.cases.verification import differences
from casetrack.organizations.models import Organization
from tests.cases.logging import log_dispute

ENTERED_AT = datetime(2024, 6, 1, 16, 30, tzinfo=UTC)  # half past midnight of the second, where the office is


def take_in(committee: Organization, batch: ImportBatch | None) -> None:
    draft = CaseDraft("mediation", committee, (StepDraft("register", date(2024, 3, 1), {"category": "neighbour"}),))
    open_cases(checked=[check(draft, today=date(2024, 6, 2))], actor=None, now=ENTERED_AT, batch=batch)


def entries() -> list[tuple[object, ...]]:
    made = Milestone.objects.filter(name__in=["entered", "imported"]).order_by("pk")
    return list(made.values_list("name", "happened_on", "received_on", "in_time"))


def test_a_case_is_entered_on_the_day_of_its_first_event(committee: Organization) -> None:
    take_in(committee, None)

    assert entries() == [("entered", date(2024, 6, 2), date(2024, 3, 1), False)]


def test_a_case_of_a_ledger_is_imported(committee: Organization) -> None:
    batch = ImportBatch.objects.create(region=committee.county, file_name="台账.xlsx", started_at=ENTERED_AT)
    take_in(committee, batch)

    assert entries() == [("imported", date(2024, 6, 2), date(2024, 3, 1), False)]


def test_an_upgrade_records_the_entry_of_the_cases_logged_before(committee: Organization) -> None:
    log_dispute(committee, date(2024, 3, 1))
    log_dispute(committee, date(2024, 5, 31))
    Milestone.objects.filter(name="entered").delete()
    Unsettled.objects.all().delete()
    upgrade = import_module("casetrack.cases.migrations.0016_entries")

    with connection.cursor() as cursor:
        cursor.execute(upgrade.ENTRIES)
        cursor.execute(upgrade.MARKS)

    assert list(differences(Case.objects.all())) == []
    assert Unsettled.objects.count() == 3
