"""A clerk of a village who wishes to be reminded, a dispute that ends on 26 June, and a robot that listens."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from casetrack.accounts.models import User
from casetrack.cases.models import Case, DueReminder, ReminderChoice
from casetrack.cases.reminding.choosing import ChoiceDraft, choose
from casetrack.cases.reminding.finding import raise_due
from casetrack.organizations.choices import Role
from casetrack.organizations.models import Membership, Organization
from tests.cases.conftest import NOW, clerk, committee, county, petition_office, village
from tests.cases.logging import log_dispute, noon
from tests.cases.reminding.robot import Robot, answering
from tests.certificates import write_certificate

__all__ = ["clerk", "committee", "county", "petition_office", "village"]

LINK = "https://cases.example/reminders/"


@pytest.fixture
def member(clerk: User, committee: Organization) -> User:
    Membership.objects.create(user=clerk, role=Role.CLERK, organization=committee)
    return clerk


@pytest.fixture
def dispute(committee: Organization) -> Case:
    return log_dispute(committee, date(2024, 5, 26))


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("robot") / "robot.pem"
    write_certificate(path)
    return path


@pytest.fixture
def robot(certificate: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Robot]:
    """On this machine, which the service must be told to allow, and with a certificate that it trusts."""
    settings.WEBHOOK_PRIVATE = True
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with answering(certificate) as listening:
        yield listening


def wish(user: User, **wished: Any) -> ReminderChoice:
    return choose(user=user, draft=ChoiceDraft(**wished), now=NOW)


def remind(day: date) -> list[tuple[int, date]]:
    """What was raised at noon of a day: the step, and the last day of the clock."""
    before = set(DueReminder.objects.values_list("pk", flat=True))
    raise_due(now=noon(day), limit=1)
    return list(DueReminder.objects.exclude(pk__in=before).order_by("pk").values_list("step", "act_by"))
