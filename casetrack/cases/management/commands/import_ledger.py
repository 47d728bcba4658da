"""Import registers and ledgers. Ends with 1 if a file could not be read at all; rejected rows alone are no failure."""

import gc
import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from casetrack.cases.ledgers.importing import import_files
from casetrack.cases.ledgers.mapping import MappingRefused, Said, SheetMapping, mappings_of
from casetrack.cases.ledgers.rejects import write_rejects
from casetrack.cases.ledgers.reports import ImportReport
from casetrack.cases.ledgers.sources import Source
from casetrack.cases.ledgers.summary import as_json, as_text
from casetrack.organizations.divisions import InvalidCode, complete


class Command(BaseCommand):
    help = "导入名册和台账：按表头识别种类和列，逐行给出结果"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE.xlsx", help="名册和台账文件，顺序不限")
        parser.add_argument("--region", required=True, metavar="CODE", help="区划代码，如620522000000")
        parser.add_argument("--name", default="", help="地区名称；不写则取自台账标题")
        parser.add_argument("--dry-run", action="store_true", help="只显示每一行的结果，不写入")
        parser.add_argument("--errors", type=Path, metavar="FILE.xlsx", help="把拒收的行连同原因写入此文件")
        parser.add_argument("--mapping", type=Path, metavar="FILE.json", help="各表是哪种台账、各表头是哪个字段的对照")
        parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            region_code = complete(options["region"])
            sources = [Source(path.name, path.read_bytes()) for path in options["files"]]
            mapping = mapping_in(options["mapping"])
        except (InvalidCode, MappingRefused, OSError) as error:
            raise CommandError(str(error)) from error
        gc.freeze()  # what is loaded by now stays: searching it for garbage again and again takes a tenth of the time
        began = perf_counter()
        with ProgressBar() as bar:
            report = import_files(
                sources=sources,
                region_code=region_code,
                region_name=options["name"],
                actor=None,
                now=now(),
                dry_run=options["dry_run"],
                progress=bar.advance,
                said=Said(mapping),
            )
        seconds = perf_counter() - began
        if options["errors"]:
            write_rejects(report, options["errors"])
        self.print(report, seconds, options)
        if report.unread:
            sys.exit(1)

    def print(self, report: ImportReport, seconds: float, options: dict[str, Any]) -> None:
        if options["format"] == "json":
            said = as_json(report, seconds=seconds, every_row=options["dry_run"])
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(as_text(report, seconds=seconds, every_row=options["dry_run"]))


def mapping_in(path: Path | None) -> tuple[SheetMapping, ...]:
    """How sheets are to be read, from a file that says so as the API is told."""
    if path is None:
        return ()
    try:
        return mappings_of(json.loads(path.read_bytes()))
    except ValueError as error:
        raise error if isinstance(error, MappingRefused) else MappingRefused(f"{path.name}不是JSON：{error}") from error


class ProgressBar:
    """One bar a file, on a terminal only: in a log it would be noise."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self.bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        self.tasks: dict[str, Any] = {}

    def __enter__(self) -> "ProgressBar":
        self.bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.bars.stop()

    def advance(self, file: str, done: int, most: int) -> None:
        if file not in self.tasks:
            self.tasks[file] = self.bars.add_task(file, total=most)
        self.bars.advance(self.tasks[file], done)
