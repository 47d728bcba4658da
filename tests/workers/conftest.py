"""The small world of the cases, and queues that are empty before and after each test."""

from collections.abc import Iterator

import django_rq
import pytest
from django.conf import settings
from rq.registry import FailedJobRegistry, StartedJobRegistry

from tests.cases.conftest import clerk, committee, county, petition_office, village

__all__ = ["clerk", "committee", "county", "petition_office", "queues", "village"]


@pytest.fixture
def queues(servers: None) -> Iterator[None]:
    """Nothing queued, nothing left of earlier jobs."""
    empty_queues()
    yield
    empty_queues()


def empty_queues() -> None:
    for name in settings.RQ_QUEUES:
        queue = django_rq.get_queue(name)
        queue.delete(delete_jobs=True)
        for registry in (FailedJobRegistry(queue=queue), StartedJobRegistry(queue=queue)):
            registry.connection.delete(registry.key)  # it may name jobs that are gone already
