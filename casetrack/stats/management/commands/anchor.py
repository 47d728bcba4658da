"""`manage.py anchor`: today's anchor of the record; or one shown, written out, or held against what is kept outside."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from casetrack.cases.anchoring import outside
from casetrack.cases.anchoring.making import make_anchor
from casetrack.cases.models import Anchor
from casetrack.kinds.refusals import Refused
from casetrack.lib.files import FileRefused, closed
from casetrack.lib.os_errors import reason_of
from casetrack.stats.closing import checking

LATEST = "latest"


class Command(BaseCommand):
    help = (
        "为当日的全部事件和审计记录作一次锚定（每日由计划任务自动进行）；"
        "--show 显示某日的锚定，--export 写出以便保存在外，--check 将保存在外的与库中核对，有不符则列出并以1退出"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--show", nargs="?", const=LATEST, metavar="DATE", help="显示某日的锚定，不填日期为最近一次"
        )
        parser.add_argument("--digest", default="", help="与 --show DATE 同用：核对所印的摘要，至少前12位")
        parser.add_argument("--export", type=Path, metavar="FILE", help="写出锚定文件，请保存在本机之外")
        parser.add_argument("--since", type=day, metavar="DATE", help="与 --export 同用：只写出该日及以后的")
        parser.add_argument("--check", type=Path, metavar="FILE", help="核对锚定文件，或结账版次的归档（.zip）")
        parser.add_argument("--key", type=Path, metavar="FILE", help="与 --check 同用：另行保存的公钥")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["digest"] and options["show"] in (None, LATEST):
            raise CommandError("请同时填写摘要所属的日期，如 --show 2026-03-31 --digest 前12位以上")
        try:
            if options["check"]:
                key = options["key"].read_text(errors="replace").strip() if options["key"] else ""
                self.report(against(options["check"], key))
            elif options["export"]:
                self.export(options["export"], options["since"])
            elif options["show"]:
                self.show(options["show"], options["digest"])
            elif anchor := make_anchor(now=now()):
                self.describe(anchor)
        except (Refused, checking.NotAnArchive, FileRefused) as refused:
            raise CommandError(str(refused)) from refused
        except OSError as error:
            raise CommandError(f"无法读取“{error.filename}”：{reason_of(error)}；请核对路径和权限") from error

    def report(self, found: Iterator[str]) -> None:
        wrong = 0
        for said in found:
            self.stdout.write(said)
            wrong += 1
        if wrong:
            raise CommandError(f"发现{wrong}处不符")
        self.stdout.write("与保存在外的一致；库中记录是否与锚定一致，请再运行 manage.py verify")

    def export(self, path: Path, since: date | None) -> None:
        closed(path, lambda file: file.writelines(line.encode() for line in outside.lines(since)))
        self.stdout.write(f"锚定文件已写出：{path}，请保存在本机之外")

    def show(self, asked: str, digest: str) -> None:
        if digest:
            self.report(outside.compared(day(asked), digest))
            return
        anchors = Anchor.objects.order_by("-day")
        anchor = (anchors if asked == LATEST else anchors.filter(day=day(asked))).first()
        if anchor is None:
            raise CommandError("该日没有锚定" if asked != LATEST else "尚无锚定；manage.py anchor 作当日的锚定")
        self.describe(anchor)

    def describe(self, anchor: Anchor) -> None:
        signed = "已签名" if anchor.signature else "未签名（没有配置 CASETRACK_SIGNING_KEY）"
        self.stdout.write(f"{anchor.day} {anchor.digest} 案件{anchor.cases}件 事件{anchor.events}个 {signed}")


def against(path: Path, public_key: str) -> Iterator[str]:
    """What differs from an anchor file, or from the anchor that the archive of an edition holds."""
    if path.suffix.lower() != ".zip":
        try:
            yield from outside.differences(path.read_text(encoding="utf-8").splitlines(), public_key=public_key)
        except UnicodeDecodeError as error:
            raise outside.NoAnchors("不是锚定文件：不是文本") from error
        return
    archive = path.read_bytes()
    yield from checking.check(archive, public_key)
    edition = json.loads(checking.parts_of(archive)[checking.EDITION])["edition"]
    if "anchor" not in edition:
        raise outside.NoAnchors("该版结账时尚无锚定，其归档不能用来核对锚定")
    yield from outside.compared(date.fromisoformat(edition["anchor"]["day"]), edition["anchor"]["digest"])


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"“{text}”不是日期，应如2026-03-31") from error
