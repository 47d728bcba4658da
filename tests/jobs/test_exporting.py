"""An export holds what its owner's list shows under the same filters: the same rows, the same order, masked alike."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from openpyxl import load_workbook
from rest_framework.test import APIClient

from casetrack.accounts.models import Action, AuditEntry, User
from casetrack.cases.jobs import expiring, running, store
from casetrack.cases.jobs.asking import cancel
from casetrack.cases.models import Case, Job
from casetrack.organizations.capabilities import CAPABILITIES, Capability
from casetrack.organizations.models import Mediator, Membership, Organization, Region, Role, Training
from casetrack.organizations.reported.keeping import ReportedDraft, report
from reports.exporting import columns
from reports.exporting.columns import Row
from reports.exporting.writing import WRITERS, counted
from tests.cases.logging import log_dispute, take
from tests.jobs.test_running import in_another_connection
from tests.jobs.world import LONG_AGO, finished_export, waiting_export
from workers import jobs

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queues")]


@pytest.fixture(autouse=True)
def record(committee: Organization, petition_office: Organization) -> list[Case]:
    """Some disputes, one of them agreed, a mediator and a training."""
    logged = [log_dispute(committee, date(2024, month, 1)) for month in (1, 2, 3, 4)]
    take(logged[1], "agree", date(2024, 2, 9), agreement="written", amount=350005)
    Mediator.objects.create(organization=committee, name="王敏", phone="13900001111", sex="female")
    Training.objects.create(region_id=committee.county_id, held_on=date(2024, 4, 1), name="业务培训", attendance=30)
    report(draft=advice_of_march(petition_office), actor=None, now=timezone.now())
    return logged


def advice_of_march(office: Organization) -> ReportedDraft:
    return ReportedDraft(
        organization=office,
        subject="legal_aid",
        measure="advice_given",
        first=date(2024, 3, 1),
        last=date(2024, 3, 31),
        value=Decimal(52),
        source="登记簿",
    )


def ask(client: APIClient, resource: str = "cases", format_: str = "csv", **more: Any) -> Any:
    return client.post("/api/v1/exports/", {"resource": resource, "format": format_, **more})


def made(client: APIClient, *args: Any, **more: Any) -> tuple[Any, bytes]:
    """The job once it is done, and its file."""
    asked = ask(client, *args, **more)
    assert asked.status_code == 202, asked.json()
    jobs.run_job(job_id=asked.json()["id"])
    shown = client.get(asked.headers["Location"]).json()
    assert shown["state"] == "done", shown
    answer: Any = client.get(shown["file"])
    return shown, b"".join(answer.streaming_content)


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


FILTERS: list[tuple[str, dict[str, Any]]] = [
    ("cases", {}),
    ("cases", {"kind": "mediation", "open": True}),
    ("cases", {"received_from": "2024-02-01", "received_to": "2024-03-01"}),
    ("cases", {"state": "accepted", "ordering": "id"}),
    ("cases", {"party": "13800000000"}),
    ("cases", {"under": "110000"}),
    ("cases", {"state": ["accepted", "agreed"], "ordering": "-closed_on"}),
    ("cases", {"ordering": "-due_on"}),
    ("cases", {"category": ["neighbour", "unspecified"], "kind": ["mediation", "petition"]}),
    ("deadlines", {}),
    ("deadlines", {"light": "overdue", "on": "2024-03-15"}),
    ("organizations", {"search": "信访"}),
    ("mediators", {"under": "620522"}),
    ("trainings", {"held_from": "2024-01-01"}),
    ("reported", {"measure": "advice_given", "from": "2024-01-01"}),
    ("regions", {"level": "county"}),
]
KEYS = {"deadlines": ("案件编号", "case"), "regions": ("区划代码", "code")}


@pytest.mark.parametrize(("resource", "filters"), FILTERS)
def test_an_export_has_the_rows_of_the_list_in_its_order(
    client: APIClient, resource: str, filters: dict[str, Any]
) -> None:
    heading, key = KEYS.get(resource, ("编号", "id"))
    query = {name: str(value).lower() if isinstance(value, bool) else value for name, value in filters.items()}
    results = client.get(f"/api/v1/{resource}/", query).json()["results"]
    listed = [str(row[key]["id"] if key == "case" else row[key]) for row in results]

    shown, content = made(client, resource, filters=filters)

    assert [row[heading] for row in rows_of(content)] == listed
    assert shown["counts"] == {"rows": len(listed)}


def test_an_export_holds_what_its_owner_may_export_and_not_all_that_is_seen(
    client: APIClient, boss: User, petition_office: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every role may export today; one that may not must not borrow the right from another membership."""
    monkeypatch.setitem(CAPABILITIES, Role.CLERK, CAPABILITIES[Role.CLERK] - {Capability.EXPORT})
    boss.memberships.update(role=Role.CLERK)
    Membership.objects.create(user=boss, role=Role.SUPERVISOR, organization=petition_office)

    seen = client.get("/api/v1/cases/").json()["results"]
    shown, content = made(client)

    assert len(seen) == 4
    assert (rows_of(content), shown["counts"]) == ([], {"rows": 0})


