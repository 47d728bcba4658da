"""One stack for all tests that need one."""

from collections.abc import Iterator

import pytest
import pytest_django

from tests.stack.office import Office, office


def pytest_itemcollected(item: pytest.Item) -> None:
    """One process has the stack, which takes a dozen seconds to start."""
    item.add_marker(pytest.mark.xdist_group("stack"))


@pytest.fixture(scope="package")
def running(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    with django_db_blocker.unblock(), office(tmp_path_factory.mktemp("stack")) as it:
        yield it
