"""`manage.py bench`: the benchmarks, as a table and as bench.json."""

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table

from workers.benchmarks import BENCHMARKS
from workers.benchmarks.measuring import Result
from workers.benchmarks.record import BenchmarkRefused


class Command(BaseCommand):
    help = "运行性能基准：每项是同一次运行中两次测量的比值，与预算对照，结果写入 bench.json"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("names", nargs="*", metavar="NAME", help=f"只运行这些：{'、'.join(BENCHMARKS)}")
        parser.add_argument("--output", type=Path, default=settings.BASE_DIR / "var" / "bench.json")

    def handle(self, *args: Any, **options: Any) -> None:
        unknown = [name for name in options["names"] if name not in BENCHMARKS]
        if unknown:
            raise CommandError(f"没有名为{'、'.join(unknown)}的基准，可用的有：{'、'.join(BENCHMARKS)}")
        console, table = Console(), Table("基准", "比值", "预算", "达标", "详情")
        results: dict[str, Result] = {}
        refused = {}
        for name in options["names"] or BENCHMARKS:
            console.print(f"正在测量 {name} …")
            try:
                result = results[name] = BENCHMARKS[name]()
            except BenchmarkRefused as refusal:
                refused[name] = str(refusal)
                continue
            table.add_row(name, f"{result.ratio:.2f}", f"{result.budget:g}", "是" if result.ok else "否", result.detail)
            write(results, options["output"])  # as soon as it is there: the next may take minutes, or be broken off
        console.print(table)
        for name, told in refused.items():
            console.print(f"没有测量 {name}：{told}")
        if not all(result.ok for result in results.values()):
            raise CommandError("有基准未达到预算")
        if refused:
            raise CommandError("有基准没有测量")


def write(results: Mapping[str, Result], output: Path) -> None:
    output.parent.mkdir(parents=True, exist_ok=True)
    written = {name: result.as_json() for name, result in results.items()}
    output.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
