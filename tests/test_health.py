"""Health: what a load balancer may conclude."""

import pytest
from django.test import Client
from pytest_django import Settings

from casetrack import health


def test_a_process_that_answers_is_alive(client: Client) -> None:
    assert client.get("/health/live").json() == {"status": "ok"}


@pytest.mark.django_db
def test_with_both_servers_it_is_ready(client: Client) -> None:
    response = client.get("/health/ready")

    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "queues": "ok"}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_without_redis_it_is_ready_still_because_cases_can_be_logged(client: Client, settings: Settings) -> None:
    settings.REDIS_URL = "unix:///nowhere/redis.sock"

    response = client.get("/health/ready")

    assert response.status_code == 200
    assert response.json() == {"status": "degraded", "database": "ok", "queues": "unreachable"}


def test_without_the_database_it_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "database_answers", lambda: False)
    monkeypatch.setattr(health, "queues_answer", lambda: True)

    response = client.get("/health/ready")

    assert response.status_code == 503
    assert response.json()["status"] == "unavailable"


def test_health_is_asked_for_not_changed(client: Client) -> None:
    assert client.post("/health/live").status_code == 405
