"""From an uploaded ledger to cases: through the API, the queue and a worker."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from openpyxl import load_workbook
from rest_framework.test import APIClient

from casetrack.accounts.models import Action, AuditEntry, User
from casetrack.cases.models import Case, ImportBatch, Job, Party
from casetrack.organizations.models import Membership, Region, Role
from reports.exporting.writing import CONTENT_TYPES
from tests.cases.ledgers.books import COUNTY, book, dispute, ledger, petition
from tests.jobs.conftest import member

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queues", "committee")]

GOOD = dispute()
BAD = dispute(编号="秦人调〔2024〕2号", 受理日期="13912345678", 联系电话=13912345678)


def send(client: APIClient, *contents: bytes, **more: Any) -> Any:
    files = [SimpleUploadedFile(f"台账{number}.xlsx", content) for number, content in enumerate(contents, start=1)]
    return client.post("/api/v1/imports/", {"region": COUNTY, "files": files, **more}, format="multipart")


def worked_off(client: APIClient, asked: Any) -> Any:
    call_command("work", burst=True)
    return client.get(asked.headers["Location"]).json()


def test_a_ledger_is_taken_in_by_a_worker(client: APIClient, boss: User, folder: Path) -> None:
    asked = send(client, ledger(GOOD, BAD))
    assert (asked.status_code, asked.json()["state"]) == (202, "queued")

    found = worked_off(client, asked)

    assert (found["state"], found["files"]) == ("done", ["台账1.xlsx"])
    assert found["counts"] == {"read": 2, "created": 1, "changed": 0, "unchanged": 0, "rejected": 1}
    assert found["progress"] == {"done": 2, "total": 2, "doing": ""}
    assert Case.objects.get().number == "秦人调〔2024〕1号"
    assert Case.objects.get().events.earliest("pk").actor == boss


def test_rejected_rows_are_named_with_their_reasons_and_without_telephones(client: APIClient) -> None:
    found = worked_off(client, send(client, ledger(GOOD, BAD)))

    (row,) = found["sheets"][0]["rejected"]
    assert row["row"] == 4
    assert "139****" in row["reason"]
    assert "13912345678" not in str(found)


def test_rejected_rows_come_back_as_they_were_sent_to_their_sender_alone(
    client: APIClient, county: Region, client_of: Callable[[User], APIClient]
) -> None:
    found = worked_off(client, send(client, ledger(GOOD, BAD)))
    colleague = client_of(member("colleague", region=county))

    answer: Any = client.get(f"/api/v1/imports/{found['id']}/errors/", headers={"Accept": CONTENT_TYPES["xlsx"]})

    rows = list(load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0].values)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store, private")
    assert "%E6%8B%92%E6%94%B6%E7%9A%84%E8%A1%8C" in answer.headers["Content-Disposition"]  # 拒收的行
    assert rows[1][4] == 13912345678
    assert colleague.get(f"/api/v1/imports/{found['id']}/errors/").status_code == 404
    assert colleague.get(f"/api/v1/imports/{found['id']}/").json()["sheets"][0]["rejected"] == []


def test_files_lie_sealed_until_they_are_read_and_are_then_removed(client: APIClient, folder: Path) -> None:
    asked = send(client, ledger(GOOD), ledger(petition()))
    lying = [path.read_bytes() for path in folder.iterdir()]
    modes = {path.stat().st_mode & 0o777 for path in [folder, *folder.iterdir()]}

    worked_off(client, asked)

    assert len(lying) == 2
    assert not any(content.startswith(b"PK") for content in lying)
    assert modes == {0o700, 0o600}
    assert list(folder.iterdir()) == []


def test_the_job_says_nothing_of_the_files_but_their_names(client: APIClient) -> None:
    send(client, ledger(GOOD))

    job = Job.objects.values().get()

    assert "张三" not in str(job)
    assert "13800000000" not in str(job)


def test_the_same_file_sent_again_changes_nothing(client: APIClient) -> None:
    worked_off(client, send(client, ledger(GOOD)))

    found = worked_off(client, send(client, ledger(GOOD)))

    assert found["counts"] == {"read": 1, "created": 0, "changed": 0, "unchanged": 1, "rejected": 0}
    assert Case.objects.count() == 1


def test_of_two_files_that_say_the_same_the_second_changes_nothing(client: APIClient) -> None:
    found = worked_off(client, send(client, ledger(GOOD), ledger(GOOD)))

    assert [sheet["counts"]["created"] for sheet in found["sheets"]] == [1, 0]
    assert found["counts"] == {"read": 2, "created": 1, "changed": 0, "unchanged": 1, "rejected": 0}


def test_a_trial_shows_its_first_rows_to_its_sender_alone(
    client: APIClient, county: Region, client_of: Callable[[User], APIClient]
) -> None:
    found = worked_off(client, send(client, ledger(GOOD), dry_run="true"))
    colleague = client_of(member("colleague", region=county))

    (row,) = found["sheets"][0]["preview"]
    assert (row["row"], row["cells"][:2], row["cells"][3]) == (3, ["秦人调〔2024〕1号", "2024-03-01"], "张*")
    assert "张三" not in str(Job.objects.values().get())
    assert colleague.get(f"/api/v1/imports/{found['id']}/").json()["sheets"][0]["preview"] == []


def test_a_dry_run_comes_to_the_same_verdicts_and_leaves_nothing(client: APIClient) -> None:
    found = worked_off(client, send(client, ledger(GOOD, BAD), dry_run="true"))

    assert found["counts"] == {"read": 2, "created": 1, "changed": 0, "unchanged": 0, "rejected": 1}
    assert found["dry_run"] is True
    assert (Case.objects.count(), Party.objects.count(), ImportBatch.objects.count()) == (0, 0, 0)


def test_what_is_no_ledger_at_all_fails_with_the_reason(client: APIClient, folder: Path) -> None:
    found = worked_off(client, send(client, book([["备忘"], ["一", "二"]])))

    assert (found["state"], found["error"]["code"]) == ("failed", "files_not_readable")
    assert found["error"]["message"].startswith("台账1.xlsx［表1］：")
    assert list(folder.iterdir()) == []


def test_beside_a_ledger_what_is_none_is_only_mentioned(client: APIClient) -> None:
    found = worked_off(client, send(client, ledger(GOOD), book([["备忘"], ["一", "二"]])))

    assert (found["state"], found["counts"]["created"]) == ("done", 1)
    assert [unread["file"] for unread in found["unread"]] == ["台账2.xlsx"]


def test_an_import_is_audited_with_its_counts(client: APIClient, boss: User) -> None:
    found = worked_off(client, send(client, ledger(GOOD)))

    entry = AuditEntry.objects.get(action=Action.IMPORT)
    assert (entry.actor, entry.region_code) == (boss, COUNTY)
    assert (entry.details["job"], entry.details["counts"]["created"]) == (found["id"], 1)


def test_who_may_do_only_one_kind_imports_only_its_ledgers(
    client: APIClient, boss: User, petition_office: object
) -> None:
    Membership.objects.update(kinds=["petition"])

    found = worked_off(client, send(client, ledger(GOOD), ledger(petition())))

    assert [sheet["file"] for sheet in found["sheets"]] == ["台账2.xlsx"]
    assert found["unread"][0]["reason"] == "您无权导入“人民调解案件登记台账”，请由有权办理的人员导入"
    assert list(Case.objects.values_list("kind", flat=True)) == ["petition"]


def test_rights_are_those_of_the_moment_the_job_runs(client: APIClient) -> None:
    asked = send(client, ledger(GOOD))
    Membership.objects.all().delete()

    found = worked_off(client, asked)

    assert (found["state"], found["error"]["code"]) == ("failed", "permission_denied")
    assert Case.objects.count() == 0


@pytest.mark.parametrize("place", ["committee", "reader", "elsewhere"])
def test_only_who_may_write_throughout_the_region_may_import(
    place: str, clerk: User, county: Region, client_of: Callable[[User], APIClient], stranger: APIClient
) -> None:
    reader = member("reader", Role.AUDITOR, region=county)
    senders = {"committee": client_of(clerk), "reader": client_of(reader), "elsewhere": stranger}

    answer = send(senders[place], ledger(GOOD))

    assert answer.status_code == 403
    assert Job.objects.count() == 0
