"""`manage.py backup FILE [--keys FILE]`: everything in one file, its keys apart; `backup --check FILE`: try it out."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from workers.backups import keyring
from workers.backups.drilling import drill
from workers.backups.making import MEGABYTE, Made, back_up
from workers.backups.progressing import bars
from workers.backups.refusals import BackupRefused, RestoreRefused

INCOMPLETE = 3
"""Ends so when the backup stands, and something that belongs to it was not there to be backed up."""
SHOWN = 20


class Command(BaseCommand):
    help = "把数据库、附件、模板全部写成一个备份文件，写完回读核对；密钥不在其中。--check：恢复到临时数据库，演练一次"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--keys", type=Path, metavar="FILE", help="把密钥另写成这个文件；演练时从中取密钥")
        parser.add_argument("--check", action="store_true", help="不备份：把 FILE 恢复到临时数据库并核对，随后删除")

    def handle(self, *args: Any, **options: Any) -> None:
        path, keys = options["file"].absolute(), options["keys"] and options["keys"].absolute()
        if keys == path:
            raise CommandError("备份和密钥不能是同一个文件：密钥要分开保管；请给 --keys 另写一个文件，最好在别的磁盘上")
        if options["check"]:
            self.try_out(path, keys)
        else:
            self.make(path, keys)

    def try_out(self, path: Path, keys: Path | None) -> None:
        begun = time.monotonic()
        try:
            drill(path=path, keys=keyring.read(keys) if keys else None, say=self.stdout.write)
        except (BackupRefused, RestoreRefused) as refused:
            raise CommandError(str(refused)) from refused
        except KeyboardInterrupt:
            raise CommandError("已中断，临时数据库和文件已删除", returncode=130) from None
        self.stdout.write(
            f"演练通过：这份备份可以恢复，从头到尾用时{time.monotonic() - begun:.0f}秒；临时数据库和文件已删除"
        )

    def make(self, path: Path, keys: Path | None) -> None:
        try:
            with bars() as progress:
                made = back_up(path=path, now=timezone.now(), progress=progress, keys=keys)
        except (BackupRefused, RestoreRefused) as refused:
            raise CommandError(str(refused)) from refused
        except KeyboardInterrupt:
            raise CommandError("已中断，没有留下备份文件", returncode=130) from None
        self.tell(made, keys)

    def tell(self, made: Made, keys: Path | None) -> None:
        manifest = made.manifest
        cases, rows = manifest.counts.get("cases_case", 0), sum(manifest.counts.values())
        self.stdout.write(
            f"已备份到{made.path}（{made.size / MEGABYTE:.1f}MB）：{cases}件案件，{len(manifest.counts)}张表{rows}行，"
            f"{manifest.entries}个文件；已回读核对，摘要 {made.digest}"
        )
        names = "、".join(manifest.keys)
        where = f"已写入{keys}，请与备份分开保管" if keys else "不在备份中，请另行保管（可用 --keys FILE 写出）"
        self.stdout.write(f"恢复时须有字段密钥 {names}，{where}")
        if not keys and keyring.configured().signing:
            self.stdout.write("归档签名的密钥（CASETRACK_SIGNING_KEY）也不在备份中，请一并保管")
        self.refuse_incomplete(made)

    def refuse_incomplete(self, made: Made) -> None:
        wrong = [f"有数据使用的密钥{name}本服务没有，无法打开" for name in made.lacking]
        wrong += [f"文件缺失：{name}" for name in made.manifest.missing[:SHOWN]]
        if more := len(made.manifest.missing[SHOWN:]):
            wrong.append(f"……另有{more}个文件缺失")
        for each in wrong:
            self.stderr.write(each)
        if wrong:
            raise CommandError("备份已写成，但服务本身缺少上述内容，请尽快查明", returncode=INCOMPLETE)
