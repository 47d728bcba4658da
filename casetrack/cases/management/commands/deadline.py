"""`manage.py deadline`: one due date, with every counted day's reason and the article."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casetrack.law.arithmetic import Due, DueDateRefused
from casetrack.law.calendar import DayNotInCalendar, calendar_for
from casetrack.law.receipts import explain
from casetrack.law.statutes import DUTIES, RULES, duty, rule
from casetrack.law.terms import NoTermInForce, Rule
from casetrack.organizations.divisions import InvalidCode, complete


class Command(BaseCommand):
    help = "按一条期限规则（或一项职责在当日有效的规则）计算届满日，并逐日说明理由"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rule", required=True, help="规则编号，如 XF-END-22；或职责名，如 petition.conclude")
        parser.add_argument("--on", required=True, help="起算日，如 2024-03-01")
        parser.add_argument("--region", default="", help="区划代码：决定地方规则和当地休息日")
        parser.add_argument("--extended-by", type=int, default=0, help="延长的天数")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            start = date.fromisoformat(options["on"])
        except ValueError:
            raise CommandError(f"“{options['on']}”不是日期，应如2024-03-01") from None
        try:
            region = complete(options["region"]) if options["region"] else ""
            due = explain(
                chosen(options["rule"], start, region),
                start,
                calendar=calendar_for(region),
                extended_by=options["extended_by"],
            )
        except (NoTermInForce, DueDateRefused, DayNotInCalendar, InvalidCode) as refused:
            raise CommandError(str(refused.args[0])) from refused
        self.stdout.write(
            json.dumps(due.as_json(), ensure_ascii=False, indent=1) if options["format"] == "json" else said(due)
        )


def chosen(name: str, day: date, region: str) -> Rule:
    """The rule of that id, or the one that governs the duty of that name on the day."""
    if name in RULES:
        return rule(name)
    if name in DUTIES:
        return duty(name).rule_on(day, region)
    raise CommandError(f"没有编号或名称为“{name}”的规则；全部规则见 docs/law.md，如 {'、'.join(list(RULES)[:3])}")


def said(due: Due) -> str:
    last = f"届满日：{due.act_by}"
    if due.rolled_on and due.rolled_on != due.act_by:
        last += f"（如按顺延：{due.rolled_on}）"
    return "\n".join([f"规则：{due.rule_id}", *(line.text for line in due.receipt), last])
