"""The small world of the API's tests."""

from tests.api.conftest import clerk, client_of, dispute, supervisor, world
from tests.api.test_every_post import place

__all__ = ["clerk", "client_of", "dispute", "place", "supervisor", "world"]
