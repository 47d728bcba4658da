"""Dates counted before the year's notice was known become certain when it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest

from casetrack.cases import sweep as sweeping
from casetrack.cases.drafts import CaseDraft, StepDraft
from casetrack.cases.models import Case, Deadline, Milestone, Unsettled
from casetrack.cases.operations import open_case
from casetrack.cases.projection import Folded
from casetrack.cases.sweep import sweep
from casetrack.kinds.refusals import Refused
from casetrack.law import calendar, notices
from casetrack.organizations.models import Organization, OrganizationKind, Region
from tests.cases.conftest import NOW
from tests.cases.logging import take

TODAY = date(2024, 9, 27)


@pytest.fixture
def before_the_notice(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As things stand when the notice for 2024 is not out; the fixture `reconsideration` is logged in that time."""
    with calendars_made_anew(), monkeypatch.context() as earlier:
        earlier.setattr(notices, "LAST_NOTICE", 2023)
        yield
    forget_calendars()


@contextmanager
def calendars_made_anew() -> Iterator[None]:
    forget_calendars()
    yield
    forget_calendars()


def forget_calendars() -> None:
    notices.year_table.cache_clear()
    calendar._calendar.cache_clear()


@pytest.fixture
def office(county: Region) -> Organization:
    kind = OrganizationKind.RECONSIDERATION_OFFICE
    return Organization.objects.create(region=county, county=county, name="秦安县司法局", kind=kind)


def receive(office: Organization, *later: StepDraft) -> Case:
    """Received on a Thursday before the holidays: whether Sunday the 29th is worked decides the fifth working day."""
    steps = (StepDraft("receive", date(2023, 9, 26)), *later)
    return open_case(draft=CaseDraft("reconsideration", office, steps), actor=None, now=NOW)
