"""`manage.py export_parquet`: the statistical marks of a region's cases as Parquet, for a recount elsewhere."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casetrack.kinds import KINDS
from casetrack.kinds.refusals import Refused
from casetrack.lib.os_errors import reason_of
from casetrack.organizations.arguments import region
from casetrack.organizations.divisions import NATION
from workers.national.optional import NotInstalled, loaded


class Command(BaseCommand):
    help = "把指标事件和统计单元导出为 Parquet 文件（不含姓名、案号和文字），供全国重算（recount_parquet）读取"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="新的或空的目录")
        parser.add_argument("--region", default=NATION, type=region, metavar="CODE", help="只导出该区划及其下级")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            exporting = loaded("exporting")
            manifest = exporting.export(options["folder"], region=options["region"], now=timezone.now())
        except (NotInstalled, Refused) as refused:
            raise CommandError(str(refused)) from refused
        except OSError as error:
            raise CommandError(f"无法写入 {error.filename or options['folder']}：{reason_of(error)}") from error
        rows = {
            what: sum(count for name, count in manifest["files"].items() if name.startswith(what))
            for what in ("milestones", "cells")
        }
        self.stdout.write(f"已导出{rows['milestones']}条指标事件、{rows['cells']}个统计单元到 {options['folder']}")
        if manifest["behind"]:
            labels = "、".join(KINDS[kind].label for kind in manifest["behind"])
            self.stdout.write(f"其中{labels}有变动尚未汇总，这些统计单元不作比较")
