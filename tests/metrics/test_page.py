"""The page of the metrics: what it counts, who may read it, and that a server which is away is a figure."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import django_rq
import pytest
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

from casetrack.accounts.models import AuditEntry
from casetrack.cases.drafts import CaseDraft, StepDraft
from casetrack.cases.operations import open_case
from casetrack.lib.runs import KEY, note_success
from casetrack.metrics import database
from casetrack.metrics.machine import certificate, notice_days
from casetrack.organizations.models import Organization, OrganizationKind, Region
from tests.metrics.https import https_with_a_certificate_until

pytestmark = pytest.mark.django_db
TOKEN = "a-token-of-thirty-letters-or-so"


def figures(client: Client, **headers: str) -> dict[str, float]:
    """Every sample by its name and labels."""
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain; version=")
    return {
        " ".join([sample.name, *(f"{name}={value}" for name, value in sorted(sample.labels.items()))]): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


@pytest.fixture
def office() -> Organization:
    Region.objects.create(code="000000000000", name="全国", level="nation")
    Region.objects.create(code="620503000000", name="麦积区", level="county", parent_id="000000000000")
    return Organization.objects.create(
        region_id="620503000000", county_id="620503000000", name="麦积区信访局", kind=OrganizationKind.PETITION_OFFICE
    )


def test_requests_are_counted_by_the_name_of_their_address(client: Client) -> None:
    before = figures(client).get("casetrack_requests_total method=GET status=401 view=case-detail", 0)

    client.get("/api/v1/cases/1/")
    client.get("/api/v1/cases/2/")

    after = figures(client)
    assert after["casetrack_requests_total method=GET status=401 view=case-detail"] == before + 2
    assert after["casetrack_request_seconds_count method=GET view=case-detail"] >= 2


def test_what_clients_make_up_makes_no_series(client: Client) -> None:
    client.get("/made-up-address")
    client.generic("MADEUP", "/health/live")

    assert "made" not in client.get("/metrics").content.decode().lower()


def test_what_waits_is_shown(client: Client, office: Organization) -> None:
    opening = StepDraft("register", date(2019, 3, 1), {"channel": "visit", "purpose": "appeal"})
    open_case(draft=CaseDraft("petition", office, (opening,)), actor=None, now=datetime(2019, 3, 1, 2, tzinfo=UTC))

    shown = figures(client)

    assert shown["casetrack_overdue_deadlines kind=petition"] == 1
    assert shown["casetrack_overdue_deadlines kind=mediation"] == 0
    assert shown["casetrack_unsettled_marks"] >= 1
    assert 0 < shown["casetrack_unsettled_oldest_seconds"] < 60
    assert shown["casetrack_jobs queue=statistics state=waiting"] >= 0
    assert shown["casetrack_jobs queue=statistics state=failed"] >= 0
    assert shown["casetrack_requested_jobs state=failed"] == 0
    assert shown["casetrack_database_connections state=active"] >= 1
    assert shown["casetrack_database_connections_most"] >= 20
    assert shown["casetrack_queue_workers queue=jobs"] == 0
    assert 0 < shown["casetrack_data_free_bytes"] < shown["casetrack_data_size_bytes"]
    assert shown["casetrack_up server=database"] == 1
    assert shown["casetrack_up server=queues"] == 1
    assert any(name.startswith("casetrack_build_info") and "version=1.0.0" in name for name in shown)


def test_when_schedule_jobs_and_backups_last_ran_is_shown(client: Client) -> None:
    connection = django_rq.get_connection("default")
    connection.delete("rq:cron_schedulers")  # what schedules of other tests left
    connection.zadd("rq:cron_schedulers", {"elsewhere": 1_700_000_000.0})
    note_success(connection, function="workers.jobs.sweep_deadlines", at=datetime(2026, 1, 5, 0, 10, tzinfo=UTC))
    AuditEntry.objects.create(at=datetime(2026, 1, 4, 22, tzinfo=UTC), action="backed_up")

    shown = figures(client)

    connection.delete("rq:cron_schedulers", KEY)
    assert shown["casetrack_schedule_beat_timestamp_seconds"] == 1_700_000_000
    ran = "casetrack_job_last_success_timestamp_seconds function=workers.jobs.sweep_deadlines"
    assert shown[ran] == 1_767_571_800
    assert shown["casetrack_backup_timestamp_seconds"] == 1_767_564_000


def test_what_costs_a_reading_of_many_rows_is_asked_once_a_minute(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    figures(client)

    with django_assert_max_num_queries(8):
        client.get("/metrics")


@pytest.mark.parametrize(
    ("today", "days"), [(date(2025, 12, 1), 396), (date(2026, 11, 29), 33), (date(2027, 1, 2), -1)]
)
def test_the_days_until_a_year_without_its_notice_are_counted(today: date, days: int) -> None:
    assert notice_days(today) == days


def test_how_long_a_certificate_lives_is_seen_as_a_browser_meets_it(tmp_path: Path) -> None:
    with https_with_a_certificate_until(datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC), tmp_path) as address:
        found = certificate(address)

    assert found is not None
    assert (found.begins.timestamp(), found.ends.timestamp()) == (1_577_836_800, 1_935_817_689)
    assert certificate(address) is None
    assert certificate("http://127.0.0.1:1") is None


def test_without_redis_the_page_says_so_and_shows_the_rest(client: Client, settings: Settings) -> None:
    settings.REDIS_URL = "unix:///nowhere/redis.sock"

    shown = figures(client)

    assert shown["casetrack_up server=queues"] == 0
    assert shown["casetrack_up server=database"] == 1
    assert "casetrack_unsettled_marks" in shown
    assert not any(name.startswith("casetrack_jobs") for name in shown)


def test_without_the_database_the_page_says_so_and_shows_the_rest(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "database_answers", lambda: False)

    shown = figures(client)

    assert shown["casetrack_up server=database"] == 0
    assert shown["casetrack_up server=queues"] == 1
    assert "casetrack_unsettled_marks" not in shown


def test_without_a_token_it_is_open_to_this_machine_alone(client: Client) -> None:
    elsewhere = client.get("/metrics", REMOTE_ADDR="10.0.0.7")
    by_a_proxy_here = client.get("/metrics", headers={"X-Forwarded-For": "10.0.0.7"})
    by_a_socket_file = client.get("/metrics", REMOTE_ADDR="")

    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="::1").status_code == 200
    assert [elsewhere.status_code, by_a_proxy_here.status_code, by_a_socket_file.status_code] == [401, 401, 401]
    assert "CASETRACK_METRICS_TOKEN" in elsewhere.content.decode()


def test_with_a_token_whoever_has_it_may_read_and_nobody_else(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN

    refused = client.get("/metrics")

    assert (
        client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}, REMOTE_ADDR="10.0.0.7").status_code == 200
    )
    assert client.get("/metrics", headers={"Authorization": "Bearer 令牌"}).status_code == 401
    assert (refused.status_code, refused["WWW-Authenticate"]) == (401, 'Bearer realm="casetrack-metrics"')
    assert "令牌不对，或没有提供" in refused.content.decode()


def test_the_metrics_are_read_not_written(client: Client) -> None:
    assert client.post("/metrics").status_code == 405
    assert "no-store" in client.get("/metrics")["Cache-Control"]
