"""Reporting a figure, and saying it anew: each time a version, with its line in the log."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from casetrack.accounts.auditing import About, record
from casetrack.accounts.models import Action, User
from casetrack.accounts.versions import RowChanged
from casetrack.organizations.divisions import code_range
from casetrack.organizations.keeping import AlreadyRegistered, RegisterRefused
from casetrack.organizations.models import Organization, ReportedFigure, ReportedVersion
from casetrack.organizations.registers import lock
from casetrack.organizations.reported.catalog import reportable
from casetrack.organizations.reported.checking import check_figure, check_value

SAID = ("value", "qualifier", "source", "evidence", "evidence_digest")


@dataclass(frozen=True, slots=True)
class ReportedDraft:
    """A figure to report: whose, of what, for which days, how much and on whose word."""

    organization: Organization
    subject: str
    measure: str
    first: date
    last: date
    value: Decimal
    source: str
    dimensions: Mapping[str, str] = field(default_factory=dict)
    whole_region: bool = False
    qualifier: str = ""
    evidence: str = ""
    evidence_digest: str = ""


def about(figure: ReportedFigure) -> About:
    return About(region_code=figure.region_code, organization_id=figure.organization_id)


@transaction.atomic
def report(*, draft: ReportedDraft, actor: User | None, now: datetime) -> ReportedVersion:
    """Enter a figure for a period that has none yet."""
    check_figure(draft, today=localdate(now))
    check_value(draft.subject, draft.measure, draft.value)
    lock(draft.organization.region)
    refuse_twice(draft)
    figure = ReportedFigure.objects.create(
        organization=draft.organization,
        region_code=draft.organization.region_id,
        beyond=code_range(draft.organization.region_id)[1] if draft.whole_region else "",
        whole_region=draft.whole_region,
        subject=draft.subject,
        measure=draft.measure,
        dimensions=dict(draft.dimensions),
        first=draft.first,
        last=draft.last,
    )
    said = {name: getattr(draft, name) for name in SAID}
    return entered(figure, 1, said, reason="", actor=actor, now=now)


@transaction.atomic
def correct(
    *,
    figure_id: int,
    changes: Mapping[str, Any],
    reason: str,
    actor: User | None,
    now: datetime,
    version: int | None = None,
) -> ReportedVersion:
    """Say a figure anew, or withdraw it (a `value` of None): a further version; what was said before stays."""
    figure = ReportedFigure.objects.select_related("organization__region").get(pk=figure_id)
    lock(figure.organization.region)
    latest = figure.versions.select_related("figure").latest("number")
    if version is not None and latest.number != version:
        raise RowChanged("这一报送数字已被他人更正，请重新读取后再更正")
    said = {**{name: getattr(latest, name) for name in SAID}, **changes}
    if said == {name: getattr(latest, name) for name in SAID}:
        return latest
    if not reason.strip():
        raise RegisterRefused({"reason": "更正报送数字须写明原因"})
    if said["value"] is not None:
        check_value(figure.subject, figure.measure, said["value"])
    if latest.value is None and said["value"] is not None:
        refuse_overlap(figure, other_than=figure.pk)
    return entered(figure, latest.number + 1, said, reason=reason.strip(), actor=actor, now=now)


def entered(
    figure: ReportedFigure, number: int, said: Mapping[str, Any], *, reason: str, actor: User | None, now: datetime
) -> ReportedVersion:
    version = ReportedVersion.objects.create(
        figure=figure, number=number, **said, reason=reason, entered_by=actor, entered_at=now
    )
    action = Action.CREATE if number == 1 else Action.CHANGE
    details = {"reportedfigure": figure.pk, "version": number, "measure": f"{figure.subject}.{figure.measure}"}
    record(action=action, actor=actor, now=now, about=about(figure), details=details)
    return version


def refuse_twice(draft: ReportedDraft) -> None:
    """Call with the region locked. The same figure is corrected, not entered again."""
    figure = ReportedFigure(
        organization=draft.organization,
        region_code=draft.organization.region_id,
        whole_region=draft.whole_region,
        subject=draft.subject,
        measure=draft.measure,
        dimensions=dict(draft.dimensions),
        first=draft.first,
        last=draft.last,
    )
    known = same(figure).filter(organization=draft.organization, first=draft.first, last=draft.last).first()
    if known:
        raise AlreadyRegistered(
            f"“{draft.organization.name}”{draft.first}至{draft.last}的“{label(figure)}”已报送（编号{known.pk}），请更正已有的记录"
        )
    refuse_overlap(figure)


def same(figure: ReportedFigure) -> Any:
    """Figures of the same number: a region's from whichever of its bodies, otherwise the body's own."""
    alike = ReportedFigure.objects.filter(
        subject=figure.subject,
        measure=figure.measure,
        dimensions=figure.dimensions,
        whole_region=figure.whole_region,
    )
    if figure.whole_region:
        return alike.filter(region_code=figure.region_code)
    return alike.filter(organization=figure.organization_id)


def refuse_overlap(figure: ReportedFigure, other_than: int = 0) -> None:
    """Counts of periods that overlap would be added up twice; shares are never added up, and may be stated for both."""
    found = reportable(figure.subject, figure.measure)
    alike = same(figure).overlapping(figure.first, figure.last).exclude(pk=other_than)
    if found and found.is_share:
        alike = alike.filter(first=figure.first, last=figure.last)
    standing = ReportedVersion.objects.standing().filter(figure__in=alike).select_related("figure__organization")
    other = standing.order_by("figure__first").first()
    if other:
        raise RegisterRefused(
            {
                "first": f"“{label(figure)}”与“{other.figure.organization.name}”已报送的"
                f"{other.figure.first}至{other.figure.last}（编号{other.figure_id}）有重叠的日期，会重复计算；"
                "请改填未报送的期间，或先撤回原报数"
            }
        )


def label(figure: ReportedFigure) -> str:
    found = reportable(figure.subject, figure.measure)
    return found.label if found else f"{figure.subject}.{figure.measure}"
