"""An import undone as a job: all of it or nothing, however many attempts had made it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from rest_framework.test import APIClient

from casetrack.accounts.models import AuditEntry, User
from casetrack.cases.drafts import StepDraft
from casetrack.cases.models import Case, CaseEvent, ImportBatch, Job
from casetrack.cases.operations import advance
from casetrack.lib.months import add_months, month_of
from casetrack.organizations.models import Region
from casetrack.stats import rollup
from casetrack.stats.closing.closing import close
from casetrack.stats.closing.models import Edition
from casetrack.stats.closing.restating import restatement
from tests.cases.ledgers.books import COUNTY, ledger, open_dispute
from tests.jobs.test_importing_files import send, worked_off
from tests.jobs.world import waiting_import

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queues", "committee")]

TODAY = timezone.localdate()
LEDGER = ledger(
    open_dispute(受理日期=f"{TODAY:%Y-%m-%d}"), open_dispute(编号="秦人调〔2024〕2号", 受理日期=f"{TODAY:%Y-%m-%d}")
)
LAST_MONTH = add_months(month_of(TODAY), -1)
OF_LAST_MONTH = ledger(open_dispute(受理日期=f"{LAST_MONTH:%Y-%m-%d}"))


def undone(client: APIClient, found: dict[str, object], said: dict[str, str] | None = None) -> dict[str, object]:
    asked = client.post(f"/api/v1/imports/{found['id']}/undo/", said)
    assert asked.status_code == 202, asked.json()
    shown: dict[str, object] = worked_off(client, asked)
    return shown


def test_an_import_is_taken_back_and_may_be_sent_again(client: APIClient) -> None:
    found = worked_off(client, send(client, LEDGER))

    taken_back = undone(client, found)
    again = worked_off(client, send(client, LEDGER))

    assert (taken_back["state"], taken_back["counts"], taken_back["undoes"]) == ("done", {"cases": 2}, found["id"])
    assert ImportBatch.objects.earliest("pk").state == ImportBatch.State.UNDONE
    assert again["counts"]["changed"] == 2


def test_what_others_built_upon_stays_and_with_it_the_rest(client: APIClient) -> None:
    found = worked_off(client, send(client, LEDGER))
    draft = StepDraft("withdraw", TODAY, {})
    advance(case_id=Case.objects.latest("pk").pk, draft=draft, actor=None, now=timezone.now())

    taken_back = undone(client, found)

    assert taken_back["state"] == "failed"
    assert "人工登记" in str(taken_back["error"])
    assert set(Case.objects.values_list("state", flat=True)) == {"accepted", "withdrawn"}


def test_an_import_is_undone_once(client: APIClient) -> None:
    found = worked_off(client, send(client, LEDGER))
    undone(client, found)

    answer = client.post(f"/api/v1/imports/{found['id']}/undo/")

    assert (answer.status_code, answer.json()["code"]) == (409, "undo_refused")


def test_two_wishes_to_undo_it_undo_it_once(client: APIClient) -> None:
    found = worked_off(client, send(client, LEDGER))
    first, second = (client.post(f"/api/v1/imports/{found['id']}/undo/") for _ in range(2))

    worked_off(client, first)

    assert [client.get(asked.headers["Location"]).json()["counts"] for asked in (first, second)] == [
        {"cases": 2},
        {"cases": 0},
    ]


def test_an_import_that_is_not_over_is_not_undone(client: APIClient, boss: User) -> None:
    job = waiting_import(boss, COUNTY, LEDGER)

    answer = client.post(f"/api/v1/imports/{job.pk}/undo/")

    assert (answer.status_code, answer.json()["code"]) == (409, "job_unfinished")


def test_what_was_published_is_restated_only_with_a_reason_and_shows_as_that(client: APIClient, county: Region) -> None:
    found = worked_off(client, send(client, OF_LAST_MONTH))
    published = closed_last_month(county)

    silently = undone(client, found)
    still_there = set(Case.objects.values_list("state", flat=True))
    said = undone(client, found, {"restating": "台账重复报送"})

    assert (silently["state"], silently["restates"]) == ("failed", [])
    assert f"{county.name}{LAST_MONTH:%Y-%m}（第1版）" in str(silently["error"])
    assert "undo_restates" in str(silently["error"])
    assert still_there == {"accepted"}
    month = {"region": COUNTY, "month": f"{LAST_MONTH:%Y-%m}", "edition": 1}
    assert (said["state"], said["restates"]) == ("done", [month])
    assert AuditEntry.objects.latest("pk").details["restates"] == [month]
    assert set(CaseEvent.objects.filter(retracts=True).values_list("reason", flat=True)) == {
        f"撤销导入：批次{ImportBatch.objects.get().pk}（台账1.xlsx）；重述理由：台账重复报送"
    }
    (received,) = [each for each in restatement(published) if each.name == ("mediation", (), (), "received")]
    assert (received.published.value, received.now.value) == (1, 0)


def test_what_came_after_the_month_was_closed_is_taken_back_as_it_was_published(
    client: APIClient, county: Region
) -> None:
    published = closed_last_month(county)
    found = worked_off(client, send(client, OF_LAST_MONTH))

    assert undone(client, found)["state"] == "done"
    assert restatement(published) == []


def test_a_month_in_which_the_cases_never_counted_is_not_in_the_way(client: APIClient, county: Region) -> None:
    found = worked_off(client, send(client, LEDGER))
    closed_last_month(county)

    assert undone(client, found)["state"] == "done"


def test_at_the_server_it_takes_the_reason_too(client: APIClient, county: Region) -> None:
    worked_off(client, send(client, OF_LAST_MONTH))
    closed_last_month(county)
    batch, said = str(ImportBatch.objects.get().pk), StringIO()

    with pytest.raises(CommandError, match=f"{LAST_MONTH:%Y-%m}"):
        call_command("undo_import", batch)
    with pytest.raises(CommandError, match="最多200字"):
        call_command("undo_import", batch, restating="重" * 201)
    call_command("undo_import", batch, restating="重复报送", stdout=said)

    assert "涉及案件1件" in said.getvalue()
    assert f"重述，公布的数字不变：{county.name}{LAST_MONTH:%Y-%m}" in said.getvalue()


def closed_last_month(county: Region) -> Edition:
    while rollup.settle():
        pass
    return close(
        region=county.pk, month=LAST_MONTH, actor=None, now=timezone.now(), without_confirmations="尚未实行确认"
    )


def test_a_stale_undoing_is_taken_up_again(client: APIClient) -> None:
    found = worked_off(client, send(client, LEDGER))
    asked = client.post(f"/api/v1/imports/{found['id']}/undo/")
    long_ago = timezone.now() - timedelta(hours=1)
    Job.objects.filter(kind="undo").update(state="running", run="0" * 32, beat_at=long_ago, attempts=1)

    assert worked_off(client, asked)["counts"] == {"cases": 2}
