"""`manage.py check_archive`: an archive of an edition held against itself and its signature, without the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casetrack.lib.os_errors import reason_of
from casetrack.stats.closing.checking import NotAnArchive, check


class Command(BaseCommand):
    help = "离线核查归档文件：签名、各部分的摘要、每个数字与其案件；有不符则列出并以1退出"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.zip")
        parser.add_argument("--key", type=Path, metavar="FILE", help="另行保存的公钥；不填则用归档所附的，只能查出损坏")

    def handle(self, *args: Any, **options: Any) -> None:
        key = read(options["key"]).decode(errors="replace") if options["key"] else ""
        try:
            wrong = check(read(options["file"]), key)
        except NotAnArchive as refused:
            raise CommandError(f"不是归档文件：{refused}") from refused
        for said in wrong:
            self.stdout.write(said)
        if wrong:
            raise CommandError(f"发现{len(wrong)}处不符")
        self.stdout.write("没有不符" if key else "没有不符（以归档所附的公钥核查）")


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"无法读取{path}：{reason_of(error)}") from error
