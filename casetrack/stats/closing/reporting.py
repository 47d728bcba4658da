"""The discipline of reporting: an office confirms its month, the bureau asks for it or sends it back. All is kept."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import localdate

from casetrack.accounts.auditing import record
from casetrack.accounts.models import Action, User
from casetrack.cases.models import Milestone
from casetrack.kinds import KINDS
from casetrack.kinds.refusals import Refused
from casetrack.lib.months import month_of
from casetrack.organizations.divisions import ancestors_of
from casetrack.organizations.keeping_organizations import about
from casetrack.organizations.models import Organization
from casetrack.organizations.moving import lay_under, region_on
from casetrack.stats.closing.contents import contents, days_of_month
from casetrack.stats.closing.locking import keep_from_closing
from casetrack.stats.closing.models import Edition, MonthReport

CHUNK = 500
NOTHING = "none"
Act = MonthReport.Act
REPORTING = frozenset(kind.office for kind in KINDS.values())
"""The kinds of organization that report whether they have cases or not; others do once they have any."""


class ReportRefused(Refused):
    """The month can't be confirmed, sent back or asked for as it stands."""

    code = "month_report_refused"


def who_report(month: date, *, region: str) -> QuerySet[Organization]:
    """The organizations of a region that owe a report of a month, if they were there at its end."""
    end = days_of_month(month, region).end
    has_cases = Exists(Milestone.objects.filter(organization=OuterRef("pk"), happened_on__lte=end))
    return Organization.objects.filter(lay_under(region, end)).active_on(end).filter(Q(kind__in=REPORTING) | has_cases)


def standing_at(offices: QuerySet[Organization], month: date, acts: Sequence[str]) -> QuerySet[Organization]:
    """Those whose month stands so; `none` stands for those of whom nothing was heard."""
    counting = MonthReport.objects.filter(organization=OuterRef("pk"), month=month).exclude(act=Act.REMINDED)
    offices = offices.alias(act=Subquery(counting.order_by("-id").values("act")[:1]))
    return offices.filter(Q(act__in=acts) | (Q(act=None) if NOTHING in acts else Q(pk__in=[])))


def last_reports(offices: Iterable[int], month: date) -> dict[int, MonthReport]:
    """The act that counts, of each organization that has one."""
    acts = MonthReport.objects.filter(organization__in=offices, month=month).exclude(act=Act.REMINDED)
    last = acts.order_by("organization", "-id").distinct("organization").select_related("actor")
    return {report.organization_id: report for report in last}


def last_report(office: Organization, month: date) -> MonthReport | None:
    return last_reports([office.pk], month).get(office.pk)


@transaction.atomic
def confirm(*, organization_id: int, month: date, zero: bool, actor: User | None, now: datetime) -> MonthReport:
    """The office stands by the figures of its month; `zero` says that nothing came in and nothing was closed."""
    office = held(organization_id)
    refuse_unfit(office, month, today=localdate(now))
    found = contents([office], month)[office.pk]
    if zero and not found.is_zero:
        raise ReportRefused(f"“{office.name}”{month:%Y-%m}有收到或办结的案件，不能作零报告；请核对后按实际数确认")
    if not zero and found.is_zero:
        raise ReportRefused(f"“{office.name}”{month:%Y-%m}没有收到和办结的案件，请明确作零报告（zero）")
    last = last_report(office, month)
    if last and last.act == Act.CONFIRMED and last.digests == found.digests:
        raise ReportRefused(f"“{office.name}”{month:%Y-%m}已于{localdate(last.at)}确认，此后没有变动，无须再次确认")
    return added(
        MonthReport(act=Act.CONFIRMED, zero=zero, counts=found.counts, digests=found.digests), office, month, actor, now
    )


