"""`manage.py doctor [--format json]`: looks at a deployment, and says what is wrong and what to do."""

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate, now

from workers.doctoring import CHECKS
from workers.doctoring.examining import Examined, examine
from workers.doctoring.findings import Visit

SIGNS = {"ok": "正常", "warning": "注意", "error": "错误", "skipped": "未查"}
AWAY = {"database": "数据库没有应答", "queues": "Redis 没有应答", "record": "数据库没有应答，或变更没有执行"}


class Command(BaseCommand):
    help = "检查部署：配置、数据库、Redis、工作进程、计划任务、数据目录、密钥、证书、备份等；有错误时退出码为1"
    requires_system_checks = []  # they are among what is looked at

    def add_arguments(self, parser: ArgumentParser) -> None:
        names = [check.name for check in CHECKS]
        parser.add_argument("names", nargs="*", metavar="NAME", help=f"只查这些：{'、'.join(names)}")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="输出格式（默认text）")

    def handle(self, *args: Any, **options: Any) -> None:
        known = {check.name: check for check in CHECKS}
        if unknown := [name for name in options["names"] if name not in known]:
            raise CommandError(f"没有名为{'、'.join(unknown)}的检查，可用的有：{'、'.join(known)}")
        chosen = [known[name] for name in options["names"]] or CHECKS
        examined = examine(chosen, Visit(now(), localdate(), settings.TRIAL))
        self.stdout.write(as_json(examined) if options["format"] == "json" else as_text(examined))
        levels = Counter(each.level for each in examined)
        if levels["error"]:
            raise CommandError(f"{levels['error']}项有错误，{levels['warning']}项须注意，{levels['skipped']}项没有检查")


def as_text(examined: Sequence[Examined]) -> str:
    lines = []
    for each in examined:
        lines.append(f"[{SIGNS[each.level]}] {each.check.what}" + (f"：{AWAY[each.skipped]}" if each.skipped else ""))
        for finding in each.findings:
            lines.append(f"    {finding.said}")
            lines.append(f"    → {finding.mend or each.check.mend}")
    return "\n".join(lines)


def as_json(examined: Sequence[Examined]) -> str:
    told = [
        {
            "check": each.check.name,
            "what": each.check.what,
            "level": each.level,
            "findings": [
                {"level": finding.level, "said": finding.said, "mend": finding.mend or each.check.mend}
                for finding in each.findings
            ],
        }
        for each in examined
    ]
    return json.dumps(told, ensure_ascii=False, indent=1)
