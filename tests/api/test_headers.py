"""The headers of every answer: nothing keeps it, nothing shows it as a page, no other origin reads it."""

import pytest
from django.conf import LazySettings
from rest_framework.test import APIClient

from casetrack.cases.models import Case

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["cases/", "statistics/", "nowhere/", "schema/"])
def test_answers_and_problems_alike_are_kept_by_nobody(supervisor: APIClient, dispute: Case, address: str) -> None:
    answer = supervisor.get(f"/api/v1/{address}")

    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Language"] == "zh-Hans"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_without_a_log_in_too(client: APIClient) -> None:
    assert client.get("/api/v1/cases/")["Cache-Control"] == "no-store"


def test_pages_of_other_origins_are_promised_nothing(supervisor: APIClient) -> None:
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}

    reading = supervisor.get("/api/v1/cases/", headers=asked)
    asking_first = supervisor.options("/api/v1/cases/", headers=asked)

    assert asking_first.status_code == 405
    assert [name for name in (*reading.headers, *asking_first.headers) if name.startswith("Access-Control")] == []


def test_a_head_answers_as_a_get_without_its_body(supervisor: APIClient, dispute: Case) -> None:
    whole, head = supervisor.get(f"/api/v1/cases/{dispute.pk}/"), supervisor.head(f"/api/v1/cases/{dispute.pk}/")

    assert (head.status_code, head["ETag"], head.content) == (200, whole["ETag"], b"")


@pytest.mark.parametrize("address", ["/api/v1/cases/", "/api/auth/login", "/api/nowhere", "/api/v1/docs/"])
def test_a_program_that_speaks_in_clear_is_refused_and_told_that_its_token_is_known(
    settings: LazySettings, supervisor: APIClient, address: str
) -> None:
    settings.HTTPS = settings.SECURE_SSL_REDIRECT = True

    in_clear, secure = supervisor.get(address), supervisor.get(address, secure=True)

    assert (in_clear.status_code, in_clear.json()["code"]) == (403, "https_required")
    assert "令牌或密码应视为已泄露" in in_clear.json()["detail"]
    assert in_clear["Cache-Control"] == "no-store"
    assert secure.status_code != 403


def test_a_person_at_a_page_is_led_on(settings: LazySettings, supervisor: APIClient) -> None:
    settings.HTTPS = settings.SECURE_SSL_REDIRECT = True

    answer = supervisor.get("/login/")

    assert (answer.status_code, answer["Location"]) == (301, "https://testserver/login/")
