"""The audit log taken away: by those who check others, as far as they check them, and with a line of its own."""

import csv
import errno
import hashlib
import io
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from rest_framework.test import APIClient

from casetrack.accounts.auditing import About, record
from casetrack.accounts.models import Action, AuditEntry, User
from casetrack.accounts.tokens import issue_token
from casetrack.cases.models import Job
from casetrack.organizations.models import Membership, Region, Role
from workers import jobs

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queues")]
ELSEWHERE = "620503000000"
NOW = datetime(2024, 6, 1, 2, 0, tzinfo=UTC)


@pytest.fixture
def auditor(county: Region) -> User:
    user = User.objects.create_user("auditor")
    Membership.objects.create(user=user, role=Role.AUDITOR, region=county)
    return user


@pytest.fixture(autouse=True)
def lines(county: Region, auditor: User) -> None:
    """Something read here, under a purpose like a formula; an accusation here; and something elsewhere."""
    here = About(region_code=county.pk, kind="mediation", case_id=1)
    record(action=Action.READ_PERSONAL, actor=auditor, now=NOW, about=here, purpose="=1+1")
    record(action=Action.CHANGE, actor=auditor, now=NOW, about=About(county.pk, restricted=True, kind="petition"))
    record(action=Action.CHANGE, actor=None, now=NOW, about=About(ELSEWHERE))


def ask(client: APIClient, **filters: Any) -> Any:
    return client.post("/api/v1/exports/", {"resource": "audit", "format": "csv", "filters": filters})


def test_an_auditor_takes_away_what_the_list_shows_with_a_digest_in_the_log(
    auditor: User, client_of: Callable[[User], APIClient]
) -> None:
    client = client_of(auditor)
    asked = ask(client, action="read_personal").json()
    jobs.run_job(job_id=asked["id"])
    content = b"".join(client.get(f"/api/v1/exports/{asked['id']}/file/").streaming_content)  # type: ignore[attr-defined]

    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    said = AuditEntry.objects.get(action=Action.EXPORT)
    assert (row["操作"], row["用户名"], row["目的"], row["案件编号"]) == ("查看个人信息", "auditor", "'=1+1", "1")
    assert row["时间（北京时间）"] == "2024-06-01 10:00:00.000000"
    assert said.details["digest"] == hashlib.sha256(content).hexdigest()
    assert (said.actor, said.details["resource"], said.details["rows"]) == (auditor, "audit", 1)
    assert said.details["filters"] == {"action": "read_personal"}


def test_what_lies_elsewhere_or_is_for_the_cleared_stays(auditor: User, client_of: Callable[[User], APIClient]) -> None:
    asked = ask(client_of(auditor)).json()
    jobs.run_job(job_id=asked["id"])

    assert Job.objects.get(pk=asked["id"]).counts == {"rows": 1}


def test_others_are_refused_and_so_is_a_token_not_issued_for_it(
    auditor: User, boss: User, client_of: Callable[[User], APIClient]
) -> None:
    year = datetime(2099, 1, 1, tzinfo=UTC)
    _, secret = issue_token(user=auditor, name="导出", scopes=["export"], expires_at=year, actor=None, now=NOW)
    program = APIClient(headers={"Authorization": f"Bearer {secret}"})

    other, bare = ask(client_of(boss)), ask(program)

    assert (other.status_code, other.json()["errors"]) == (422, {"resource": "审计记录只供审计员查看"})
    assert (bare.status_code, bare.json()["code"]) == (403, "token_scope_missing")
    assert not Job.objects.exists()


def test_who_lost_the_role_meanwhile_gets_nothing(auditor: User, client_of: Callable[[User], APIClient]) -> None:
    asked = ask(client_of(auditor)).json()
    auditor.memberships.update(role=Role.STATISTICIAN)

    jobs.run_job(job_id=asked["id"])

    job = Job.objects.get(pk=asked["id"])
    assert (job.state, job.error, job.result_file) == ("failed", "审计记录只供审计员查看", "")


def test_at_the_page_the_same_is_asked_for_with_its_conditions(auditor: User) -> None:
    client = Client()
    client.force_login(auditor)

    page = client.get(f"/manage/audit/?action=read_personal&cursor=&actor={auditor.pk}")
    sent = client.post("/exports/", {"resource": "audit", "format": "xlsx", "query": page.context["query"]})
    strange = client.post("/exports/", {"resource": "users", "query": ""})

    job = Job.objects.get()
    assert (sent.status_code, strange.status_code) == (302, 400)
    assert job.parameters["resource"] == "audit"
    assert job.parameters["filters"] == {"action": ["read_personal"], "actor": [str(auditor.pk)]}


def test_the_operator_takes_away_all_of_it_as_lines_with_a_digest(
    auditor: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "audit.jsonl"

    call_command("export_audit", output=path, last=NOW.date())

    told, content = capsys.readouterr().out, path.read_bytes()
    rows = [json.loads(line) for line in content.splitlines()]
    assert [row["action"] for row in rows] == ["read_personal", "change", "change"]
    assert (rows[0]["username"], rows[0]["purpose"]) == ("auditor", "=1+1")
    assert hashlib.sha256(content).hexdigest() in told
    assert AuditEntry.objects.get(action=Action.EXPORT).details["rows"] == 3
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError, match="已经存在，没有覆盖"):
        call_command("export_audit", output=path)
    with pytest.raises(CommandError, match="没有用户名"):
        call_command("export_audit", output=tmp_path / "b.jsonl", actor="nobody")
    with pytest.raises(CommandError, match="早于 --from"):
        call_command("export_audit", output=tmp_path / "b.jsonl", first=NOW.date(), last=NOW.date() - timedelta(days=1))


def test_where_the_disk_fills_half_a_log_is_not_left_under_the_name_that_was_asked_for(
    auditor: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def filling(*_: object) -> Iterator[dict[str, str]]:
        yield {"action": "read_personal", "details": "{}"}
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("reports.management.commands.export_audit.audit_rows", filling)

    with pytest.raises(CommandError, match="磁盘已满"):
        call_command("export_audit", output=tmp_path / "audit.jsonl")

    assert [path.name for path in tmp_path.iterdir() if "audit" in path.name] == []
    assert not AuditEntry.objects.filter(action=Action.EXPORT).exists()
