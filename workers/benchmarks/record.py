"""The record that benchmarks share: a province with so many generated cases, grown as they ask for more.

Growth is measured first: cases are added, and never taken away.
"""

from datetime import timedelta

from django.core.management import call_command
from django.utils.timezone import localdate

from casetrack.cases.models import Case
from casetrack.stats import rollup

PROVINCE = "620000000000"
YEARS = 3
FEW, SOME, MANY = 10_000, 100_000, 1_000_000


class BenchmarkRefused(Exception):
    """What was to be compared is not there, or not alike."""


def ensure_cases(number: int) -> int:
    """Have at least so many cases, received in the last three years: how many there are."""
    there = Case.objects.under(PROVINCE).count()
    if there < number:
        today = localdate()
        first = today - timedelta(days=365 * YEARS)
        lacking = {"cases": number - there, "region": PROVINCE, "first": first, "last": today, "seed": there}
        call_command("generate_cases", **lacking)
    return max(there, number)


def ensure_settled() -> None:
    """Have all that is marked counted, for those who read cells."""
    while rollup.settle():
        pass
