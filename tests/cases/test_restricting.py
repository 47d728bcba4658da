"""Accusations: restricted with all that is kept of them, moved in and out by a correction, and marked by an upgrade."""

from datetime import date
from importlib import import_module

import pytest
from django.db import connection

from casetrack.cases.drafts import CaseDraft, StepDraft
from casetrack.cases.models import Case, Deadline, Milestone, Unsettled
from casetrack.cases.operations import correct, open_case
from casetrack.cases.verification import differences
from casetrack.organizations.models import Organization
from tests.cases.conftest import NOW

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 1)
ENTRY_MONTH = date(2024, 6, 1)
FACTS = {"channel": "letter", "purpose": "accusation", "matter": "某负责人挪用款项"}


def log_petition(office: Organization, purpose: str) -> Case:
    steps = (StepDraft("register", DAY, {**FACTS, "purpose": purpose}),)
    return open_case(draft=CaseDraft("petition", office, steps), actor=None, now=NOW)


def correct_purpose(case: Case, purpose: str) -> None:
    facts = {**FACTS, "purpose": purpose}
    correct(event_id=case.events.get().pk, on=DAY, facts=facts, reason="目的有误", actor=None, now=NOW)


def restricted(case: Case) -> tuple[bool, set[bool], set[bool]]:
    """Of the case, of its milestones, of its clocks."""
    return (
        Case.objects.get(pk=case.pk).restricted,
        set(case.milestones.values_list("restricted", flat=True)),
        set(case.deadlines.values_list("restricted", flat=True)),
    )


def test_an_accusation_is_restricted_with_its_milestones_and_clocks(petition_office: Organization) -> None:
    accusation, appeal = log_petition(petition_office, "accusation"), log_petition(petition_office, "appeal")

    assert restricted(accusation) == (True, {True}, {True})
    assert restricted(appeal) == (False, {False}, {False})


@pytest.mark.parametrize(("before", "after"), [("accusation", "appeal"), ("appeal", "accusation")])
def test_a_correction_of_the_purpose_moves_a_case_in_or_out(
    petition_office: Organization, before: str, after: str
) -> None:
    case = log_petition(petition_office, before)
    Unsettled.objects.all().delete()

    correct_purpose(case, after)

    now = after == "accusation"
    assert restricted(case) == (now, {now}, {now})
    marked = Unsettled.objects.order_by("month").values_list("kind", "month")
    assert list(marked) == [("petition", DAY), ("petition", ENTRY_MONTH)]
    assert list(differences(Case.objects.all())) == []


def test_what_is_kept_otherwise_than_the_events_say_is_noticed(petition_office: Organization) -> None:
    log_petition(petition_office, "accusation")
    for model in (Case, Milestone, Deadline):
        model._default_manager.update(restricted=False)

    assert [found.what for found in differences(Case.objects.all())] == ["限制知悉", "指标事件", "期限"]


def test_an_upgrade_marks_the_accusations_logged_before(petition_office: Organization) -> None:
    accusation, appeal = log_petition(petition_office, "accusation"), log_petition(petition_office, "appeal")
    for model in (Case, Milestone, Deadline):
        model._default_manager.update(restricted=False)
    Unsettled.objects.all().delete()

    with connection.cursor() as cursor:
        cursor.execute(import_module("casetrack.cases.migrations.0008_mark_accusations").MARK)

    assert restricted(accusation) == (True, {True}, {True})
    assert restricted(appeal) == (False, {False}, {False})
    assert Unsettled.objects.count() == 2  # the month of its receipt and that of its entry
    assert list(differences(Case.objects.all())) == []
