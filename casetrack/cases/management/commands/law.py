"""`manage.py law`: what is unverified, and what a change of the law or a calendar does to the dates of cases."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from casetrack.accounts.models import User
from casetrack.cases.recounting.applying import apply
from casetrack.cases.recounting.impact import impact
from casetrack.cases.recounting.printing import as_json, as_text
from casetrack.kinds.refusals import Refused
from casetrack.law.statutes import RULES, unverified
from casetrack.organizations.arguments import region
from casetrack.organizations.divisions import NATION


class Command(BaseCommand):
    help = "期限规则：列出尚须核实的规定；规定或者放假安排变更后，查看（--impact）并执行（--apply）期限的重新计算"

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--unverified", action="store_true", help="列出尚未核实的规定和疑点")
        what.add_argument("--impact", action="store_true", help="列出期限与现行规定、工作日历不一致的案件，不作修改")
        what.add_argument("--apply", action="store_true", help="按现行规定和工作日历重新计算，每件案件留一条事件")
        parser.add_argument("--region", default=NATION, type=region, metavar="CODE", help="只看某地区（含下级）")
        parser.add_argument(
            "--thorough", action="store_true", help="逐案重算：规定的空白补上之后，才起算的期限也能找到"
        )
        parser.add_argument("--reason", default="", help="重新计算的理由，如所依据的修订或者通知")
        parser.add_argument("--workers", type=int, default=2, metavar="N", help="--apply 同时使用几个数据库连接")
        parser.add_argument("--user", default="", help="以哪个用户的名义执行")
        parser.add_argument("--format", choices=("text", "json"), default="text", help="--impact 的输出格式")
        parser.add_argument("--limit", type=int, default=100, metavar="N", help="--impact 逐行列出多少个期限")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["unverified"]:
            self.say_unverified()
        elif options["impact"]:
            found = impact(region=options["region"], thorough=options["thorough"])
            lines = as_json(found) if options["format"] == "json" else as_text(found, limit=options["limit"])
            for line in lines:
                self.stdout.write(line)
        else:
            self.apply(options)

    def say_unverified(self) -> None:
        found = unverified()
        for rule, term in found:
            self.stdout.write(
                f"{rule.id}  {rule.label}  {term.since}起  {term.article}  {term.quote}\n    疑点：{term.note}"
            )
        self.stdout.write(f"共{len(found)}项尚须核实（规则{len(RULES)}条）")

    def apply(self, options: dict[str, Any]) -> None:
        try:
            applied = apply(
                reason=options["reason"],
                actor=user(options["user"]),
                now=now(),
                region=options["region"],
                thorough=options["thorough"],
                workers=options["workers"],
            )
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"已重新计算：案件{applied.cases}件各记一条事件，更新期限{applied.clocks}个")
        for stuck in applied.stuck:
            self.stderr.write(f"{stuck.number}  不能重新计算：{stuck.why}")
        if applied.stuck:
            raise CommandError(f"{len(applied.stuck)}件案件按现行规定不能成立，保持原样，须由人核对")


def user(name: str) -> User | None:
    if not name:
        return None
    try:
        return User.objects.get(username=name)
    except User.DoesNotExist:
        raise CommandError(f"没有用户“{name}”") from None
