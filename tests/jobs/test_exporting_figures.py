"""The list behind a figure as a file: the question above its rows, and as many rows as the figure."""

import io
from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from rest_framework.test import APIClient

from casetrack.accounts.models import AuditEntry, User
from casetrack.cases.models import Job
from casetrack.cases.offices import change_office
from casetrack.organizations.models import Mediator, Membership, Organization, Region
from tests.cases.logging import log_dispute, take
from tests.jobs.test_exporting import ask, made, rows_of
from workers import jobs

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queues")]

YEAR = {"region": "620522", "from": "2024-01-01", "to": "2024-12-31"}
RECEIVED = {**YEAR, "subject": "mediation", "measure": "received"}


@pytest.fixture(autouse=True)
def record(committee: Organization) -> None:
    """Four disputes, one of them agreed on, and a mediator."""
    logged = [log_dispute(committee, date(2024, month, 1)) for month in (1, 2, 3, 4)]
    take(logged[1], "agree", date(2024, 2, 9), agreement="written", amount=350005)
    Mediator.objects.create(organization=committee, name="王敏", phone="13900001111", sex="female")


def sheet_of(content: bytes) -> list[list[Any]]:
    return [list(row) for row in load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)]


def test_a_workbook_says_what_it_answers_and_has_a_row_for_each_case(client: APIClient) -> None:
    figure = client.get("/api/v1/statistics/", {**YEAR, "subject": "mediation"}).json()["figures"][0]

    shown, content = made(client, "figures", "xlsx", filters={**RECEIVED, "category": "neighbour"})

    indicator, where, number, headings, *rows = sheet_of(content)
    assert indicator[0].startswith("指标：人民调解·收到。")
    assert where[0] == "范围：秦安县（620522000000）及其所辖；2024-01-01至2024-12-31；纠纷类型＝邻里纠纷"
    assert number[0] == "数字：4件；清单4行，各行计入之和等于该数字"
    assert (headings[0], headings[-1], len(rows)) == ("编号", "计入", figure["value"])
    assert shown["progress"] == {"done": 4, "total": 4, "doing": ""}


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({"subject": "mediation", "measure": "agreement_amount"}, "3500.05"),
        ({"subject": "mediation", "measure": "closure_rate", "part": "denominator"}, "4"),
        ({"subject": "organization", "measure": "mediators_female"}, "1"),
    ],
)
def test_what_rows_add_is_the_figure(client: APIClient, asked: dict[str, str], number: str) -> None:
    _, content = made(client, "figures", filters={**YEAR, **asked})

    rows = rows_of(content)
    adds = [float(row.get("计入") or row["计入（元）"]) for row in rows]
    assert (sum(adds), "13900001111" in content.decode()) == (float(number), False)


def test_a_case_that_has_moved_out_of_sight_is_counted_and_no_more(
    client: APIClient, boss: User, committee: Organization, county: Region
) -> None:
    elsewhere = Region.objects.create(code="620521000000", name="清水县", level="county", parent_id="620500000000")
    move = {"region": elsewhere.code, "moved_on": date(2024, 5, 1)}
    change_office(organization_id=committee.pk, changes=move, actor=None, now=timezone.now())

    _, content = made(client, "figures", filters=RECEIVED, fields=["id", "number", "counted"])

    assert rows_of(content) == [{"编号": "", "案号": "", "计入": "1"}] * 4


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"subject": "weather"}, "filters.subject"),
        ({"measure": "rain"}, "filters"),
        ({"measure": "closure_rate"}, "filters"),
        ({"channel": "visit"}, "filters.channel"),
        ({"category": ["neighbour", "labour"]}, "filters.category"),
        ({"from": "昨天"}, "filters.from"),
        ({"known_on": "2099-01-01"}, "filters.known_on"),
        ({"region": "110000"}, "filters"),
    ],
)
def test_what_is_no_figure_or_lies_elsewhere_is_refused_at_once(
    client: APIClient, county: Region, wrong: dict[str, Any], path: str
) -> None:
    answer = ask(client, "figures", filters={**RECEIVED, **wrong})

    assert (answer.status_code, list(answer.json()["errors"])) == (422, [path])
    assert Job.objects.count() == 0


def test_the_scope_is_that_of_the_moment_the_job_runs(client: APIClient, boss: User) -> None:
    asked = ask(client, "figures", filters=RECEIVED)
    elsewhere = Region.objects.create(code="620521000000", name="清水县", level="county", parent_id="620500000000")
    Membership.objects.update(region=elsewhere)

    jobs.run_job(job_id=asked.json()["id"])

    job = Job.objects.get()
    assert (job.state, job.error_code, job.result_file) == ("failed", "export_refused", "")


def test_it_is_audited_with_the_figure(client: APIClient, boss: User) -> None:
    made(client, "figures", filters=RECEIVED)

    entry = AuditEntry.objects.get(action="export")
    assert (entry.actor, entry.region_code, entry.kind) == (boss, "620522000000", "mediation")
    assert (entry.details["filters"], entry.details["rows"]) == (RECEIVED, 4)
