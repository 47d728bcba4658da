"""`manage.py rebuild_statistics`: count every cell anew from the milestones, as after a new breakdown."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from casetrack.organizations.arguments import region
from casetrack.organizations.divisions import NATION
from casetrack.stats.rebuilding import rebuild


class Command(BaseCommand):
    help = "从指标事件重新计算全部统计单元；计算完成之前，读者看到的仍是原来的数字"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--region", default=NATION, type=region, help="只重算该区划及其下级")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"重算完成，共{rebuild(region=options['region'])}个统计单元")
