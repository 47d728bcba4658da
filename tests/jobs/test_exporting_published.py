"""The list behind a published figure as a file: as many rows as were counted then, whatever has come in since."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from casetrack.accounts.models import AuditEntry
from casetrack.cases.models import Job
from casetrack.cases.offices import change_office
from casetrack.organizations.models import Membership, Organization, Region, Role
from casetrack.organizations.reported.keeping import report
from casetrack.stats.closing.closing import close
from casetrack.stats.closing.models import Edition
from casetrack.stats.rollup import settle
from tests.api.test_accusations import petition
from tests.cases.logging import log_dispute, take
from tests.jobs.conftest import member
from tests.jobs.test_exporting import advice_of_march, ask, made, rows_of
from tests.jobs.test_exporting_figures import sheet_of
from workers import jobs

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queues")]

RECEIVED = {"subject": "mediation", "measure": "received"}


def march_of(region: str) -> Edition:
    while settle():
        pass
    month, now = date(2024, 3, 1), timezone.now()
    return close(region=region, month=month, actor=None, now=now, without_confirmations="尚未实行")


@pytest.fixture
def edition(committee: Organization, petition_office: Organization) -> Edition:
    """March of the county: three disputes, one of them agreed on, and advice that was reported; a fourth came later."""
    logged = [log_dispute(committee, date(2024, 3, day)) for day in (1, 2, 3)]
    take(logged[1], "agree", date(2024, 3, 9), agreement="written", amount=350005)
    report(draft=advice_of_march(petition_office), actor=None, now=timezone.now())
    found = march_of("620522000000")
    log_dispute(committee, date(2024, 3, 4))
    return found


def test_a_workbook_says_which_edition_it_lists_and_has_a_row_for_each_case_that_was_counted(
    client: APIClient, edition: Edition
) -> None:
    query = {**RECEIVED, "region": "620522000000"}
    figures = client.get(f"/api/v1/closings/{edition.pk}/figures/", {"subject": "mediation"}).json()["results"]
    published = next(each for each in figures if (each["measure"], each["dimensions"]) == ("received", {}))

    shown, content = made(client, "figures", "xlsx", filters={**query, "closing": edition.pk})

    indicator, where, number, headings, *rows = sheet_of(content)
    assert indicator[0].startswith("指标：人民调解·收到。")
    assert where[0].startswith("范围：秦安县（620522000000）及其所辖；2024-03-01至2024-03-31；2024-03第1版（编号")
    assert number[0] == "数字：3件；清单3行，各行计入之和等于该数字"
    assert headings == ["编号", "案号", "计入"]
    assert len(rows) == published["value"] == 3
    assert shown["progress"] == {"done": 3, "total": 3, "doing": ""}
    noted = AuditEntry.objects.get(action="export")
    assert (noted.region_code, noted.kind, noted.details["rows"]) == ("620522000000", "mediation", 3)
    assert noted.details["filters"] == {**query, "closing": str(edition.pk)}


ADDED: list[tuple[dict[str, str], dict[str, str]]] = [
    ({"measure": "agreement_amount"}, {"计入（元）": "3500.05"}),
    ({"measure": "closure_rate"}, {"计入": "1", "计入分母": "3"}),
    ({"measure": "received", "category": "neighbour"}, {"计入": "3"}),
    ({"measure": "received", "category": "labour"}, {}),
]


def test_what_rows_add_is_what_was_published(client: APIClient, edition: Edition) -> None:
    for asked, sums in ADDED:
        _, content = made(client, "figures", filters={**RECEIVED, **asked, "closing": edition.pk})

        rows = rows_of(content)
        named = [name for name in (rows[0] if rows else {}) if name.startswith("计入")]
        assert {name: sum(Decimal(row[name]) for row in rows) for name in named} == {
            name: Decimal(number) for name, number in sums.items()
        }


def test_an_office_is_asked_for_in_the_region_where_it_was_counted(
    client: APIClient, edition: Edition, committee: Organization, county: Region
) -> None:
    lay = committee.region_id
    elsewhere = Region.objects.create(code="620521000000", name="清水县", level="county", parent_id="620500000000")
    move = {"region": elsewhere.code, "moved_on": date(2024, 5, 1)}
    change_office(organization_id=committee.pk, changes=move, actor=None, now=timezone.now())
    office = {**RECEIVED, "closing": edition.pk, "organization": committee.pk}

    _, content = made(client, "figures", filters={**office, "region": lay}, fields=["number", "counted"])
    refused = ask(client, "figures", filters=office)

    assert rows_of(content) == [{"案号": "", "计入": "1"}] * 3  # they have moved out of sight since
    assert (refused.status_code, lay in refused.json()["detail"]) == (422, True)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"closing": 2**40}, "filters.closing"),
    ({"closing": "三月"}, "filters.closing"),
    ({"measure": "rain"}, "filters"),
    ({"from": "2024-03-01"}, "filters.from"),
    ({"subject": ["mediation", "petition"]}, "filters.subject"),
    ({"category": "rain"}, "filters"),
    ({"region": "110000"}, "filters"),
    ({"subject": "legal_aid", "measure": "advice_given"}, "filters"),
    ({"subject": "organization", "measure": "mediators_female"}, "filters"),
]


def test_what_is_no_figure_of_the_edition_or_has_no_list_is_refused_at_once(
    client: APIClient, edition: Edition
) -> None:
    answers = [ask(client, "figures", filters={**RECEIVED, "closing": edition.pk, **wrong}) for wrong, _ in WRONG]

    assert [(each.status_code, list(each.json()["errors"])) for each in answers] == [(422, [path]) for _, path in WRONG]
    assert Job.objects.count() == 0


def test_accusations_are_listed_to_those_cleared_and_counted_for_nobody_else(
    client: APIClient, client_of: Any, petition_office: Organization, county: Region
) -> None:
    for purpose in ("accusation", "appeal"):
        petition(petition_office, purpose)
    edition = march_of(county.code)
    asked = {"subject": "petition", "measure": "received", "closing": edition.pk}
    cleared = client_of(member("cleared", region=county, cleared=True))

    found = [sheet_of(made(each, "figures", "xlsx", filters=asked)[1]) for each in (client, cleared)]

    assert [(number[0][:5], len(rows)) for _, _, number, _, *rows in found] == [("数字：1件", 1), ("数字：2件", 2)]


def test_to_those_outside_the_edition_is_not_there(
    stranger: APIClient, clerk: Any, client_of: Any, edition: Edition
) -> None:
    for outsider in (stranger, client_of(clerk)):
        answer = ask(outsider, "figures", filters={**RECEIVED, "closing": edition.pk})
        never = ask(outsider, "figures", filters={**RECEIVED, "closing": 987})

        assert (answer.status_code, list(answer.json()["errors"])) == (422, ["filters.closing"])
        assert answer.json()["detail"].replace(str(edition.pk), "") == never.json()["detail"].replace("987", "")


def test_the_scope_is_that_of_the_moment_the_job_runs(client: APIClient, edition: Edition) -> None:
    asked = ask(client, "figures", filters={**RECEIVED, "closing": edition.pk})
    Membership.objects.update(kinds=["petition"], role=Role.STATISTICIAN)

    jobs.run_job(job_id=asked.json()["id"])

    job = Job.objects.get()
    assert (job.state, job.error_code, job.result_file) == ("failed", "export_refused", "")
