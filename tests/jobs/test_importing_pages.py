"""From a ledger on a page to cases: looked at first, taken in when its sender says so, undone with a reason."""

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from casetrack.accounts.models import User
from casetrack.cases.jobs import store
from casetrack.cases.models import Case, Job
from tests.cases.ledgers.books import COUNTY, dispute, ledger
from tests.jobs.world import waiting_import

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queues", "committee")]

GOOD = dispute()
BAD = dispute(编号="秦人调〔2024〕2号", 受理日期="13912345678", 联系电话=13912345678)


def at_the_page(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def look_at(client: Client, *contents: bytes, under: str = COUNTY) -> str:
    """Send files to be looked at: where their trial is."""
    files = [SimpleUploadedFile(f"台账{number}.xlsx", content) for number, content in enumerate(contents, start=1)]
    return str(client.post("/imports/", {"under": under, "sent": files})["Location"])


def worked_off(client: Client, address: str) -> str:
    call_command("work", burst=True)
    return re.sub(r"\s+", " ", unescape(client.get(address, follow=True).content.decode()))


def test_files_are_looked_at_first_then_taken_in_once_and_undone(boss: User) -> None:
    client = at_the_page(boss)
    trial = look_at(client, ledger(GOOD, BAD))

    shown = worked_off(client, trial)

    assert "人民调解案件登记台账" in shown
    assert '<th scope="row">受理日期</th>' in shown
    assert '<td data-label="第3行">张*</td>' in shown
    assert "张三" not in shown
    assert "第4行" in shown
    assert "什么也没有写入" in shown
    assert "13912345678" not in shown
    assert not Case.objects.exists()
    rejected: Any = client.get(f"{trial}rejected/")
    assert b"".join(rejected.streaming_content)[:2] == b"PK"

    token = "0b7a2f5e-5d3c-4b43-9a53-1f2f0f0a0002"
    taken, again = (client.post(f"{trial}go/", {"token": token})["Location"] for _ in range(2))
    done = worked_off(client, taken)

    assert taken == again
    assert "新增1行" in done
    assert Case.objects.get().number == "秦人调〔2024〕1号"
    assert "已经导入，或者超过24小时已删除" in worked_off(client, client.post(f"{trial}go/")["Location"])
    undone = worked_off(client, client.post(f"{taken}undo/")["Location"])
    assert "撤销导入" in undone
    assert Job.objects.get(kind="undo").state == "done"


def test_what_is_no_ledger_is_told_and_nothing_of_it_stays(boss: User) -> None:
    client = at_the_page(boss)

    picture = client.post("/imports/", {"under": COUNTY, "sent": SimpleUploadedFile("a.xlsx", b"\x89PNG\x00")})
    nothing = client.post("/imports/", {"under": COUNTY})
    empty = client.post("/imports/", {"under": COUNTY, "sent": SimpleUploadedFile("a.xlsx", b"")})
    elsewhere = client.post("/imports/", {"under": "110000000000", "sent": SimpleUploadedFile("a.csv", b"x")})

    assert [answer.status_code for answer in (picture, nothing, empty, elsewhere)] == [422] * 4
    assert "不是Excel工作簿" in picture.content.decode()
    assert "请选择文件" in nothing.content.decode()
    assert "文件是空的" in empty.content.decode()
    assert "您无权为区划110000000000导入台账" in elsewhere.content.decode()
    unread = worked_off(client, look_at(client, b"PK\x03\x04 no workbook"))
    assert 'class="alert alert-danger"' in unread
    assert not Job.objects.exclude(state="failed").exists()


def test_imports_of_others_are_not_there_and_their_files_are_not_taken_in(boss: User, clerk: User) -> None:
    job = waiting_import(boss, COUNTY, ledger(GOOD), dry_run=True)
    other = at_the_page(clerk)

    assert other.get(f"/imports/{job.pk}/").status_code == 404
    assert other.post(f"/imports/{job.pk}/go/").status_code == 404
    assert other.get(f"/imports/{job.pk}/rejected/").status_code == 404
    assert "不能导入" not in at_the_page(boss).get(f"/imports/{job.pk}/").content.decode()
    at_the_page(boss).post(f"/imports/{job.pk}/cancel/")
    job.refresh_from_db()
    assert job.state == "cancelled"
    assert not store.is_there(job.parameters["files"][0]["kept"])
