"""close(): a month of a region becomes an edition, or the next edition with a reason. Nothing is reopened."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.db import connection, transaction
from django.utils.timezone import localdate

from casetrack.accounts.auditing import About, record
from casetrack.accounts.models import Action, User
from casetrack.cases.knowing import Known
from casetrack.cases.marks import Mark, settled
from casetrack.cases.models import Anchor, CaseEvent
from casetrack.cases.offices import left_behind
from casetrack.kinds import KINDS
from casetrack.lib.months import Period, add_months, month_of
from casetrack.organizations.models import Organization
from casetrack.organizations.querysets import within
from casetrack.stats.asking import place_of
from casetrack.stats.closing.contents import days_of_month
from casetrack.stats.closing.definitions import current_definitions
from casetrack.stats.closing.heads import digest_of_heads, heads
from casetrack.stats.closing.locking import ClosingRefused as ClosingRefused
from casetrack.stats.closing.locking import alone
from casetrack.stats.closing.models import Edition, PublishedFigures
from casetrack.stats.closing.publishing import digest_of_edition, rows_of
from casetrack.stats.closing.reporting import unconfirmed
from casetrack.stats.closing.taking import refuse_unequal, take
from casetrack.stats.from_cells import waiting_offices
from casetrack.stats.indicators import SUBJECTS
from casetrack.stats.models import UnsettledRegion
from casetrack.stats.questions import Days, Place
from casetrack.stats.refusals import BalanceBroken

MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Order:
    """Who closes which month of which region, when and why; `without` is why not all offices have confirmed."""

    region: str
    month: date
    actor: User | None
    now: datetime
    reason: str = ""
    without: str = ""


def close(
    *,
    region: str,
    month: date,
    actor: User | None,
    now: datetime,
    reason: str = "",
    without_confirmations: str = "",
    mark: Mark | None = None,
) -> Edition:
    """Publish a month. Whatever is entered meanwhile is either in the edition or in what restates it, never in neither.

    A caller that has more to write in the same transaction does so within `about_to_close`, which gives the `mark`.
    Raises ClosingRefused while something is unsettled, unequal or unconfirmed.
    """
    order = Order(region, month, actor, now, reason.strip(), without_confirmations.strip())
    try:
        if mark is not None:
            return published(order, mark)
        with about_to_close(region, month) as known:
            return published(order, known)
    except BalanceBroken as broken:
        raise ClosingRefused(f"数字不平衡，不能结账：{broken}") from broken


@contextmanager
def about_to_close(region: str, month: date) -> Iterator[Mark]:
    """A transaction in which everything is read as of one moment, and the mark up to which all is in it.

    Nobody else closes the month or sends it back until it has ended: what they did before is seen, and else they are
    told.
    """
    current_definitions()  # there before that moment: when two regions close at once, both see them
    with alone(region, month):
        mark, within_another = settled(), connection.in_atomic_block
        with transaction.atomic():
            if not within_another:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield mark


def published(order: Order, mark: Mark) -> Edition:
    place = place_of(region=order.region, organization=None)
    latest = Edition.objects.of(order.region, order.month).first()
    days = {subject: days_in(order.month, place, subject) for subject in SUBJECTS}
    refuse_early(order, place, latest, days)
    refuse_left_behind(order, place)
    refuse_unsettled(place, max(each.last for each in days.values()))
    missing = list(unconfirmed(order.month, region=order.region))
    refuse_unconfirmed(order, place, [f"{office.name}（{why}）" for office, why in missing])
    entered_since = CaseEvent.objects.filter(pk__gt=mark.event).exists()
    known = Known(mark=mark.event, value=mark.value, all_in=not entered_since)
    before = {kind: days_in(add_months(order.month, -1), place, kind) for kind in KINDS}
    taken = take(place, days, known)
    refuse_unequal(taken, place, before, known)
    edition = edition_of(order, mark, latest, days, missing)
    edition.cases, edition.heads = digest_of_heads(heads(place, known))
    rows = list(rows_of(taken))
    edition.digest = digest_of_edition(edition, rows)
    edition.save(force_insert=True)
    for row in rows:
        row.edition = edition
    PublishedFigures.objects.bulk_create(rows, batch_size=1000)
    details = {"month": f"{order.month:%Y-%m}", "edition": edition.number, "digest": edition.digest}
    record(action=Action.MONTH_CLOSED, actor=order.actor, now=order.now, about=About(order.region), details=details)
    return edition


def edition_of(
    order: Order,
    mark: Mark,
    latest: Edition | None,
    days: Mapping[str, Days],
    missing: Sequence[tuple[Organization, str]],
) -> Edition:
    """The edition but for its figures: what it is of, what it knows, and what it follows."""
    anchor = Anchor.objects.order_by("-day").first()
    return Edition(
        region_id=order.region,
        month=order.month,
        number=latest.number + 1 if latest else 1,
        reason=order.reason if latest else "",
        unconfirmed_reason=order.without if missing else "",
        unconfirmed=[{"organization": office.pk, "name": office.name, "why": why} for office, why in missing],
        published_at=order.now,
        closed_by=order.actor,
        mark=mark.event,
        value_mark=mark.value,
        days={subject: [each.first.isoformat(), each.last.isoformat()] for subject, each in days.items()},
        definitions=current_definitions(),
        previous=latest.digest if latest else "",
        anchored_on=anchor.day if anchor else None,
        anchor=anchor.digest if anchor else "",
    )


def days_in(month: date, place: Place, subject: str) -> Days:
    period: Period = days_of_month(month, place.region, subject)
    return Days(period.start, period.end, period.end)


def refuse_early(order: Order, place: Place, latest: Edition | None, days: Mapping[str, Days]) -> None:
    name = f"{place.name}{order.month:%Y-%m}"
    if order.month != month_of(order.month):
        raise ClosingRefused(f"{order.month}不是月份，应为该月第一天")
    end = max(each.last for each in days.values())
    if localdate(order.now) <= end:
        raise ClosingRefused(f"{name}至{end}结束，尚不能结账")
    if latest and not order.reason:
        raise ClosingRefused(
            f"{name}已于{localdate(latest.published_at)}结账（第{latest.number}版）；结账后的变动以新的一版重述，须说明理由"
        )


def refuse_unsettled(place: Place, until: date) -> None:
    """Months up to the one that is closed: stocks depend on all of them."""
    offices = waiting_offices(place).filter(month__lte=until)
    regions = UnsettledRegion.objects.filter(within("region", place.region), month__lte=until)
    if offices.exists() or regions.exists():
        raise ClosingRefused(
            f"{place.name}尚有变动等待统计，请待其完成（通常不到一分钟，或运行 manage.py work --burst）后再结账"
        )


def refuse_left_behind(order: Order, place: Place) -> None:
    """Cases that were entered while their office moved: here they would be published, and elsewhere counted anew."""
    left = left_behind(now=order.now)
    if left.filter(within("region_code", place.region) | within("organization__region", place.region)).exists():
        raise ClosingRefused(
            f"{place.name}有案件在其机构迁移之时登记，尚未随机构迁移；请待每小时一次的期限巡检后再结账"
        )


def refuse_unconfirmed(order: Order, place: Place, missing: list[str]) -> None:
    if missing and not order.without:
        named = "、".join(islice(missing, MOST_NAMED)) + (f"等{len(missing)}个" if len(missing) > MOST_NAMED else "")
        raise ClosingRefused(
            f"{place.name}{order.month:%Y-%m}尚有机构未确认：{named}；请催报，或说明不待其确认而结账的理由"
        )
