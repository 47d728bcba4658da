"""`manage.py erasures`: what was erased, kept outside the record too, and erased again after a restore."""

from argparse import ArgumentParser
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localtime, now

from casetrack.cases.erasing import kept
from casetrack.cases.erasing.grounds import ErasureRefused
from casetrack.cases.erasing.repeating import Became, repeat
from casetrack.cases.models import Erasure
from casetrack.lib.files import FileRefused, closed
from casetrack.lib.os_errors import reason_of
from casetrack.organizations.arguments import day

LABELS = {Became.AGAIN: "重新删除", Became.BEFORE: "此前已经删除", Became.ABSENT: "不在库中（备份之后登记的）"}


class Command(BaseCommand):
    help = (
        "列出已经办理的依法删除；--export 写成清单，请保存在备份之外，其中没有个人信息；"
        "恢复备份后用 --repeat 按清单把又回到库中的个人信息重新删除，可以重复运行"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--since", type=day, metavar="DATE", help="只列出或写出该日及以后办理的")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--export", type=Path, metavar="FILE", help="写出清单，不覆盖已有的文件")
        which.add_argument("--repeat", type=Path, metavar="FILE", help="按清单重新删除")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["repeat"] and options["since"]:
            raise CommandError("重新删除按整份清单办理，请去掉 --since")
        try:
            if options["repeat"]:
                self.repeat(options["repeat"])
            elif options["export"]:
                self.export(options["export"], options["since"])
            else:
                self.tell(options["since"])
        except (kept.NotAList, FileRefused) as refused:
            raise CommandError(str(refused)) from refused
        except OSError as error:
            raise CommandError(f"无法读取“{error.filename}”：{reason_of(error)}；请核对路径和权限") from error

    def tell(self, since: date | None) -> None:
        told = 0
        for each in kept.carried_out(since):
            what, ground = "一名当事人" if each.party else "全案", Erasure.Ground(each.ground).label
            when = f"{localtime(each.ended_at):%Y-%m-%d %H:%M}"
            who = f"{each.asked_by}提出 {each.ended_by}核准"
            self.stdout.write(f"{when} 案件{each.number} {what} {ground} {who}")
            told += 1
        self.stdout.write(f"共{told}项")

    def export(self, path: Path, since: date | None) -> None:
        lines = list(kept.lines(since, key=settings.FIELD_KEYS[0]))
        closed(path, lambda file: file.writelines(line.encode() for line in lines))
        self.stdout.write(f"{len(lines) - 1}项依法删除已写入{path}，请保存在备份之外")

    def repeat(self, path: Path) -> None:
        found: Counter[Became] = Counter()
        refused = 0
        for each in kept.read(path.read_bytes(), name=path.name, keys=settings.FIELD_KEYS):
            try:
                found[repeat(kept=each, now=now(), retentions=settings.RETENTIONS)] += 1
            except ErasureRefused as why:
                refused += 1
                self.stderr.write(f"案件{each.number}没有删除：{why}")
        self.stdout.write("，".join(f"{LABELS[became]}{found[became]}项" for became in Became))
        if refused:
            raise CommandError(f"{refused}项没有重新删除，原因见上；排除后请再运行一次")
