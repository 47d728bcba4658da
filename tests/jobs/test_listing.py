"""Imports and exports are found by what became of them, a page at a time."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from casetrack.accounts.models import User
from casetrack.cases.models import Job
from tests.cases.ledgers.books import COUNTY
from tests.jobs.world import finished, waiting_export, waiting_import

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("committee")]


def pages(client: APIClient, address: str) -> list[list[Any]]:
    found = []
    following: str | None = address
    while following:
        page = client.get(following).json()
        found.append([job["id"] for job in page["results"]])
        following = page["next"]
    return found


def test_imports_are_narrowed_to_those_of_a_state(client: APIClient, boss: User) -> None:
    failed, done, waiting = (waiting_import(boss, COUNTY, b"ledger") for _ in range(3))
    finished(done)
    Job.objects.filter(pk=failed.pk).update(state=Job.State.FAILED)

    assert pages(client, "/api/v1/imports/?state=queued") == [[waiting.pk]]
    assert pages(client, "/api/v1/imports/?state=done&state=failed") == [[done.pk, failed.pk]]


def test_a_page_of_exports_of_a_state_goes_on_behind_its_last(client: APIClient, boss: User) -> None:
    jobs = [waiting_export(boss) for _ in range(5)]
    for job in jobs[::2]:
        finished(job)

    assert pages(client, "/api/v1/exports/?state=done&page_size=2") == [[jobs[4].pk, jobs[2].pk], [jobs[0].pk]]
    assert pages(client, "/api/v1/exports/?state=cancelled") == [[]]


def test_a_state_that_no_job_has_is_refused(client: APIClient) -> None:
    for address in ("/api/v1/imports/", "/api/v1/exports/"):
        answer = client.get(address, {"state": "finished"})

        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["state"])
