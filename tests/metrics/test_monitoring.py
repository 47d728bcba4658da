"""deploy/monitoring: every figure that a dashboard or an alert asks for is one that the service gives."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django_rq
import pytest
import yaml
from django.conf import settings
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

from casetrack.accounts.models import AuditEntry
from casetrack.lib.runs import KEY, note_success
from casetrack.metrics import replicas
from casetrack.replicas.standing import Standing
from tests.metrics.https import https_with_a_certificate_until

FOLDER = Path(settings.BASE_DIR) / "deploy" / "monitoring"
WATCHING = (Path(settings.BASE_DIR) / "docs" / "watching.md").read_text(encoding="utf-8")
DASHBOARD = json.loads((FOLDER / "dashboard.json").read_text(encoding="utf-8"))
RULES = [
    rule
    for group in yaml.safe_load((FOLDER / "alerts.yml").read_text(encoding="utf-8"))["groups"]
    for rule in group["rules"]
]
SELECTOR = re.compile(r"\b(casetrack_\w+)(?:\{([^}]*)\})?")
OF_A_POOL = "casetrack_pool"  # of which a process of tests keeps none


@pytest.fixture
def exported(
    client: Client, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, set[str]]:
    """The labels of every metric, where everything is there that the service may tell of."""
    settings.REPLICAS = ("replica1",)  # a real one: tests/replicas
    monkeypatch.setattr(replicas, "standing_of", lambda alias: Standing(follows=True, has_all=True, seconds=0.0))
    connection = django_rq.get_connection("default")
    note_success(connection, function="workers.jobs.sweep_deadlines", at=datetime(2026, 1, 5, tzinfo=UTC))
    AuditEntry.objects.create(at=datetime(2026, 1, 4, tzinfo=UTC), action="backed_up")
    client.get("/health/live")
    with https_with_a_certificate_until(datetime(2031, 1, 1, tzinfo=UTC), tmp_path) as settings.ADDRESS:
        answer = client.get("/metrics").content.decode()
    connection.delete(KEY)
    families = text_string_to_metric_families(answer)
    return {sample.name: set(sample.labels) for family in families for sample in family.samples}


def expressions() -> list[str]:
    asked = [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]
    return [*asked, *(rule["expr"] for rule in RULES)]


@pytest.mark.django_db
def test_what_dashboard_and_alerts_ask_for_is_exported_with_the_labels_they_name(
    exported: dict[str, set[str]],
) -> None:
    asked = [found for expression in expressions() for found in SELECTOR.findall(expression)]

    assert {name for name, _ in asked} - set(exported) == set()
    for name, matchers in asked:
        assert set(re.findall(r"(\w+)(?:=|!)", matchers)) <= exported[name], name
    assert len({name for name, _ in asked}) >= 15


@pytest.mark.django_db
def test_each_metric_has_its_line_and_each_alert_its_part_in_what_to_do(exported: dict[str, set[str]]) -> None:
    named = {name for name in exported if not name.endswith("_created")} | {OF_A_POOL}
    families = {re.sub(r"_(bucket|sum|count)$", "", name) for name in named}
    described = set(re.findall(r"`(casetrack_\w+)", WATCHING))

    assert families - described == set()
    assert {rule["alert"] for rule in RULES} == set(re.findall(r"^### (Casetrack\w+)$", WATCHING, re.MULTILINE))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_is_whole(rule: dict[str, Any]) -> None:
    assert rule["labels"]["severity"] in {"page", "warn"}
    assert re.fullmatch(r"\d+[smhd]", rule["for"])
    assert rule["annotations"]["runbook"] == f"docs/watching.md#{rule['alert'].lower()}"
    assert rule["expr"].count("(") == rule["expr"].count(")")


def test_the_files_are_what_their_readers_take() -> None:
    scraped = yaml.safe_load((FOLDER / "prometheus.yml").read_text(encoding="utf-8"))

    assert scraped["rule_files"] == ["alerts.yml"]
    assert scraped["scrape_configs"][0]["metrics_path"] == "/metrics"
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])
    assert all(panel["title"] and panel["datasource"]["uid"] == "${source}" for panel in DASHBOARD["panels"])
