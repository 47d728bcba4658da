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
from casetrack.organizations.models import Region
from tests.cases.ledgers.books import COUNTY, book, dispute, ledger
from tests.cases.ledgers.test_mapping import FIELDS, FIRST, HEADINGS
from tests.jobs.conftest import member
from tests.jobs.test_undoing_imports import OF_LAST_MONTH, closed_last_month
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
    overlong = client.post(f"{taken}undo/", {"restating": "重" * 201}, follow=True).content.decode()
    assert "重述的理由最多200字，现有201字" in overlong
    assert "撤销这次导入" in overlong
    undone = worked_off(client, client.post(f"{taken}undo/")["Location"])
    assert "<dt>撤回案件</dt><dd>1</dd>" in undone
    after = client.get(taken).content.decode()
    assert "案件记录已经撤销" in after
    assert "撤销这次导入" not in after
    assert Job.objects.get(kind="undo").state == "done"


def test_a_trial_without_news_has_nothing_to_take_in(boss: User) -> None:
    client = at_the_page(boss)
    worked_off(client, client.post(f"{looked_at(client, ledger(GOOD))}go/")["Location"])

    same, bad, empty = (looked_at(client, content) for content in (ledger(GOOD), ledger(BAD), book([list(GOOD)])))

    shown = [client.get(trial).content.decode() for trial in (same, bad, empty)]
    assert [f"{trial}go/" in page for trial, page in zip((same, bad, empty), shown, strict=True)] == [False] * 3
    assert "各行都与已经导入的相同" in shown[0]
    assert "下载拒收的行，改正后重新上传" in shown[1]
    assert "表头以下没有数据行" in shown[2]


def looked_at(client: Client, content: bytes) -> str:
    trial = look_at(client, content)
    call_command("work", burst=True)
    return trial


def test_an_undoing_that_wants_a_reason_asks_for_it_where_it_says_so(boss: User, county: Region) -> None:
    client = at_the_page(boss)
    taken = client.post(f"{looked_at(client, OF_LAST_MONTH)}go/")["Location"]
    worked_off(client, taken)
    closed_last_month(county)

    refused = worked_off(client, client.post(f"{taken}undo/")["Location"])

    assert "请写明重述的理由" in refused
    assert f'action="{taken}undo/"' in refused
    done = worked_off(client, client.post(f"{taken}undo/", {"restating": "重复报送"})["Location"])
    assert f"已结账的月份由此重述：{county.name}" in done


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


def test_a_sheet_that_nobody_knows_is_mapped_by_hand_and_taken_in_so(boss: User) -> None:
    client = at_the_page(boss)
    trial = look_at(client, book([["<b>某镇</b>"], ("<i>卷宗</i>", *HEADINGS[1:]), FIRST]))
    strange = worked_off(client, trial)
    assert "手工对照" in strange
    assert "<i>卷宗" not in client.get(trial).content.decode()

    first = client.get(f"{trial}sheets/0/").content.decode()
    assert (first.count("<select"), 'name="heading_row" value="2"' in first) == (2, True)
    chosen = {"ledger": "mediation", "heading_row": 2, "heading_rows": 1}
    by_headings = client.post(f"{trial}sheets/0/", chosen)["Location"]
    worked_off(client, by_headings)
    page = unescape(client.get(f"{by_headings}sheets/0/").content.decode())
    assert "1. <i>卷宗</i>" in page
    assert "未识别" in page

    fields = {f"column_{number}": field for number, field in enumerate(FIELDS, start=1)}
    without = client.post(f"{by_headings}sheets/0/", {**chosen, **fields, "column_1": ""})
    twice = client.post(f"{by_headings}sheets/0/", {**chosen, **fields, "column_9": "amount"})
    told = client.post(f"{by_headings}sheets/0/", {**chosen, **fields})["Location"]
    shown = worked_off(client, told)

    assert "必须有：案件编号" in without.content.decode()
    assert "只留一列" in twice.content.decode()
    assert (without.status_code, twice.status_code) == (422, 422)
    assert '<td data-label="第3行">35,000元</td>' in shown
    assert "新增1行" in worked_off(client, client.post(f"{told}go/")["Location"])
    assert Case.objects.get().values["amount"] == 3_500_000
    token = {"token": "0b7a2f5e-5d3c-4b43-9a53-1f2f0f0a0004"}
    gone = [client.post(f"{told}sheets/0/", {**chosen, **token, "heading_row": row}) for row in (2, 3)]
    assert ["重新上传" in answer.content.decode() for answer in gone] == [True, True]


def test_the_headings_of_a_trial_are_its_senders_alone(boss: User, county: Region) -> None:
    client = at_the_page(boss)
    trial = look_at(client, ledger(GOOD))
    worked_off(client, trial)
    colleague = at_the_page(member("colleague", region=county))

    assert colleague.get(trial).status_code == 200
    assert "sheets/0/" not in colleague.get(trial).content.decode()
    assert colleague.get(f"{trial}sheets/0/").status_code == 404
    assert colleague.post(f"{trial}sheets/0/").status_code == 404
    assert client.get(f"{trial}sheets/1/").status_code == 404


def test_a_form_that_is_gone_back_to_looks_at_the_files_that_it_holds_now(boss: User) -> None:
    client = at_the_page(boss)
    token = "0b7a2f5e-5d3c-4b43-9a53-1f2f0f0a0003"

    def sent(content: bytes) -> str:
        file = SimpleUploadedFile("台账.xlsx", content)
        return str(client.post("/imports/", {"under": COUNTY, "sent": file, "token": token})["Location"])

    first, same, other = sent(ledger(GOOD)), sent(ledger(GOOD)), sent(ledger(GOOD, BAD))

    assert first == same != other
