"""Undo an import: its events are retracted by further events, and the same file may be sent again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from casetrack.cases.ledgers.undoing import UndoRefused, undo_import
from casetrack.cases.models import ImportBatch


class Command(BaseCommand):
    help = "撤销一次台账导入（以更正事件撤销，不删除记录）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("batch", type=int, help="批次号，导入时显示")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            cases = undo_import(batch_id=options["batch"], actor=None, now=now())
        except ImportBatch.DoesNotExist as missing:
            raise CommandError(f"没有批次{options['batch']}") from missing
        except UndoRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"批次{options['batch']}已撤销，涉及案件{cases}件")
