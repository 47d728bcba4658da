"""Who gets in: a token that is good, a session that proves where it comes from, and nobody else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from casetrack.accounts.models import Token, User
from casetrack.cases.models import Case
from tests.api.conftest import World, new_dispute

pytestmark = pytest.mark.django_db

CASES = "/api/v1/cases/"


def test_without_a_log_in_nothing_is_shown(world: World) -> None:
    answer = APIClient().get(CASES)

    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="casetrack"'
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("header", ["Bearer", "Bearer a b", "Bearer ct_unknown", "bearer \xff", "Bearer " + "x" * 5000])
def test_what_is_no_token_does_not_get_in(world: World, header: str) -> None:
    answer = APIClient().get(CASES, headers={"Authorization": header})

    assert (answer.status_code, answer.json()["code"]) == (401, "token_not_valid")


def test_an_expired_token_does_not_get_in(world: World) -> None:
    now = timezone.now()
    _, secret = Token.issue(user=world.clerk_east, name="旧", now=now, expires_at=now - timedelta(seconds=1))

    answer = APIClient().get(CASES, headers={"Authorization": f"Bearer {secret}"})

    assert answer.status_code == 401


def test_a_revoked_token_does_not_get_in(world: World, clerk: APIClient) -> None:
    Token.objects.all().revoke(timezone.now())

    assert clerk.get(CASES).status_code == 401


def test_the_token_of_someone_who_left_does_not_get_in(world: World, clerk: APIClient) -> None:
    User.objects.filter(pk=world.clerk_east.pk).update(is_active=False)

    assert clerk.get(CASES).status_code == 401


def test_a_token_remembers_to_the_minute_when_it_was_used(world: World, clerk: APIClient) -> None:
    before = timezone.now()
    clerk.get(CASES)
    first = Token.objects.get().last_used_at
    clerk.get(CASES)

    assert first is not None
    assert first >= before
    assert Token.objects.get().last_used_at == first


def test_a_session_reads_without_and_writes_only_with_the_csrf_token(world: World) -> None:
    browser = APIClient(enforce_csrf_checks=True)
    browser.force_login(world.clerk_east)

    read, written = browser.get(CASES), browser.post(CASES, new_dispute(world.east))

    assert read.status_code == 200
    assert (written.status_code, written.json()["code"]) == (403, "csrf_failed")
    assert not Case.objects.exists()


def test_a_token_needs_no_csrf(world: World, client_of: Callable[[User], APIClient]) -> None:
    program = client_of(world.clerk_east)
    program.handler.enforce_csrf_checks = True

    assert program.post(CASES, new_dispute(world.east)).status_code == 201


def test_an_address_that_is_not_there_is_a_problem_too(world: World, clerk: APIClient) -> None:
    answer = clerk.get("/api/v1/nowhere/")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert APIClient().get("/api/v1/nowhere/").status_code == 401