@transaction.atomic
def send_back(*, organization_id: int, month: date, reason: str, actor: User | None, now: datetime) -> MonthReport:
    """The bureau doubts a confirmed month, says why, and awaits it anew."""
    office = held(organization_id)
    if not reason.strip():
        raise ReportRefused("退回须说明理由，如哪一项数字有疑问")
    last = last_report(office, month)
    if last is None or last.act != Act.CONFIRMED:
        raise ReportRefused(f"“{office.name}”{month:%Y-%m}尚未确认，无可退回；可以催报")
    places = places_of(office, month)
    if not keep_from_closing(places, month):
        raise ReportRefused(f"“{office.name}”所在地区{month:%Y-%m}正在结账，暂不退回；请待其结束后核对")
    if Edition.objects.filter(region__in=places, month=month).exists():
        raise ReportRefused(f"“{office.name}”所在地区{month:%Y-%m}已经结账，不再退回；如有更改，请结出新的一版")
    return added(MonthReport(act=Act.RETURNED, reason=reason.strip()), office, month, actor, now)


@transaction.atomic
def remind(*, organization_id: int, month: date, reason: str = "", actor: User | None, now: datetime) -> MonthReport:
    """The bureau asks for a month that is not confirmed."""
    office = held(organization_id)
    refuse_unfit(office, month, today=localdate(now))
    last = last_report(office, month)
    if last and last.act == Act.CONFIRMED:
        raise ReportRefused(f"“{office.name}”{month:%Y-%m}已于{localdate(last.at)}确认，不必催报")
    return added(MonthReport(act=Act.REMINDED, reason=reason.strip()), office, month, actor, now)


def held(organization_id: int) -> Organization:
    """The office, so that of two who act at once the second sees what the first did."""
    return Organization.objects.select_for_update(no_key=True).get(pk=organization_id)


def refuse_unfit(office: Organization, month: date, *, today: date) -> None:
    if month != month_of(month):
        raise ReportRefused(f"{month}不是月份，应为该月第一天")
    end = days_of_month(month, office.region_id).end
    if today <= end:
        raise ReportRefused(f"{month:%Y-%m}至{end}结束，尚不能确认或催报")
    if (office.active_from and office.active_from > end) or (office.active_to and office.active_to <= end):
        raise ReportRefused(f"“{office.name}”在{end}不存续，没有{month:%Y-%m}的月报")


def places_of(office: Organization, month: date) -> list[str]:
    """Where closings hold the month of an office: the region it lay in at its end, and those above."""
    region = region_on(office, days_of_month(month, office.region_id).end)
    return [region, *ancestors_of(region)]


def added(report: MonthReport, office: Organization, month: date, actor: User | None, now: datetime) -> MonthReport:
    report.organization, report.month, report.actor, report.at = office, month, actor, now
    report.save(force_insert=True)
    details = {"month": f"{month:%Y-%m}", "act": report.act, **({"zero": True} if report.zero else {})}
    record(action=Action.MONTH_REPORT, actor=actor, now=now, about=about(office), details=details)
    return report


def due_on(month: date, region: str) -> date:
    """The day by which a month is to be confirmed."""
    return days_of_month(month, region).end + timedelta(days=settings.CONFIRM_WITHIN_DAYS)


def unconfirmed(month: date, *, region: str) -> Iterator[tuple[Organization, str]]:
    """The organizations whose month is not confirmed as it now stands, and why."""
    offices = who_report(month, region=region).order_by("region", "name", "pk").iterator(chunk_size=CHUNK)
    while chunk := list(islice(offices, CHUNK)):
        reports = last_reports([office.pk for office in chunk], month)
        confirmed = [office for office in chunk if office.pk in reports and reports[office.pk].act == Act.CONFIRMED]
        now = contents(confirmed, month)
        for office in chunk:
            if office.pk not in reports:
                yield office, "尚未确认"
            elif office.pk not in now:
                yield office, "已退回，尚未重新确认"
            elif reports[office.pk].digests != now[office.pk].digests:
                yield office, "确认后又有变动"
