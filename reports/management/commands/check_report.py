"""`manage.py check_report`: the figures of a report, whether they fit together, and how they stand to the record."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from casetrack.kinds.refusals import Refused
from casetrack.lib.files import FileRefused, put
from casetrack.lib.os_errors import reason_of
from casetrack.organizations.arguments import address, day, region
from casetrack.stats.refusals import BalanceBroken
from reports.checking import scoring
from reports.checking.marking.pages import page
from reports.checking.marking.printing import as_text
from reports.checking.marking.word import with_marks
from reports.checking.record.comparing import Wish
from reports.checking.reviewing import Review, review
from reports.documents import apart
from reports.documents.refusing import LARGEST_FILE
from reports.linking import Lists

WRITTEN_AS = (".html", ".docx")


class Command(BaseCommand):
    help = "核对报告：找出报告（.txt .md .html .docx .pdf）里的数字，核对其勾稽关系，并与某地区某年的记录对照"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="要核对的报告")
        parser.add_argument("--region", type=region, metavar="CODE", help="与哪个地区的记录对照，如620522000000")
        parser.add_argument("--year", type=int, metavar="YYYY", help="与哪一年的记录对照")
        parser.add_argument("--as-of", type=day, metavar="DATE", help="记录的截止日；缺省为年末，年末未到时为今天")
        parser.add_argument("--public", action="store_true", help="结果供对外公布：过小的数目不显示")
        parser.add_argument("--format", choices=("json", "text"), default="text", help="输出格式")
        parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="标注后的结果：.html 网页或 .docx 批注")
        parser.add_argument(
            "--address", type=address, metavar="URL", default=settings.ADDRESS, help="结果中案件清单所在的服务网址"
        )
        parser.add_argument("--score", type=Path, metavar="DIR", help="不核对报告，而是以文件夹里标注过的语句评分")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["score"]:
            self.score(options["score"])
            return
        try:
            self.answer(options, wish_of(options), Lists(options["address"]))
        except (Refused, BalanceBroken, FileRefused) as refused:
            raise CommandError(str(refused)) from refused

    def answer(self, options: dict[str, Any], wish: Wish | None, lists: Lists) -> None:
        content = content_of(options["file"])
        found = review(apart.read(content, options["file"].name), wish, today=localdate())
        if options["format"] == "json":
            self.stdout.write(json.dumps(found.as_json(lists.behind), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(as_text(found, lists.behind), ending="")
        if options["output"]:
            path = put(data=marked(options, found, content, lists), path=options["output"])
            self.stderr.write(f"已写入 {path}")

    def score(self, folder: Path) -> None:
        found = scoring.score(folder) if folder.exists() else scoring.Score()
        if not found.passages:
            raise CommandError(f"“{folder}”里没有标注过的语句，请指明放有标注文件（.txt）的文件夹")
        for line in (*found.remarks, *found.lines()):
            self.stdout.write(line)


def wish_of(options: dict[str, Any]) -> Wish | None:
    if options["file"] is None:
        raise CommandError("须指明要核对的文件，或以 --score 指明标注语句的文件夹")
    if options["output"] and options["output"].suffix.lower() not in WRITTEN_AS:
        raise CommandError(f"结果可以写为网页（.html）或Word批注（.docx），不能写为“{options['output'].name}”")
    if bool(options["region"]) != bool(options["year"]):
        raise CommandError("与记录对照须同时给出 --region 和 --year")
    if options["year"] is None:
        return None
    if not 1949 <= options["year"] <= 2200:
        raise CommandError(f"“{options['year']}”不是年份，应写作2024")
    return Wish(options["region"], options["year"], options["as_of"], public=options["public"])


def content_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as problem:
        raise CommandError(f"无法读取“{path}”：{reason_of(problem)}；请核对路径") from problem


def marked(options: dict[str, Any], found: Review, content: bytes, lists: Lists) -> bytes:
    if options["output"].suffix.lower() == ".docx":
        return with_marks(content, found, lists.behind)
    return page(found, lists.behind, title=f"核对结果：{options['file'].name}").encode()
