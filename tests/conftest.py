"""What every test may need: the bundled servers, started when the first test asks for the database."""

import gc
import signal
from collections.abc import Iterator

import pytest
from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.db.models.signals import post_migrate
from django.test import TransactionTestCase

from casetrack import embedded
from tests.emptying import deleting

# a test leaves little that goes in circles, and looking for it among all that is loaded took a tenth of the time
gc.set_threshold(100_000, 50, 50)


def pytest_configure(config: pytest.Config) -> None:
    """Asked to end, tests end as on Ctrl-C, which a shell may have switched off: in order, and saying so."""
    if not hasattr(config, "workerinput"):  # one of several processes is ended by the first
        for signum in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signum, signal.default_int_handler)


LONG = (
    *("browser", "spark", "stack", "servers of its own", "a web of its own", "backups"),
    *("tests/api/test_contract.py", "tests/walks/test_every_figure.py"),
)
"""The groups that take longest, or wait longest for others: begun first, or one process would be alone with them."""


@pytest.hookimpl(trylast=True)  # after folders whose tests stay together as a whole
def pytest_itemcollected(item: pytest.Item) -> None:
    """The tests of a file stay together: what is set up for all of them is set up in one process alone."""
    if not item.get_closest_marker("xdist_group"):
        item.add_marker(pytest.mark.xdist_group(file_of(item)))


def file_of(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """pytest-xdist writes the group of a test to where pytest kept its id before 9.2, and none was kept together."""
    items.sort(key=place)
    for item in items:
        grouped = vars(item).get("_nodeid")
        if grouped and grouped != item.nodeid:
            item._id = type(item.id).parse(grouped)


def place(item: pytest.Item) -> int:
    marked = item.get_closest_marker("xdist_group")
    group = marked.args[0] if marked and marked.args else None
    return LONG.index(group) if group in LONG else len(LONG)


@pytest.fixture(scope="session")
def servers() -> None:
    """PostgreSQL and Redis, running."""
    embedded.ensure()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(servers: None, django_db_modify_db_settings_parallel_suffix: None) -> None:
    """pytest-django asks for this before it makes the test database, one for each process that runs tests."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """What Django notes of every model, and nothing here asks for, is not noted anew after each test that commits."""
    post_migrate.disconnect(dispatch_uid=f"{create_permissions.__module__}.{create_permissions.__name__}")
    post_migrate.disconnect(create_contenttypes)


@pytest.fixture(scope="session", autouse=True)
def emptied_by_deleting() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            TransactionTestCase, "_fixture_teardown", deleting(vars(TransactionTestCase)["_fixture_teardown"])
        )
        yield
