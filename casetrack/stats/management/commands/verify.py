"""`manage.py verify`: the record held against its events, and the cells against a recount."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casetrack.cases.anchoring import checking
from casetrack.cases.erasing import words
from casetrack.cases.generating.indexes import search_at_once
from casetrack.cases.models import Case
from casetrack.cases.verification import differences
from casetrack.organizations.arguments import region
from casetrack.organizations.divisions import NATION
from casetrack.organizations.moving import broken_histories
from casetrack.stats import rebuilding, rollup
from casetrack.stats.closing import verifying


class Command(BaseCommand):
    help = (
        "核对每日锚定，逐案按事件重建并核对事件链、状态、检索文字、指标事件和期限，再核对统计单元和各版公布的数字；"
        "有不一致则列出并以1退出"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--region", default=NATION, type=region, help="只核对该区划及其下级，不核对锚定")
        parser.add_argument("--most", type=int, default=200, help="最多列出多少处（默认200），其余只计数")

    def handle(self, *args: Any, **options: Any) -> None:
        place: str = options["region"]
        if left := search_at_once():
            self.stdout.write(f"生成案件时中断，检索索引停留在成批更新的状态，已经恢复：{'、'.join(left)}")
        found = 0
        for found, difference in enumerate(everything(place), start=1):
            if found <= options["most"]:
                self.stdout.write(difference)
        if marks := rollup.waiting():
            self.stdout.write(f"尚有{marks}处变动等待结算，统计单元未核对；请先运行 manage.py work --burst")
        cases = Case.objects.under(place).count()
        if found:
            raise CommandError(f"核对{cases}件案件，发现{found}处不一致")
        self.stdout.write(f"核对{cases}件案件，没有不一致")


def everything(region: str) -> Iterator[str]:
    yield from broken_histories(region)
    if region == NATION:  # anchors stand for the record of all places together
        yield from checking.differences()
        yield from words.differences()
    cases = Case.objects.under(region).select_related("organization").order_by("pk").iterator(chunk_size=500)
    for difference in differences(cases):
        yield str(difference)
    if not rollup.waiting():  # until they are settled, cells are behind the record by intention
        yield from rebuilding.differences(region=region)
    yield from verifying.differences(region=region)
