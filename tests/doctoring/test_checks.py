"""The doctor: each thing is really broken, and named; whole again, it is not."""

import io
import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as project
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils.timezone import now
from pytest_django import Settings

from casetrack.accounts.models import AuditEntry, User
from casetrack.cases import kept_files
from casetrack.cases.drafts import CaseDraft, PartyDraft, StepDraft
from casetrack.cases.operations import open_case
from casetrack.lib.certificates import Validity
from casetrack.organizations.models import Membership, Organization, Region
from tests.cases.conftest import county, petition_office
from tests.doctoring.looking import found
from tests.metrics.https import https_with_a_certificate_until
from workers.doctoring import CHECKS
from workers.doctoring.examining import examine
from workers.doctoring.findings import Visit
from workers.doctoring.server import compared, fitting, sufficing

__all__ = ["county", "petition_office"]
pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 4, tzinfo=UTC)
ASKED = ("database", "queues", "migrations", "workers", "files", "data_folder")  # the settings take seconds
LAST_UNAPPLIED = """
DELETE FROM django_migrations
WHERE app = 'stats' AND name = (SELECT max(name) FROM django_migrations WHERE app = 'stats')
"""
NOWHERE = {
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "CASETRACK_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-0123456789",
    "CASETRACK_FIELD_KEY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "DJANGO_SETTINGS_MODULE": "casetrack.settings",
}


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_migration_that_was_not_applied_is_named_and_what_needs_it_is_left() -> None:
    assert found("migrations") == []
    sql(LAST_UNAPPLIED)

    (said,) = found("migrations")

    assert said.startswith("error: 有1项数据库变更没有执行：stats.0")
    visit = Visit(now(), now().date(), False)
    assert {each.skipped for each in examine(CHECKS, visit) if each.check.needs == "record"} == {"record"}


@pytest.mark.parametrize(
    "broken",
    [
        "ALTER TABLE cases_caseevent DISABLE TRIGGER append_only",
        "DROP TRIGGER append_only ON cases_caseevent",
    ],
)
def test_a_trigger_that_is_gone_or_switched_off_is_named(broken: str) -> None:
    assert found("triggers") == []
    sql(broken)

    assert found("triggers") == ["error: 防止篡改的触发器有1个缺失或被停用：cases_caseevent.append_only"]


def test_a_database_that_is_not_what_the_service_is_made_for_is_named() -> None:
    assert found("database_version") == found("role") == found("connections") == found("clock") == []

    said = [finding.said for finding in fitting(130004, "SQL_ASCII", "zh_CN.UTF-8")]
    assert said[0] == "PostgreSQL 13 过旧，至少要 15"
    assert said[1] == "数据库编码是 SQL_ASCII，存不下全部汉字"
    assert said[2].startswith("数据库的排序规则是 zh_CN.UTF-8")


def test_clocks_that_differ_and_connections_that_run_out_are_named() -> None:
    apart = [next(compared(NOW + timedelta(seconds=seconds), NOW)) for seconds in (5, -3600)]
    short = [next(sufficing(*numbers)) for numbers in ((97, 90, 8), (20, 3, 8))]

    assert [f"{each.level}: {each.said}" for each in apart] == [
        "warning: 数据库与本机的时钟相差5秒",
        "error: 数据库与本机的时钟相差3600秒",
    ]
    assert [str(each.level) for each in short] == ["error", "warning"]
    assert list(compared(NOW, NOW)) == list(sufficing(97, 12, 8)) == []


