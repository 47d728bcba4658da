"""`manage.py recount_parquet`: all cells counted anew on Spark from exports, and held against those exported."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casetrack.kinds.refusals import Refused
from workers.national.exports import exports_in
from workers.national.optional import NotInstalled, loaded


class Command(BaseCommand):
    help = "用 Spark 从各地导出的 Parquet 文件重新计算全部统计单元，并与导出时数据库中的逐一比较；有不符则列出并以1退出"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folders", nargs="+", type=Path, metavar="DIR", help="export_parquet 导出的目录，各地一个")
        parser.add_argument("--output", type=Path, metavar="DIR", help="把算出的统计单元写入新目录（Parquet）")
        parser.add_argument(
            "--master", default="", help="Spark 主节点，如 local[*]、spark://host:7077；缺省由 spark-submit 指定"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            exports = exports_in(options["folders"])
            found = loaded("running").run(exports, master=options["master"], output=options["output"])
        except (NotInstalled, Refused) as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            f"{len(exports)}份导出共{sum(each.rows for each in exports)}条指标事件，算得{found.cells}个统计单元"
        )
        for kind, cases in found.received.items():
            self.stdout.write(f"{kind}：收到{cases}件")
        for said in found.differences:
            self.stdout.write(said)
        if found.differences:
            raise CommandError("重算结果与数据库的统计单元不符")
        self.stdout.write("与导出时数据库中的统计单元逐一相符")
