"""`manage.py federation`: a node opens its cells, a province names its nodes."""

from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone
from psycopg import sql

from casetrack.kinds import KINDS
from casetrack.kinds.refusals import Refused
from casetrack.lib.env import SettingRefused, envhidden
from casetrack.lib.server_urls import database_from_url
from casetrack.organizations.arguments import region
from casetrack.stats.federation import operations, statements
from casetrack.stats.federation.models import Node
from casetrack.stats.federation.standing import NodeSilent, standing_of, title


class Command(BaseCommand):
    help = "多库：节点（如各市）向上级开放统计单元（open），上级登记（add）、移除（remove）、列出（list）节点"

    def add_arguments(self, parser: ArgumentParser) -> None:
        doing = parser.add_subparsers(dest="doing", required=True)
        opening = doing.add_parser("open", help="在节点上：向一个只读角色开放本地区的统计单元，不含案件和个人信息")
        opening.add_argument("--region", required=True, type=region, metavar="CODE", help="本节点的区划代码")
        opening.add_argument("--reader", default=statements.READER, metavar="ROLE", help="读取的数据库角色")
        adding = doing.add_parser("add", help="在上级：登记一个节点")
        adding.add_argument("--node", required=True, type=region, metavar="CODE", help="节点的区划代码")
        adding.add_argument(
            "--url",
            required=True,
            metavar="URL",
            help="postgresql://角色@主机/数据库；口令可由 CASETRACK_NODE_PASSWORD 给出",
        )
        removing = doing.add_parser("remove", help="在上级：移除一个节点")
        removing.add_argument("--node", required=True, type=region, metavar="CODE", help="节点的区划代码")
        doing.add_parser("list", help="在上级：列出节点及其状况")
        for one in (opening, adding, removing):
            one.add_argument("--dry-run", action="store_true", help="只打印将执行的语句（口令不显示），不执行")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"{options['doing']}_it")(options)
        except Refused as refused:
            raise CommandError(str(refused)) from refused

    def open_it(self, options: dict[str, Any]) -> None:
        if options["dry_run"]:
            self.show([statements.role(options["reader"]), *statements.opened(options["region"], options["reader"])])
            return
        holds = operations.open_cells(region=options["region"], reader=options["reader"])
        self.stdout.write(f"角色 {options['reader']} 可以读取 {options['region']} 各级地区的统计单元")
        if not holds:
            self.stdout.write("本库中还没有该地区的案件；区划代码如有误，请用正确的代码重新运行")

    def add_it(self, options: dict[str, Any]) -> None:
        address = address_of(options["url"], hidden=options["dry_run"])
        if options["dry_run"]:
            extension = sql.SQL("CREATE EXTENSION IF NOT EXISTS postgres_fdw")
            grant = sql.SQL("GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO CURRENT_USER")
            self.show([extension, grant, *statements.joined(options["node"], address)])
            return
        node = operations.add(region=options["node"], address=address, now=timezone.now())
        self.stdout.write(f"已登记节点{title(node)}")

    def remove_it(self, options: dict[str, Any]) -> None:
        if options["dry_run"]:
            self.show(statements.left(options["node"]))
            return
        operations.remove(region=options["node"])
        self.stdout.write(f"已移除节点{options['node']}")

    def list_it(self, options: dict[str, Any]) -> None:
        silent = 0
        if not Node.objects.exists():
            self.stdout.write("没有登记节点")
        for node in Node.objects.select_related("region").order_by("pk"):
            try:
                found = standing_of(node)
                waiting = [kind.label for name, kind in KINDS.items() if found[name].waiting_from]
                self.stdout.write(f"{title(node)}：{'、'.join(waiting) + '有变动待汇总' if waiting else '已全部汇总'}")
            except NodeSilent as refused:
                silent += 1
                self.stdout.write(str(refused))
        if silent:
            raise CommandError(f"{silent}个节点没有应答")

    def show(self, queries: Iterable[sql.Composable]) -> None:
        connection.ensure_connection()
        for query in queries:
            self.stdout.write(f"{query.as_string(connection.connection)};")


def address_of(url: str, *, hidden: bool) -> statements.Address:
    try:
        found = database_from_url(url, name="--url")
    except SettingRefused as refused:
        raise CommandError(f"节点的地址不能用：{refused}") from refused
    password = found["PASSWORD"] or envhidden("CASETRACK_NODE_PASSWORD")
    return statements.Address.of(found | {"PASSWORD": "***" if hidden and password else password})