def test_two_values_are_refused_where_only_one_can_be_meant(client: APIClient) -> None:
    refused = ask(client, filters={"received_from": ["2024-01-01", "2024-02-01"]})

    assert (refused.status_code, refused.json()["errors"]) == (
        422,
        {"filters.received_from": "条件“received_from”只能填写一个值"},
    )


def test_the_workbook_has_the_same_rows(client: APIClient) -> None:
    shown, content = made(client, "cases", "xlsx", filters={"kind": "mediation"})

    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    rows = [
        dict(zip([cell.value for cell in sheet[1]], row, strict=True))
        for row in sheet.iter_rows(min_row=2, values_only=True)
    ]
    assert [row["编号"] for row in rows] == list(Case.objects.order_by("-id").values_list("pk", flat=True))
    assert {row["协议涉及金额"] for row in rows} == {None, 3500.05}
    assert shown["progress"] == {"done": 4, "total": 4, "doing": ""}


def test_cases_are_said_in_the_words_of_the_forms(client: APIClient, record: list[Case]) -> None:
    _, content = made(client, filters={"kind": "mediation", "closed_to": "2024-12-31"})

    (row,) = rows_of(content)
    said = {
        "案件种类": "人民调解",
        "状态": "达成协议",
        "标题（隐去姓名）": "张*、李* 邻里纠纷",
        "纠纷类型": "邻里纠纷",
        "协议形式": "书面协议",
        "办结日期": "2024-02-09",
        "区划代码": "620522100201",
        "所在区划": "兴国镇第1村",
    }
    assert {name: row[name] for name in said} == said


def test_nobody_is_named_in_full(client: APIClient) -> None:
    content = b"".join(made(client, resource)[1] for resource in ("cases", "deadlines", "mediators")).decode()

    assert "139****1111" in content
    assert not [hidden for hidden in ("张三", "李四", "13800000000", "13900001111", "排水沟") if hidden in content]


def test_lights_are_those_of_the_list(client: APIClient) -> None:
    listed = [row["light"] for row in client.get("/api/v1/cases/").json()["results"]]

    rows = rows_of(made(client)[1])

    words = {None: "", "green": "绿灯", "yellow": "黄灯", "red": "红灯", "overdue": "超期"}
    assert [row["灯"] for row in rows] == [words[light] for light in listed]
    assert "超期" in {row["灯"] for row in rows}


def test_columns_are_those_that_were_asked_for(client: APIClient) -> None:
    _, content = made(client, fields=["number", "category", "amount"])

    assert list(rows_of(content)[0]) == ["案号", "纠纷类型", "协议涉及金额"]
    assert {row["协议涉及金额"] for row in rows_of(content)} == {"", "3500.05"}


def test_rows_are_fetched_some_at_a_time(client: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "CHUNK", 3)

    rows = rows_of(made(client)[1])

    assert [int(row["编号"]) for row in rows] == list(Case.objects.order_by("-id").values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"filters": {"nosuch": "1"}}, "filters.nosuch"),
        ({"filters": {"received_from": "昨天"}}, "filters.received_from"),
        ({"filters": {"kind": {"a": 1}}}, "filters.kind"),
        ({"filters": {"kind": " "}}, "filters.kind"),
        ({"filters": {"page_size": 10}}, "filters.page_size"),
        ({"fields": ["number", "phone"]}, "fields"),
        ({"resource": "users"}, "resource"),
        ({"format": "exe"}, "format"),
    ],
)
def test_what_the_list_does_not_have_is_refused_at_once(client: APIClient, wrong: dict[str, Any], path: str) -> None:
    answer = client.post("/api/v1/exports/", {"resource": "cases", **wrong})

    assert (answer.status_code, list(answer.json()["errors"])) == (422, [path])
    assert Job.objects.count() == 0


def test_the_scope_is_that_of_the_moment_the_job_runs(client: APIClient, boss: User) -> None:
    asked = ask(client)
    elsewhere = Region.objects.create(code="620521000000", name="清水县", level="county", parent_id="620500000000")
    Membership.objects.update(region=elsewhere)

    jobs.run_job(job_id=asked.json()["id"])

    assert Job.objects.get().counts == {"rows": 0}


def test_who_may_export_nothing_any_more_gets_nothing(client: APIClient, boss: User) -> None:
    asked = ask(client)
    boss.memberships.all().delete()

    jobs.run_job(job_id=asked.json()["id"])

    job = Job.objects.get()
    assert (job.state, job.error_code, job.result_file) == ("failed", "permission_denied", "")


