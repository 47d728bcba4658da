"""A county with a committee, a supervisor who sends ledgers in, and a folder of files for each test."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from rest_framework.test import APIClient

from casetrack.accounts.models import User
from casetrack.cases.jobs import store
from casetrack.organizations.models import Membership, Organization, Region, Role
from tests.api.conftest import client_of
from tests.cases.conftest import committee, county, petition_office, village
from tests.workers.conftest import queues

__all__ = ["client_of", "committee", "county", "petition_office", "queues", "village"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files of the jobs of one test."""
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    return store.folder()


def member(name: str, role: Role = Role.SUPERVISOR, **place: Any) -> User:
    user = User.objects.create_user(name, display_name=name)
    Membership.objects.create(user=user, role=role, **place)
    return user


@pytest.fixture
def boss(county: Region) -> User:
    """The supervisor of the whole county."""
    return member("boss", region=county)


@pytest.fixture
def client(boss: User, client_of: Callable[[User], APIClient]) -> APIClient:
    return client_of(boss)


@pytest.fixture
def clerk(committee: Organization) -> User:
    """Of the village's committee alone."""
    return member("clerk", Role.CLERK, organization=committee)


@pytest.fixture
def stranger(county: Region, client_of: Callable[[User], APIClient]) -> APIClient:
    """A supervisor of another province."""
    elsewhere = Region.objects.create(code="110000000000", name="北京市", level="province", parent_id="000000000000")
    return client_of(member("stranger", region=elsewhere))
