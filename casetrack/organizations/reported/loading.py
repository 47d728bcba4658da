"""A register of reported figures, row by row: what is new is entered, what differs is corrected with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from casetrack.accounts.models import User
from casetrack.kinds.refusals import Refused
from casetrack.organizations.choices import OrganizationKind
from casetrack.organizations.divisions import Level
from casetrack.organizations.models import Organization, Region, ReportedFigure, ReportedVersion
from casetrack.organizations.outcomes import Outcome, RowResult
from casetrack.organizations.registers import key_of, lock
from casetrack.organizations.reported.keeping import SAID, ReportedDraft, correct, report

WITHOUT_BUREAU = (Level.TOWNSHIP, Level.VILLAGE)
BUREAU = "{region}司法局"


@dataclass(frozen=True, slots=True)
class ReportedRow:
    """A figure as a register has it; without a `body` it is the bureau's."""

    subject: str
    measure: str
    first: date
    last: date
    value: Decimal
    source: str
    dimensions: Mapping[str, str] = field(default_factory=dict)
    qualifier: str = ""
    evidence: str = ""
    body: str = ""
    whole_region: bool = True
    reason: str = ""


@transaction.atomic
def load_reported(
    *, region: Region, rows: Sequence[ReportedRow], actor: User | None, now: datetime
) -> list[RowResult[ReportedFigure]]:
    """The figures of a region's bodies, a verdict for each row."""
    lock(region)
    bodies = {key_of(each.name): each for each in region_bodies(region)}
    return [taken(row, region, bodies, actor, now) for row in rows]


def region_bodies(region: Region) -> Sequence[Organization]:
    return list(Organization.objects.under(region.code).select_related("region").order_by("-pk"))


def taken(
    row: ReportedRow, region: Region, bodies: dict[str, Organization], actor: User | None, now: datetime
) -> RowResult[ReportedFigure]:
    body = body_of(row, region, bodies)
    if body is None:
        return RowResult(Outcome.REJECTED, f"名册中没有“{row.body}”，请先登记该单位，或改正名称")
    try:
        return entered(row, body, actor, now)
    except Refused as refused:
        return RowResult(Outcome.REJECTED, str(refused))


def body_of(row: ReportedRow, region: Region, bodies: dict[str, Organization]) -> Organization | None:
    """Who reports: the body that the row names, else the region's bureau, made where no register named one."""
    if row.body and (found := bodies.get(key_of(row.body))):
        return found
    own = [each for each in bodies.values() if each.kind == OrganizationKind.JUSTICE_BUREAU]
    bureau = next((each for each in own if each.region_id == region.code), None)
    named = BUREAU.format(region=region.name)
    if (row.body and key_of(row.body) != key_of(named)) or region.level in WITHOUT_BUREAU:
        return None
    if bureau is None:
        bureau = Organization.objects.create(
            region=region, county=region, kind=OrganizationKind.JUSTICE_BUREAU, name=named
        )
        bodies[key_of(named)] = bureau
    return bureau


def entered(row: ReportedRow, body: Organization, actor: User | None, now: datetime) -> RowResult[ReportedFigure]:
    known = ReportedFigure.objects.filter(
        organization=body,
        subject=row.subject,
        measure=row.measure,
        dimensions=dict(row.dimensions),
        whole_region=row.whole_region,
        first=row.first,
        last=row.last,
    ).first()
    if known:
        return corrected(row, known, actor, now)
    draft = ReportedDraft(
        organization=body,
        subject=row.subject,
        measure=row.measure,
        dimensions=row.dimensions,
        first=row.first,
        last=row.last,
        value=row.value,
        qualifier=row.qualifier,
        source=row.source,
        evidence=row.evidence,
        whole_region=row.whole_region,
    )
    return RowResult(Outcome.CREATED, record=report(draft=draft, actor=actor, now=now).figure)


def corrected(row: ReportedRow, known: ReportedFigure, actor: User | None, now: datetime) -> RowResult[ReportedFigure]:
    """A value that differs is a correction; one without a reason may as well be a slip, and is asked about."""
    latest = ReportedVersion.objects.filter(figure=known).latest("number")
    said = {name: getattr(row, name) for name in SAID if getattr(row, name, "")} | {"qualifier": row.qualifier}
    if all(getattr(latest, name) == value for name, value in {**said, "value": row.value}.items()):
        return RowResult(Outcome.UNCHANGED, record=known)
    if not row.reason.strip():
        before = "已撤回" if latest.value is None else f"已报送{latest.value.normalize():f}（{latest.source}）"
        return RowResult(Outcome.REJECTED, f"该期间{before}，与本行不同；确需更正的，请填写“更正原因”一列")
    correct(figure_id=known.pk, changes={**said, "value": row.value}, reason=row.reason, actor=actor, now=now)
    return RowResult(Outcome.CHANGED, record=known)
