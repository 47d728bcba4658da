"""The world of the statistics, and queues for what needs them."""

from tests.stats.conftest import gangu_committee, regions, village_committee
from tests.workers.conftest import queues

__all__ = ["gangu_committee", "queues", "regions", "village_committee"]
