"""The small world of the API, for those who attack it."""

from tests.api.conftest import client_of, world

__all__ = ["client_of", "world"]
