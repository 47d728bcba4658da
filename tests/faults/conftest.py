"""The world of the statistics, its supervisor, queues, and one web process for all tests that need a real one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import pytest_django
from django.conf import settings as project
from redis import Redis

from casetrack.accounts.models import User
from casetrack.organizations.models import Organization, Role
from tests.api.conftest import client_of, member, world
from tests.faults.served import Served, served
from tests.stats.conftest import gangu_committee, regions, village_committee
from tests.stats.world import CITY
from tests.workers.conftest import queues

__all__ = ["client_of", "gangu_committee", "queues", "regions", "village_committee", "world"]


@pytest.fixture(scope="package")
def one_web(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[Served]:
    with django_db_blocker.unblock(), served() as it:
        yield it


@pytest.fixture
def web(one_web: Served) -> Iterator[Served]:
    """Reached as ever, whatever the test before has done to its ways."""
    yield one_web
    one_web.database.back()
    one_web.redis.back()


@pytest.fixture
def folder(settings: pytest_django.Settings, tmp_path: Path) -> Path:
    """The files of one test."""
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def boss(village_committee: Organization) -> User:
    """The supervisor of the whole city."""
    return member("boss", Role.SUPERVISOR, region_id=CITY)


@pytest.fixture
def empty_redis(queues: None) -> Iterator[None]:
    """Nothing there before, and nothing left by those that were killed."""
    with Redis.from_url(project.REDIS_URL) as ours:
        ours.flushdb()
        yield
        ours.flushdb()
