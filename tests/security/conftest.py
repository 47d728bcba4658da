"""The small worlds of the API and of the cases, and empty queues, for those who attack them."""

from tests.api.conftest import client_of, world
from tests.cases.conftest import committee, county, petition_office, village
from tests.workers.conftest import queues

__all__ = ["client_of", "committee", "county", "petition_office", "queues", "village", "world"]
