"""Health: what a load balancer may conclude."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.timezone import now
from pytest_django import Settings

from casetrack import health
from casetrack.organizations.models import Region
from casetrack.stats.models import UnsettledRegion


def test_a_process_that_answers_is_alive(client: Client) -> None:
    assert client.get("/health/live").json() == {"status": "ok"}


@pytest.mark.django_db
def test_with_both_servers_it_is_ready(client: Client) -> None:
    response = client.get("/health/ready")

    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "queues": "ok", "unsettled_seconds": 0}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_without_redis_it_is_ready_still_because_cases_can_be_logged(client: Client, settings: Settings) -> None:
    settings.REDIS_URL = "unix:///nowhere/redis.sock"

    response = client.get("/health/ready")

    assert response.status_code == 200
    assert response.json()["status"] == "degraded"
    assert (response.json()["database"], response.json()["queues"]) == ("ok", "unreachable")


def test_without_the_database_it_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "database_answers", lambda: False)
    monkeypatch.setattr(health, "queues_answer", lambda: True)

    response = client.get("/health/ready")

    assert response.status_code == 503
    assert response.json()["status"] == "unavailable"
    assert response.json()["unsettled_seconds"] is None


@pytest.mark.django_db(transaction=True)
def test_it_says_how_long_the_oldest_change_has_waited_to_be_counted(client: Client) -> None:
    nation = Region.objects.create(code="000000000000", name="全国", level="nation")
    UnsettledRegion.objects.create(region=nation, kind="petition", month=date(2024, 3, 1))
    UnsettledRegion.objects.update(marked_at=now() - timedelta(hours=2))
    UnsettledRegion.objects.create(region=nation, kind="mediation", month=date(2024, 3, 1))

    waited = client.get("/health/ready").json()["unsettled_seconds"]

    assert 7200 <= waited < 7300


def test_health_is_asked_for_not_changed(client: Client) -> None:
    assert client.post("/health/live").status_code == 405
