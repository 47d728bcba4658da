"""An import undone as a job: all of it or nothing, however many attempts had made it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from casetrack.accounts.models import User
from casetrack.cases.drafts import StepDraft
from casetrack.cases.models import Case, ImportBatch, Job
from casetrack.cases.operations import advance
from tests.cases.ledgers.books import COUNTY, ledger, open_dispute
from tests.jobs.test_importing_files import send, worked_off
from tests.jobs.world import waiting_import

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queues", "committee")]

TODAY = timezone.localdate()
LEDGER = ledger(
    open_dispute(受理日期=f"{TODAY:%Y-%m-%d}"), open_dispute(编号="秦人调〔2024〕2号", 受理日期=f"{TODAY:%Y-%m-%d}")
)


def undone(client: APIClient, found: dict[str, object]) -> dict[str, object]:
    asked = client.post(f"/api/v1/imports/{found['id']}/undo/")
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


def test_a_stale_undoing_is_taken_up_again(client: APIClient) -> None:
    found = worked_off(client, send(client, LEDGER))
    asked = client.post(f"/api/v1/imports/{found['id']}/undo/")
    long_ago = timezone.now() - timedelta(hours=1)
    Job.objects.filter(kind="undo").update(state="running", run="0" * 32, beat_at=long_ago, attempts=1)

    assert worked_off(client, asked)["counts"] == {"cases": 2}
