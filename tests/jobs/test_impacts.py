"""What a change of the law would move, asked for at a page and found by a worker: only what its reader may see."""

from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils.timezone import now
from openpyxl import load_workbook

from casetrack.accounts.models import AuditEntry, User
from casetrack.cases.jobs import running
from casetrack.cases.models import Deadline, Job
from casetrack.cases.recounting import impact, singly
from casetrack.cases.recounting.reports import Moved, Stuck
from casetrack.organizations.models import Membership, Organization, Region, Role
from tests.cases.logging import log_dispute
from tests.cases.recounting.changes import term_of
from tests.cases.recounting.world import petition_with_extension
from tests.jobs.conftest import member
from tests.web.cases import client_of, petition
from workers import jobs

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queues")]

ADDRESS = "/manage/rules/impact/"


@pytest.fixture(autouse=True)
def without_second_factor(settings: LazySettings) -> None:
    settings.SECOND_FACTOR_ROLES = []


def asked(client: Client, region: Region, **more: str) -> str:
    """The address of a question that no worker has taken up."""
    answer = client.post(ADDRESS, {"under": region.code, **more})
    assert answer.status_code == 302
    return answer.headers["Location"]


def found(client: Client, region: Region, **more: str) -> Any:
    """The page of a question that a worker has answered."""
    address = asked(client, region, **more)
    jobs.run_job(job_id=Job.objects.latest("pk").pk)
    return client.get(address)


def test_a_clock_that_a_longer_term_moves_is_told_with_its_reason_and_nothing_is_written(
    boss: User, committee: Organization, county: Region
) -> None:
    case, client = log_dispute(committee, date(2024, 3, 1)), client_of(boss)

    with term_of("PM-TERM-GEN", length=2, quote="两个月"):
        page = found(client, county)

    said, counts = page.content.decode(), page.context["job"].counts
    assert counts == {"cases": 1, "running": 1, "ended": 0, "stuck": 0, "hidden": 0}
    assert f'<a href="/cases/{case.pk}/">{case.number}</a>' in said
    assert "2024-04-01 → 2024-05-01" in said
    assert "“两个月”，期限2个月" in said
    assert "manage.py law --apply" in said
    file: Any = client.get(f"{page.wsgi_request.path}file/")
    rows: Any = list(load_workbook(BytesIO(b"".join(file.streaming_content))).worksheets[0].values)
    assert rows[1][:6] == (case.number, "人民调解", committee.region_id, "调解期限", "进行中", "PM-TERM-GEN")
    assert [day.date() for day in rows[1][6:8]] == [date(2024, 4, 1), date(2024, 5, 1)]
    assert len(rows) == 2
    assert Deadline.objects.get().act_by == date(2024, 4, 1)
    assert AuditEntry.objects.get(action="export").details["rows"] == 1


def test_an_accusation_is_only_counted_for_those_not_cleared(
    boss: User, petition_office: Organization, county: Region
) -> None:
    accusation = petition(petition_office, purpose="accusation", intake="direct")
    rule = accusation.deadlines.get(ended_on=None, whose="office").rule
    cleared = client_of(member("cleared", region=county, cleared=True))

    with term_of(rule, length=40):
        hidden, told = found(client_of(boss), county), found(cleared, county)

    assert hidden.context["job"].counts == {"cases": 0, "running": 0, "ended": 0, "stuck": 0, "hidden": 1}
    assert accusation.number not in hidden.content.decode()
    assert rule not in hidden.content.decode()
    assert told.context["job"].counts["running"] == 1
    Membership.objects.filter(cleared=True).update(cleared=False)
    assert f"/cases/{accusation.pk}/" not in cleared.get(told.wsgi_request.path).content.decode()


def test_what_is_asked_is_ones_own_within_ones_place_and_can_be_called_off(
    boss: User, clerk: User, county: Region, committee: Organization
) -> None:
    elsewhere = Region.objects.create(code="110000000000", name="北京市", level="province", parent_id="000000000000")
    client, far = client_of(boss), client_of(member("stranger", region=elsewhere))
    address = asked(client, county)

    assert [far.get(each).status_code for each in (address, f"{address}file/")] == [404, 404]
    assert far.post(f"{address}cancel/").status_code == 404
    assert client_of(clerk).get(ADDRESS).status_code == 403
    tries = [far.post(ADDRESS, {"under": under}) for under in (county.code, "", "<b>", "9" * 400)]
    assert [answer.status_code for answer in tries] == [422] * 4
    assert "<b>" not in tries[2].content.decode().split("<main")[1]
    client.post(f"{address}cancel/")
    jobs.run_job(job_id=Job.objects.get().pk)
    assert Job.objects.get().state == Job.State.CANCELLED
    assert client.get(address).status_code == 200


def test_a_case_that_the_law_does_not_bear_out_any_more_is_named_with_the_reason(
    boss: User, petition_office: Organization, county: Region
) -> None:
    case = petition_with_extension(petition_office)

    with term_of("XF-END-22", extension=None):
        page = found(client_of(boss), county, thorough="on")

    said = page.content.decode()
    assert page.context["job"].counts == {"cases": 0, "running": 0, "ended": 0, "stuck": 1, "hidden": 0}
    assert f'<a href="/cases/{case.pk}/">{case.number}</a>' in said
    assert said.count("没有规定可以延长") == 2, "once counted, once by the case"
    assert (page.context["job"].done, page.context["job"].total) == (1, 1)


def test_one_called_off_while_it_looks_leaves_no_file(
    boss: User, committee: Organization, county: Region, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_dispute(committee, date(2024, 3, 1))
    asked(client_of(boss), county, thorough="on")
    shown = singly.shown_singly

    def called_off(cases: Sequence[int]) -> Iterator[Moved | Stuck]:
        Job.objects.update(cancel_asked=True)
        return shown(cases)

    monkeypatch.setattr(impact, "shown_singly", called_off)
    job_id = Job.objects.get().pk
    with term_of("PM-TERM-GEN", length=2):
        running.run(job_id=job_id, runners=jobs.RUNNERS, leavers=jobs.LEAVERS, clock=now, every=0)

    assert Job.objects.get().state == Job.State.CANCELLED
    assert list(folder.iterdir()) == []


def test_who_keeps_registers_no_more_when_the_worker_comes_is_told_nothing(
    boss: User, county: Region, committee: Organization
) -> None:
    log_dispute(committee, date(2024, 3, 1))
    asked(client_of(boss), county)
    Membership.objects.update(role=Role.CLERK)

    jobs.run_job(job_id=Job.objects.get().pk)

    job = Job.objects.get()
    assert (job.state, job.error_code, job.result) == (Job.State.FAILED, "permission_denied", {})
