"""What the record needs: files that are there, keys that open, divisions, holidays, a backup."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from typing import Any

from django.conf import settings
from django.db.models import Max, Model, QuerySet

from casetrack.accounts.models import AuditEntry
from casetrack.cases import kept_files
from casetrack.cases.models import Anchor, KeptFile, Party
from casetrack.cases.signing import NotSigned, signing_key
from casetrack.law.notices import has_notice
from casetrack.lib.crypto import SealBroken
from casetrack.organizations.models import Region
from workers.doctoring.findings import Check, Finding, Level, Visit, error, warning

SAMPLE = 25  # of the oldest and of the newest rows each
LARGEST = 5_000_000  # bytes of a file that is opened whole
DAY_AND_A_HALF = timedelta(hours=36)
NOTICED = (11, 15)  # by when the notice of next year is out, mostly


def ends_of(rows: QuerySet[Any, Any]) -> list[int]:
    """Keys of the oldest and the newest rows."""
    keys = rows.values_list("pk", flat=True)
    return sorted({*chain(keys.order_by("pk")[:SAMPLE], keys.order_by("-pk")[:SAMPLE])})


def keys_open(visit: Visit) -> Iterator[Finding]:
    looked_at: tuple[tuple[type[Model], QuerySet[Any, Any], str], ...] = (
        (Party, Party.objects.exclude(phone_index=""), "当事人"),
        (KeptFile, KeptFile.objects.readable(), "附件"),
    )
    for model, rows, label in looked_at:
        keys = ends_of(rows)
        shut = sum(1 for key in keys if not opens(model, key))
        if shut:
            yield error(f"抽查{len(keys)}条{label}的加密数据，{shut}条打不开")


def opens(model: type[Model], key: int) -> bool:
    try:
        model._default_manager.get(pk=key)
    except SealBroken:
        return False
    return True


def files_lie_there(visit: Visit) -> Iterator[Finding]:
    keys = ends_of(KeptFile.objects.readable())
    gone = broken = 0
    for key in keys:
        try:
            kept = KeptFile.objects.get(pk=key)
            path = kept_files.path_of(kept.digest)
            if path.stat().st_size <= LARGEST:
                broken += kept_files.digest_of(kept_files.content_of(kept)) != kept.digest
        except FileNotFoundError:
            gone += 1
        except SealBroken:
            broken += 1
    if gone or broken:
        yield error(f"抽查{len(keys)}份附件，{gone}份不在数据目录中，{broken}份打不开或被改动")


def divisions(visit: Visit) -> Iterator[Finding]:
    if not Region.objects.filter(level="prefecture").exists():
        yield error("没有行政区划")


def holidays(visit: Visit) -> Iterator[Finding]:
    year = visit.today.year
    if not has_notice(year):
        yield error(f"没有{year}年的节假日安排，按工作日计算的期限只是暂定")
    elif not has_notice(year + 1) and (visit.today.month, visit.today.day) >= NOTICED:
        yield warning(f"没有{year + 1}年的节假日安排，跨年的期限只是暂定")


def backed_up(visit: Visit) -> Iterator[Finding]:
    last = AuditEntry.objects.last_backup_at()
    if last is None:
        yield Finding(visit.strict(), "审计记录中没有备份")
    elif visit.now - last > DAY_AND_A_HALF:
        yield Finding(visit.strict(), f"上次备份在{(visit.now - last).total_seconds() / 3600:.0f}小时以前")


def anchored(visit: Visit) -> Iterator[Finding]:
    """The digest of the whole record, which a job makes every day."""
    last: date | None = Anchor.objects.aggregate(last=Max("day"))["last"]
    if last is None:
        yield Finding(visit.strict(), "从未锚定")
    elif last < visit.today - timedelta(days=2):
        yield Finding(visit.strict(), f"上次锚定的是{last:%Y年%-m月%-d日}")


def signed(visit: Visit) -> Iterator[Finding]:
    try:
        signing_key()
    except NotSigned as refused:
        yield Finding(Level.ERROR if settings.SIGNING_KEY else Level.WARNING, f"月报档案不能签署：{refused}")


def looked_for_viruses(visit: Visit) -> Iterator[Finding]:
    if not settings.SCAN_COMMAND and not visit.trial:
        yield warning("上传的附件没有经过病毒扫描")


KEYS = "核对 CASETRACK_FIELD_KEY：旧密钥须列在新密钥之后；见 docs/keys.md"
RECORD = (
    Check("field_keys", "加密数据能打开", KEYS, keys_open, "record"),
    Check("files", "附件齐全", "核对 CASETRACK_DATA_DIR 是否挂载；缺失的从备份恢复", files_lie_there, "record"),
    Check("divisions", "行政区划已导入", "执行 manage.py load_divisions", divisions, "record"),
    Check("holidays", "节假日安排齐全", "升级到收录国务院办公厅通知的版本", holidays),
    Check("backup", "每日备份", "执行 manage.py backup，并设置定时执行", backed_up, "record"),
    Check("anchor", "每日锚定", "查看计划任务和 anchor_record 任务的日志", anchored, "record"),
    Check("signing_key", "签署密钥", "设置 CASETRACK_SIGNING_KEY：head -c 32 /dev/urandom | base64", signed),
    Check("virus_scan", "附件病毒扫描", "安装 clamav，设置 CASETRACK_SCAN_COMMAND", looked_for_viruses),
)
