"""An import read as its sender says, from the trial to the record."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from rest_framework.test import APIClient

from casetrack.accounts.models import User
from casetrack.cases.jobs import store
from casetrack.cases.jobs.asking import cancel
from casetrack.cases.jobs.imports import take_in
from casetrack.cases.ledgers.cells import plain
from casetrack.cases.models import Case, Job
from casetrack.organizations.models import Region
from tests.cases.ledgers.books import book
from tests.cases.ledgers.test_mapping import FIRST, HEADINGS, mapping
from tests.jobs.conftest import member
from tests.jobs.test_importing_files import send, worked_off
from tests.jobs.world import NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queues", "committee")]

STRANGE = book([["某镇 2024 年"], HEADINGS, FIRST])
SAID = json.dumps([mapping(file="台账1.xlsx", sheet="表1")])


def test_a_trial_of_what_nobody_knows_shows_its_headings_to_its_sender_alone(
    client: APIClient, county: Region, client_of: Callable[[User], APIClient]
) -> None:
    found = worked_off(client, send(client, STRANGE, dry_run="true"))
    colleague = client_of(member("colleague", region=county))

    outline = found["unread"][0]["outline"]
    assert (found["state"], found["sheets"], outline["heading_row"]) == ("done", [], 2)
    assert [each["heading"] for each in outline["columns"]] == [plain(each) for each in HEADINGS]
    assert colleague.get(f"/api/v1/imports/{found['id']}/").json()["unread"][0]["outline"] is None


def test_a_mapping_is_kept_with_the_import_and_read_by(client: APIClient, boss: User) -> None:
    looked_at = worked_off(client, send(client, STRANGE, dry_run="true", mapping=SAID))
    assert looked_at["counts"]["created"] == 1
    assert looked_at["mapping"][0]["columns"][1] == {"heading": "收案那天", "field": "accepted_on", "column": 0}
    assert {each["surety"] for each in looked_at["sheets"][0]["outline"]["columns"]} == {"told"}

    taken = take_in(preview=Job.objects.get(), owner=boss, now=NOW)
    found: Any = worked_off(client, type("Asked", (), {"headers": {"Location": f"/api/v1/imports/{taken.pk}/"}}))

    assert (found["counts"]["created"], found["mapping"]) == (1, looked_at["mapping"])
    assert Case.objects.get().number == "秦人调〔2024〕1号"


def test_a_mapping_that_can_not_be_is_refused_before_anything_is_asked_for(client: APIClient) -> None:
    unlawful = send(client, STRANGE, mapping=json.dumps(mapping(heading_row=99)))
    no_json = send(client, STRANGE, mapping="{")

    assert (unlawful.status_code, unlawful.json()["code"]) == (422, "fields_not_valid")
    assert "表头应在第1至40行" in str(unlawful.json()["errors"]["mapping"])
    assert no_json.status_code == 422
    assert not Job.objects.exists()


def test_to_call_off_the_taking_in_leaves_the_files_to_the_trial(client: APIClient, boss: User) -> None:
    worked_off(client, send(client, STRANGE, dry_run="true", mapping=SAID))
    trial = Job.objects.get()

    cancel(job_id=take_in(preview=trial, owner=boss, now=NOW).pk, now=NOW)

    assert store.is_there(trial.parameters["files"][0]["kept"])
    first, second = (take_in(preview=trial, owner=boss, now=NOW) for _ in range(2))
    call_command("work", burst=True)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state, second.error_code) == ("done", "failed", "files_not_readable")
    assert "已经导入" in second.error
