"""Undo an import: its events are retracted by further events, and the same file may be sent again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from casetrack.cases.ledgers.undoing import UndoRefused
from casetrack.cases.models import ImportBatch
from casetrack.stats.closing.undoing import UndoRestates, named, undo

MOST_REASON = 200


class Command(BaseCommand):
    help = "撤销一次台账导入（以更正事件撤销，不删除记录）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("batch", type=int, help="批次号，导入时显示")
        parser.add_argument("--restating", default="", metavar="理由", help="案件已计入结账公布的数字时，为何仍要撤销")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            reason = options["restating"].strip()
            if len(reason) > MOST_REASON:
                raise CommandError(f"理由最多{MOST_REASON}字")
            undone, editions = undo(batch_id=options["batch"], actor=None, now=now(), restating=reason)
        except ImportBatch.DoesNotExist as missing:
            raise CommandError(f"没有批次{options['batch']}") from missing
        except (UndoRefused, UndoRestates) as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"批次{options['batch']}已撤销，涉及案件{undone.cases}件")
        if editions:
            self.stdout.write(f"下列已结账的月份由此重述，公布的数字不变：{named(editions)}")