def test_files_that_are_gone_or_changed_are_counted(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    kept = [kept_files.keep(f"协议书{number}".encode()) for number in range(4)]
    whole = found("files")
    kept_files.path_of(kept[0].digest).unlink()
    changed = kept_files.path_of(kept[1].digest)
    changed.write_bytes(changed.read_bytes()[:-1] + b"!")

    assert whole == []
    kept_files.destroy(kept[2])  # erased as the law has it: nothing is missing

    assert found("files") == ["error: 抽查3份附件，1份不在数据目录中，1份打不开或被改动"]


def test_sealed_data_that_no_key_opens_are_counted(settings: Settings, petition_office: Organization) -> None:
    opening = StepDraft("register", date(2026, 3, 1), {"channel": "visit", "purpose": "appeal"})
    person = PartyDraft("petitioner", "张三", "13812345678")
    open_case(draft=CaseDraft("petition", petition_office, (opening,), (person,)), actor=None, now=NOW)
    opened = found("field_keys")
    settings.FIELD_KEYS = [bytes(range(32))]

    assert opened == []
    assert found("field_keys") == ["error: 抽查1条当事人的加密数据，1条打不开"]


def test_a_place_without_divisions_backup_or_administrator_is_named() -> None:
    assert found("divisions") == ["error: 没有行政区划"]
    assert found("backup") == ["error: 审计记录中没有备份"]
    assert found("backup", trial=True) == ["warning: 审计记录中没有备份"]
    assert found("anchor") == ["error: 从未锚定"]
    assert found("administrators") == ["error: 没有可以登录的管理员"]


def test_an_old_backup_and_an_administrator_without_a_second_factor_are_named(county: Region) -> None:
    AuditEntry.objects.create(at=NOW - timedelta(hours=50), action="backed_up")
    for name in ("wang", "li"):
        user = User.objects.create_user(name)
        Membership.objects.create(user=user, role="administrator", region=county)
    Authenticator.objects.create(user=user, type="totp", data={})

    assert found("backup", at=NOW) == ["error: 上次备份在50小时以前"]
    assert found("backup", at=NOW - timedelta(hours=20)) == []
    assert found("administrators") == ["warning: 2名管理员中有1名没有设置第二因素"]


def test_a_year_without_its_holidays_is_named() -> None:
    assert found("holidays", at=NOW) == []
    assert found("holidays", at=datetime(2026, 11, 20, tzinfo=UTC)) == [
        "warning: 没有2027年的节假日安排，跨年的期限只是暂定"
    ]
    assert found("holidays", at=datetime(2031, 1, 20, tzinfo=UTC))[0].startswith("error: 没有2031年")


def test_a_data_folder_that_takes_nothing_or_is_open_to_all_is_named(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "nowhere"
    gone = found("data_folder")
    settings.DATA_DIR = tmp_path
    tmp_path.chmod(0o755)
    opened = found("data_folder")
    tmp_path.chmod(0o700)

    assert gone == [f"error: 数据目录 {tmp_path / 'nowhere'} 不能写入（没有这个文件或文件夹）"]
    assert f"warning: 数据目录 {tmp_path} 其他用户也能进入" in opened
    assert list(tmp_path.iterdir()) == []


def test_settings_that_contradict_one_another_are_named(settings: Settings) -> None:
    settings.METRICS_TOKEN, settings.SIGNING_KEY = "short", "not a key"
    settings.ALLOWED_HOSTS, settings.ADDRESS, settings.HTTPS = ["*", "one.example"], "http://other.example", True

    assert "error: CASETRACK_METRICS_TOKEN 太短，可以猜出（casetrack.E007）" in found("settings")
    assert found("signing_key")[0].startswith("error: 月报档案不能签署")
    assert found("addresses") == [
        "error: CASETRACK_HOSTS 是 *，任何主机名都会应答",
        "warning: 启用了 HTTPS，CASETRACK_ADDRESS 却不是 https:// 开头",
    ]


def test_a_certificate_that_lives_for_hours_is_late_when_little_of_its_life_is_left() -> None:
    """Caddy's own authority gives twelve hours and renews after eight: the usual layout is not broken all day."""
    half_a_day, year = Validity(NOW, NOW + timedelta(hours=12)), Validity(NOW, NOW + timedelta(days=365))

    assert not half_a_day.is_late(NOW + timedelta(hours=9), least=timedelta(days=7))
    assert half_a_day.is_late(NOW + timedelta(hours=11), least=timedelta(days=7))
    assert not year.is_late(NOW + timedelta(days=357), least=timedelta(days=7))
    assert year.is_late(NOW + timedelta(days=359), least=timedelta(days=7))


def test_a_certificate_that_ends_and_servers_that_do_not_answer_are_named(settings: Settings, tmp_path: Path) -> None:
    with https_with_a_certificate_until(NOW, tmp_path) as settings.ADDRESS:
        assert found("certificate", at=NOW - timedelta(days=60)) == []
        assert found("certificate", at=NOW - timedelta(days=20)) == ["warning: 证书还有20天到期"]
        assert found("certificate", at=NOW + timedelta(days=1)) == ["error: 证书已过期"]
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.ADDRESS = "127.0.0.1", 1, "http://127.0.0.1:1"

    assert found("mail") == ["error: 邮件服务器 127.0.0.1:1 不能使用（那里没有程序应答）"]
    assert found("web") == ["warning: 从本机连不上 http://127.0.0.1:1"]


def test_with_both_servers_away_the_rest_is_still_said(tmp_path: Path) -> None:
    argv = [sys.executable, "manage.py", "doctor", "--format", "json", *ASKED]
    env = os.environ | NOWHERE | {"CASETRACK_DATA_DIR": str(tmp_path)}

    ended = subprocess.run(argv, cwd=project.BASE_DIR, env=env, capture_output=True, text=True, check=False)

    said = {each["check"]: each for each in json.loads(ended.stdout)}
    assert ended.returncode == 1
    assert said["database"]["level"] == said["queues"]["level"] == "error"
    assert said["database"]["findings"][0]["mend"].startswith("查看 PostgreSQL")
    assert {said[name]["level"] for name in ("migrations", "workers", "files")} == {"skipped"}
    assert said["data_folder"]["level"] == "ok"


def test_a_check_can_be_asked_by_its_name_and_one_that_there_is_none_of_is_refused() -> None:
    told = io.StringIO()

    call_command("doctor", "migrations", "time_zone", stdout=told)

    assert told.getvalue().splitlines() == ["[正常] 数据库变更已全部执行", "[正常] 北京时间"]
    with pytest.raises(CommandError, match="没有名为weather的检查，可用的有：settings、data_folder"):
        call_command("doctor", "weather")


def test_every_check_says_how_to_mend_what_it_finds() -> None:
    assert len({check.name for check in CHECKS}) == len(CHECKS)
    assert all(check.what and check.mend for check in CHECKS)
