"""Metrics keep some answers for a minute; each test asks anew."""

from collections.abc import Iterator

import pytest

from casetrack.metrics.kept import forget


@pytest.fixture(autouse=True)
def asked_anew() -> Iterator[None]:
    forget()
    yield
    forget()
