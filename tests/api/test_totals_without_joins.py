"""The exact total of a list is counted on cases alone, however much a page shows of their offices."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from casetrack.cases.models import Case

pytestmark = pytest.mark.django_db


def test_a_total_that_only_the_cases_can_tell_joins_nothing(dispute: Case, supervisor: APIClient) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = supervisor.get("/api/v1/cases/?entered_from=2024-01-01&total=true").json()

    (counting,) = [query["sql"] for query in queries if "COUNT(" in query["sql"]]
    assert page["total"] == 1
    assert "JOIN" not in counting
