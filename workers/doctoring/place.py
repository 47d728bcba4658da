"""The machine and the settings."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.checks import ERROR, WARNING, run_checks

from casetrack.lib.os_errors import reason_of
from workers.doctoring.findings import Check, Finding, Level, Visit, error, warning
from workers.doctoring.saying import SAID

LEAST_FREE, LEAST_SHARE = 2 * 1024**3, 0.1


def settings_hold(visit: Visit) -> Iterator[Finding]:
    for message in run_checks(include_deployment_checks=not visit.trial):
        if message.level < WARNING:
            continue
        level = Level.ERROR if message.level >= ERROR else Level.WARNING
        said = SAID.get(message.id or "", f"{message.msg}")
        yield Finding(level, f"{said}（{message.id}）", message.hint or "")


def folder_takes(visit: Visit) -> Iterator[Finding]:
    folder = Path(settings.DATA_DIR)
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".doctor-") as file:
            file.write(b"0" * 4096)
            file.flush()
            os.fsync(file.fileno())
        usage, mode = shutil.disk_usage(folder), stat.S_IMODE(folder.stat().st_mode)
    except OSError as refused:
        yield error(f"数据目录 {folder} 不能写入（{reason_of(refused)}）")
        return
    if mode & 0o007:
        yield warning(f"数据目录 {folder} 其他用户也能进入", f"chmod 0700 {folder}")
    if usage.free < LEAST_FREE or usage.free < usage.total * LEAST_SHARE:
        said = f"数据目录所在磁盘只剩{usage.free / 1024**3:.1f}GB，共{usage.total / 1024**3:.0f}GB"
        yield error(said, "清理或扩大磁盘") if usage.free < LEAST_FREE else warning(said, "清理或扩大磁盘")


def days_of_china(visit: Visit) -> Iterator[Finding]:
    try:
        there = datetime(2026, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai")).utcoffset()
    except ZoneInfoNotFoundError:
        there = None
    if settings.TIME_ZONE != "Asia/Shanghai" or there != timedelta(hours=8):
        yield error("时区不是北京时间，日期会差一天")


PLACE = (
    Check("settings", "配置没有矛盾", "按 docs/configuration.md 修改环境变量后重启", settings_hold),
    Check("data_folder", "数据目录可写、余量充足", "核对 CASETRACK_DATA_DIR 的所有者、挂载和磁盘", folder_takes),
    Check("time_zone", "北京时间", "安装系统的时区数据（tzdata）", days_of_china),
)
