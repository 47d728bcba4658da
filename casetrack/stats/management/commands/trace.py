"""`manage.py trace`: the cases behind a figure, current or published; what they add up to is the figure."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casetrack.cases.models import Case
from casetrack.kinds.refusals import Refused
from casetrack.organizations.arguments import region
from casetrack.stats import tracing
from casetrack.stats.closing.models import Edition
from casetrack.stats.closing.published import Asked, entry_of, list_behind
from casetrack.stats.management.commands.statistics import day


class Command(BaseCommand):
    help = "数字背后的案件：--edition 为已公布的一版，否则为现在（或 --known-on 当日所知）的数字"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("figure", metavar="SUBJECT.MEASURE", help="指标，如 mediation.received")
        parser.add_argument("--edition", type=int, metavar="ID", help="已公布的一版的编号")
        parser.add_argument("--region", default="", type=lambda text: region(text) if text else "", metavar="CODE")
        parser.add_argument("--organization", type=int, metavar="ID")
        parser.add_argument("--from", type=day, metavar="DATE", dest="first")
        parser.add_argument("--to", type=day, metavar="DATE", dest="last")
        parser.add_argument("--as-of", type=day, metavar="DATE")
        parser.add_argument("--known-on", type=day, metavar="DATE")
        parser.add_argument("--part", choices=("value", "numerator", "denominator"), default="value")
        parser.add_argument("--where", action="append", default=[], metavar="DIM=VALUE", help="维度的取值，可重复")

    def handle(self, *args: Any, **options: Any) -> None:
        subject, _, measure = options["figure"].partition(".")
        dimensions = dict(text.split("=", 1) for text in options["where"])
        try:
            if options["edition"]:
                self.published(options, Asked(subject, measure, dimensions, options["region"], options["organization"]))
            else:
                self.current(options, subject, measure, dimensions)
        except Refused as refused:
            raise CommandError(str(refused)) from refused

    def published(self, options: dict[str, Any], asked: Asked) -> None:
        edition = Edition.objects.filter(pk=options["edition"]).first()
        if edition is None:
            raise CommandError(f"没有编号为{options['edition']}的一版")
        shares = list(list_behind(edition, asked))
        numbers = dict(Case.objects.filter(pk__in=[each.case for each in shares]).values_list("pk", "number"))
        for each in shares:
            said = each.number if each.base is None else f"{each.number}/{each.base}"
            self.stdout.write(f"{each.case}\t{numbers[each.case]}\t{said}")
        entry = entry_of(edition, asked)
        base = "" if entry["b"] is None else f"/{entry['b']}"
        self.stdout.write(f"公布{entry['n']}{base}，所列合计{sum(each.number for each in shares)}")

    def current(self, options: dict[str, Any], subject: str, measure: str, dimensions: dict[str, str]) -> None:
        if options["first"] is None or options["last"] is None:
            raise CommandError("须填写 --from 和 --to，或以 --edition 指明已公布的一版")
        traced = tracing.understood(
            {
                "subject": subject,
                "measure": measure,
                "region": options["region"],
                "organization": options["organization"],
                "from": options["first"],
                "to": options["last"],
                "as_of": options["as_of"] or options["last"],
                "known_on": options["known_on"],
                "dimensions": dimensions,
            },
            options["part"],
        )
        cases = list(tracing.cases_of(traced).order_by("pk"))
        shares = tracing.shares_of(traced, cases)
        for case in cases:
            self.stdout.write(f"{case.pk}\t{case.number}\t{shares[case.pk]}")
        self.stdout.write(f"数字{tracing.stated(traced)}，所列合计{sum(shares.values())}")