def test_an_export_is_audited_with_its_filters_but_not_with_what_was_typed_freely(
    client: APIClient, boss: User
) -> None:
    made(client, filters={"party": "13800000000", "kind": "mediation", "under": "620522"})

    entry = AuditEntry.objects.get(action=Action.EXPORT)
    assert (entry.actor, entry.region_code, entry.kind) == (boss, "620522000000", "mediation")
    assert entry.details["filters"] == {"party": "***", "kind": "mediation", "under": "620522"}
    assert (entry.details["rows"], entry.details["format"], entry.details["resource"]) == (4, "csv", "cases")
    with connection.cursor() as cursor:
        cursor.execute("SELECT job::text FROM cases_job job")
        assert "13800000000" not in str(cursor.fetchall())


def test_a_file_is_its_owners_alone_and_kept_by_nobody_on_the_way(
    client: APIClient, county: Region, stranger: APIClient, client_of: Callable[[User], APIClient]
) -> None:
    shown, _ = made(client, "cases", "xlsx")

    answer = client.get(shown["file"])

    assert stranger.get(shown["file"]).status_code == 404
    assert answer.headers["Cache-Control"] == "no-store, private"
    day = timezone.localdate()
    assert answer.headers["Content-Disposition"] == f"attachment; filename*=utf-8''%E6%A1%88%E4%BB%B6{day:%Y%m%d}.xlsx"


def test_a_file_is_not_there_before_it_is_made(client: APIClient) -> None:
    asked = ask(client)

    answer = client.get(f"/api/v1/exports/{asked.json()['id']}/file/")

    assert (answer.status_code, answer.json()["code"]) == (409, "job_unfinished")


def test_after_its_time_a_file_is_gone(client: APIClient, boss: User, folder: Path) -> None:
    job = finished_export(boss)
    Job.objects.update(expires_at=LONG_AGO)

    assert jobs.expire_jobs() == 1

    answer = client.get(f"/api/v1/exports/{job.pk}/file/")
    assert (answer.status_code, answer.json()["code"]) == (410, "result_expired")
    assert client.get(f"/api/v1/exports/{job.pk}/").json()["file"] is None
    assert list(folder.iterdir()) == []


def test_files_that_nobody_names_any_more_are_removed_but_not_those_of_a_moment_ago(boss: User, folder: Path) -> None:
    finished_export(boss)
    stray = store.seal([b"of a request that was cut off"])

    early = expiring.expire(now=timezone.now() + timedelta(hours=0.5))
    late = expiring.expire(now=timezone.now() + timedelta(days=1, hours=-0.5) + timedelta(hours=1))

    assert (early, stray in {path.name for path in folder.iterdir()}) == (0, False)
    assert late == 2


def test_an_export_called_off_while_it_is_written_leaves_no_file(
    boss: User, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = waiting_export(boss)

    def called_off_at_the_second(rows: Iterator[Row], tell: Callable[[int], None]) -> Iterator[Row]:
        for number, row in enumerate(counted(rows, tell, every=1)):
            if number == 1:
                in_another_connection(lambda: cancel(job_id=job.pk, now=timezone.now()))
            yield row

    monkeypatch.setattr("reports.exporting.jobs.counted", called_off_at_the_second)

    running.run(job_id=job.pk, runners=jobs.RUNNERS, leavers=jobs.LEAVERS, clock=timezone.now, every=0)

    assert (Job.objects.get().state, Job.objects.get().done) == ("cancelled", 2)
    assert list(folder.iterdir()) == []
    assert not AuditEntry.objects.filter(action=Action.EXPORT).exists()


def test_an_export_is_called_off_through_the_api(client: APIClient) -> None:
    asked = ask(client)

    answer = client.post(f"{asked.headers['Location']}/cancel/")
    again = client.post(f"{asked.headers['Location']}/cancel/")

    assert (answer.status_code, answer.json()["state"]) == (202, "cancelled")
    assert again.status_code == 202


def test_a_worker_that_lost_an_export_leaves_no_second_file(
    boss: User, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = waiting_export(boss)
    write = WRITERS["xlsx"]

    def taken_over(*args: Any, **kwargs: Any) -> None:
        write(*args, **kwargs)
        Job.objects.update(beat_at=LONG_AGO)
        monkeypatch.setitem(WRITERS, "xlsx", write)
        in_another_connection(lambda: jobs.run_job(job_id=job.pk))

    monkeypatch.setitem(WRITERS, "xlsx", taken_over)

    jobs.run_job(job_id=job.pk)

    done = Job.objects.get()
    assert (done.state, done.attempts) == ("done", 2)
    assert [path.name for path in folder.iterdir()] == [done.result_file]
    assert AuditEntry.objects.filter(action=Action.EXPORT).count() == 1
