"""Who has reported a month and who has not, for those who look: a row an organization, with its light."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from casetrack.kinds import KINDS
from casetrack.organizations.models import Organization
from casetrack.organizations.scope import Scope
from casetrack.stats.closing.contents import OPEN, WHOLE, Contents, Numbers, contents
from casetrack.stats.closing.models import MonthReport
from casetrack.stats.closing.reporting import NOTHING, Act, due_on, last_reports


@dataclass(frozen=True, slots=True)
class MonthOfOffice:
    """How the month of an organization stands. Counts leave out what the reader may not know."""

    organization: Organization
    month: date
    state: str
    light: str
    due_on: date
    counts: Numbers
    confirmed: Numbers | None = None
    zero: bool = False
    changed: bool = False
    at: datetime | None = None
    by: str | None = None
    reason: str = ""
    reminders: int = 0


def months_of(offices: Sequence[Organization], month: date, *, scope: Scope, today: date) -> list[MonthOfOffice]:
    """The rows of a page, in a fixed number of queries."""
    keys = [office.pk for office in offices]
    reports, now = last_reports(keys, month), contents(offices, month)
    asked = MonthReport.objects.filter(organization__in=keys, month=month, act=Act.REMINDED)
    reminders = Counter(asked.values_list("organization", flat=True))
    return [
        row_of(office, month, reports.get(office.pk), now[office.pk], scope, today, reminders[office.pk])
        for office in offices
    ]


def row_of(
    office: Organization,
    month: date,
    report: MonthReport | None,
    now: Contents,
    scope: Scope,
    today: date,
    reminders: int,
) -> MonthOfOffice:
    variant = variant_for(scope, office)
    confirmed = report if report and report.act == Act.CONFIRMED else None
    changed = confirmed is not None and confirmed.digests.get(variant) != now.digests.get(variant)
    due = due_on(month, office.region_id)
    return MonthOfOffice(
        organization=office,
        month=month,
        state=report.act if report else NOTHING,
        light=light_of(report, changed=changed, today=today, due=due),
        due_on=due,
        counts=seen(now.counts[variant], scope, office),
        confirmed=seen(confirmed.counts[variant], scope, office) if confirmed else None,
        zero=confirmed.zero if confirmed else False,
        changed=changed,
        at=report.at if report else None,
        by=str(report.actor) if report and report.actor else None,
        reason=report.reason if report else "",
        reminders=reminders,
    )


def light_of(report: MonthReport | None, *, changed: bool, today: date, due: date) -> str:
    """Green: confirmed, or not yet to be; yellow: to be confirmed, or moved since; red: sent back, or late."""
    if report is None:
        return "red" if today > due else "yellow"
    if report.act == Act.RETURNED:
        return "red"
    return "yellow" if changed else "green"


def variant_for(scope: Scope, office: Organization) -> str:
    """Whether a reader sees all cases of the organization, accusations too."""
    kinds = [kind.code for kind in KINDS.values() if kind.restricted_when]
    cleared = all(
        scope.allows(region_code=office.region_id, organization_id=office.pk, kind=kind, restricted=True)
        for kind in kinds
    )
    return WHOLE if cleared else OPEN


def seen(counts: Numbers, scope: Scope, office: Organization) -> Numbers:
    """Of the kinds that the reader sees there."""
    return {
        kind: numbers
        for kind, numbers in counts.items()
        if scope.allows(region_code=office.region_id, organization_id=office.pk, kind=kind)
    }
