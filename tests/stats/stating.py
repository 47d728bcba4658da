"""Short ways to report a figure of 2025, and to ask for what was reported."""

from datetime import date, datetime
from decimal import Decimal

from casetrack.organizations.models import Organization, ReportedVersion
from casetrack.organizations.reported.keeping import ReportedDraft, report
from casetrack.stats.answering import statistics
from casetrack.stats.figures import Answer
from tests.stats.world import NOW, QINAN, day

YEAR = ("2025-01-01", "2025-12-31")


def state(
    body: Organization,
    name: str,
    days: tuple[str, str],
    value: str,
    *,
    whole_region: bool = False,
    qualifier: str = "",
    dimensions: dict[str, str] | None = None,
    now: datetime = NOW,
) -> ReportedVersion:
    """state(bureau, "legal_aid.advice_given", ("2025-01-01", "2025-01-31"), "52")"""
    subject, measure = name.split(".")
    draft = ReportedDraft(
        organization=body,
        subject=subject,
        measure=measure,
        first=day(days[0]),
        last=day(days[1]),
        value=Decimal(value),
        source="公共法律服务中心登记簿",
        dimensions=dimensions or {},
        whole_region=whole_region,
        qualifier=qualifier,
    )
    return report(draft=draft, actor=None, now=now)


def month(number: int) -> tuple[str, str]:
    return f"2025-{number:02}-01", f"2025-{number:02}-{28 if number == 2 else 30 if number in (4, 6, 9, 11) else 31}"


def asked(days: tuple[str, str] = YEAR, *, region: str = QINAN, by: str = "", as_of: date | None = None) -> Answer:
    return statistics(region=region, first=day(days[0]), last=day(days[1]), as_of=as_of, by=[[by]] if by else [])
