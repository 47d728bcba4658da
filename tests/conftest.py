"""What every test may need: the bundled servers, started when the first test asks for the database."""

import pytest

from casetrack import embedded


@pytest.fixture(scope="session")
def servers() -> None:
    """PostgreSQL and Redis, running."""
    embedded.ensure()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(servers: None) -> None:
    """pytest-django asks for this before it makes the test database."""
