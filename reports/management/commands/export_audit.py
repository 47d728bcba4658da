"""`manage.py export_audit`: the audit log as lines of JSON, whole or narrowed, with the digest of the file."""

import hashlib
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.timezone import localdate, now

from casetrack.accounts.auditing import record
from casetrack.accounts.models import Action, AuditEntry, User
from casetrack.lib.files import FileRefused, closed
from casetrack.organizations.arguments import day
from casetrack.organizations.filtersets import AuditFilterSet
from reports.exporting.audit import OF_AUDIT, audit_rows


class Command(BaseCommand):
    help = "将审计记录导出为每行一条的 JSON 文件，并输出条数和文件摘要（SHA-256）；导出本身也记入审计记录"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.jsonl", help="文件，不能已存在")
        parser.add_argument("--from", dest="first", type=day, metavar="DAY", help="不早于该日")
        parser.add_argument("--to", dest="last", type=day, metavar="DAY", help="不晚于该日")
        parser.add_argument("--actor", metavar="USERNAME", help="操作人的用户名")
        parser.add_argument(
            "--action", choices=Action.values, metavar="ACTION", help=f"操作：{'、'.join(Action.values)}"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        asked = self.asked(options)
        entries: QuerySet[AuditEntry] = AuditFilterSet(QueryDict(asked), AuditEntry.objects.order_by("id")).qs
        number, digest = self.written(entries, options["output"])
        details = {"resource": "audit", "format": "jsonl", "filters": dict(QueryDict(asked).items())}
        record(action=Action.EXPORT, actor=None, now=now(), details={**details, "rows": number, "digest": digest})
        self.stdout.write(f"已导出{number}条审计记录：{options['output']}\nSHA-256：{digest}")

    def asked(self, options: dict[str, Any]) -> str:
        first, last = options["first"], options["last"]
        if first and last and last < first:
            raise CommandError(f"--to（{last}）早于 --from（{first}），没有哪一天可导出；请核对")
        given = QueryDict(mutable=True)
        given.update({name: str(options[key]) for name, key in (("from", "first"), ("to", "last")) if options[key]})
        if options["action"]:
            given["action"] = options["action"]
        if options["actor"]:
            actor = User.objects.filter(username=options["actor"]).first()
            if actor is None:
                raise CommandError(f"没有用户名为“{options['actor']}”的账号，请核对")
            given["actor"] = str(actor.pk)
        return given.urlencode()

    def written(self, entries: QuerySet[AuditEntry], path: Path) -> tuple[int, str]:
        """How many entries there are in the file, for its owner alone to read, and its digest."""
        number, digest = 0, hashlib.sha256()
        names = [column.name for column in OF_AUDIT]

        def save(file: BinaryIO) -> None:
            nonlocal number
            for row in audit_rows(entries, names, localdate()):
                line = json.dumps({**row, "details": json.loads(str(row["details"]))}, ensure_ascii=False) + "\n"
                file.write(line.encode())
                digest.update(line.encode())
                number += 1

        try:
            closed(path, save)
        except FileRefused as refused:
            raise CommandError(str(refused)) from refused
        return number, digest.hexdigest()
