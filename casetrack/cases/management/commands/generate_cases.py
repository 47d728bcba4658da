"""`manage.py generate_cases`: plausible cases of all six kinds, for load and benchmarks."""

from argparse import ArgumentParser, ArgumentTypeError
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn, TimeRemainingColumn

from casetrack.cases.generating.planning import Wish
from casetrack.cases.generating.running import PlaceRefused, Stopped, WishRefused, generate
from casetrack.organizations.arguments import day, region


def number(text: str) -> int:
    try:
        return int(text)
    except ValueError as refused:
        raise ArgumentTypeError(f"“{text}”不是整数") from refused


class Command(BaseCommand):
    help = "生成六类案件（步骤、期限、事件链、当事人俱全），供压力测试和性能基准使用；同一种子生成同样的案件"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cases", required=True, type=number, metavar="N", help="件数")
        parser.add_argument("--region", required=True, type=region, metavar="CODE", help="县级以上区划代码")
        parser.add_argument("--from", required=True, type=day, dest="first", metavar="DATE", help="最早的收到日期")
        parser.add_argument("--to", required=True, type=day, dest="last", metavar="DATE", help="最晚的收到日期")
        parser.add_argument("--seed", default=1, type=number, metavar="S", help="种子（默认1）")

    def handle(self, *args: Any, **options: Any) -> None:
        names = ("cases", "region", "first", "last", "seed")
        wish = Wish(**{name: options[name] for name in names}, now=now())
        made, began = 0, perf_counter()
        with progress_bar() as bar:
            task = bar.add_task("", total=max(wish.cases, 1))

            def count(chunk: int) -> None:
                nonlocal made
                made += chunk
                bar.advance(task, chunk)

            try:
                generate(wish, progress=count)
            except (PlaceRefused, WishRefused) as refused:
                raise CommandError(str(refused)) from refused
            except Stopped as stopped:
                raise CommandError(f"{stopped}；已生成的{made}件案件完整可用") from stopped
            except KeyboardInterrupt as stopped:
                raise CommandError(f"已中断；已生成的{made}件案件完整可用") from stopped
        self.stdout.write(
            f"已生成{made}件案件，用时{perf_counter() - began:.0f}秒；运行 manage.py work --burst 结算统计"
        )


def progress_bar() -> Progress:
    """On a terminal only: in a log it would be noise."""
    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, disable=not console.is_terminal)
