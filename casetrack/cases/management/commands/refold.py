"""`manage.py refold`: after an upgrade, give the cases there are what the new declarations make of their events."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casetrack.cases.refolding import refold
from casetrack.organizations.arguments import region
from casetrack.organizations.divisions import NATION


class Command(BaseCommand):
    help = "升级后按现行规则由事件重新推算已有案件的状态、指标事件和期限（事件本身不变），可中断后重新执行"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--region", default=NATION, type=region, help="只处理该区划及其下级")

    def handle(self, *args: Any, **options: Any) -> None:
        done = refold(region=options["region"], progress=self.said)
        self.stdout.write(f"核对{done.seen}件案件，更新{done.changed}件；运行 manage.py work --burst 结算统计")
        for number, why in done.refused.items():
            self.stderr.write(f"{number}：{why}")
        if done.refused:
            raise CommandError(f"{len(done.refused)}件案件未能推算，原样保留")

    def said(self, seen: int) -> None:
        if seen % 10_000 == 0:
            self.stdout.write(f"已核对{seen}件……")
