"""A case that is over, in a folder of its own, and an administrator who did not ask for anything."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from casetrack.accounts.models import User
from casetrack.cases.models import Case, CaseEvent
from casetrack.cases.operations import correct
from casetrack.organizations.choices import Role
from tests.api.conftest import CITY, World, log_dispute, member, world
from tests.cases.logging import take

__all__ = ["world"]


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def admin(world: World) -> User:
    return member("admin", Role.ADMINISTRATOR, region_id=CITY)


@pytest.fixture
def case(world: World) -> Case:
    """Closed by an agreement, with a correction that names a person, and a fact in words."""
    case = log_dispute(world.east, date(2024, 3, 1))
    take(case, "agree", date(2024, 3, 29), agreement="oral", amount=5000)
    accepted = CaseEvent.objects.get(case=case, step="accept")
    said = "张三说受理日记错了"
    correct(event_id=accepted.pk, on=date(2024, 3, 2), facts={}, reason=said, actor=None, now=datetime.now(UTC))
    case.refresh_from_db()
    return case
