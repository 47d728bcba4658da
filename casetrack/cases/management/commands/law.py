"""`manage.py law`: what a person must still hold against the official text."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casetrack.law.statutes import RULES, unverified


class Command(BaseCommand):
    help = "查看期限规则：--unverified 列出尚须对照官方文本核实的规定"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--unverified", action="store_true", help="列出尚未核实的规定和疑点")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["unverified"]:
            raise CommandError("请指明要查看什么：--unverified")
        found = unverified()
        for rule, term in found:
            self.stdout.write(
                f"{rule.id}  {rule.label}  {term.since}起  {term.article}  {term.quote}\n    疑点：{term.note}"
            )
        self.stdout.write(f"共{len(found)}项尚须核实（规则{len(RULES)}条）")
