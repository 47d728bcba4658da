"""The world of the statistics, queues for what needs them, and one web process for all tests that need a real one."""

from collections.abc import Iterator

import pytest
import pytest_django

from tests.api.conftest import client_of, world
from tests.faults.served import Served, served
from tests.stats.conftest import gangu_committee, regions, village_committee
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
