"""Behind a published figure: the cases that it counted, as they were known when it was published."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from casetrack.cases.knowing import Known
from casetrack.cases.models import Case, Milestone
from casetrack.kinds import KINDS
from casetrack.organizations.divisions import is_under
from casetrack.organizations.models import ReportedVersion
from casetrack.organizations.scope import EVERYTHING, Clearance, Scope
from casetrack.stats.asking import place_of
from casetrack.stats.closing.gathering import cases_known, published_breakdowns, shares
from casetrack.stats.closing.models import Edition
from casetrack.stats.closing.publishing import Entry, for_reader
from casetrack.stats.dimensions import name_of
from casetrack.stats.indicators import SUBJECTS
from casetrack.stats.questions import Days, Place, clearance_of
from casetrack.stats.refusals import StatisticsRefused
from casetrack.stats.tracing import refuse_values_unknown


@dataclass(frozen=True, slots=True)
class Asked:
    """One figure of an edition: of its region, or of a place or office that the edition holds."""

    subject: str
    measure: str
    dimensions: Mapping[str, str]
    region: str = ""
    organization: int | None = None

    @property
    def by(self) -> tuple[str, ...]:
        return tuple(self.dimensions)


@dataclass(frozen=True, slots=True)
class Share:
    """A case, by its key, and what it added: to a rate, to both of its parts."""

    case: int
    number: int
    base: int | None


def days_of(edition: Edition, subject: str) -> Days:
    first, last = map(date.fromisoformat, edition.days[subject])
    return Days(first, last, last)


def known_by(edition: Edition) -> Known:
    """What the record knew when an edition was made; of values that bodies reported, at worst by when it was made."""
    value = edition.value_mark
    if value is None:
        entered = ReportedVersion.objects.filter(entered_at__lte=edition.published_at)
        value = entered.aggregate(last=Max("pk"))["last"] or 0
    return Known(mark=edition.mark, value=value)


def is_cleared(edition: Edition, subject: str, scope: Scope) -> bool:
    place = Place(edition.region_id)
    return subject not in KINDS or clearance_of(scope, place, subject) is Clearance.WHOLE


def is_open(edition: Edition) -> bool:
    """Whether it holds the same for every reader: no case in it is kept from any."""
    return not any("o" in entry for row in edition.rows.all() for entry in row.figures)


def entry_of(edition: Edition, asked: Asked, *, cleared: bool = True) -> Entry:
    """What was published; a figure that is not listed was nothing."""
    refuse_unknown(edition, asked)
    row = edition.rows.filter(
        region_code=asked.region or edition.region_id,
        organization=asked.organization,
        subject=asked.subject,
        breakdown=name_of(asked.by),
    ).first()
    wanted = (asked.measure, list(asked.dimensions.values()))
    found = next((each for each in (row.figures if row else []) if (each["m"], each["d"]) == wanted), None)
    if found is None:  # what was published stands, whatever values there are today
        refuse_values_unknown(asked.subject, asked.dimensions)
    if found is None and SUBJECTS[asked.subject].measures[asked.measure].is_reported:
        return {"v": None, "n": 0, "b": None, "x": ""}
    return for_reader(found, cleared=cleared) if found else {"v": "0", "n": 0, "b": None, "x": ""}


def is_stated(entry: Entry) -> bool:
    """Whether bodies stated what was published: it has no list, also where it is counted from cases elsewhere."""
    return not entry["x"] and entry["v"] not in (None, "0")


def refuse_unknown(edition: Edition, asked: Asked) -> None:
    if asked.subject not in edition.days or asked.measure not in SUBJECTS[asked.subject].measures:
        raise StatisticsRefused(f"该版没有“{asked.subject}.{asked.measure}”这一指标，可用的指标见 /indicators/")
    refuse_elsewhere(edition, asked)
    if asked.subject in KINDS and asked.by not in published_breakdowns(asked.subject):
        kept = "；".join(name_of(by) for by in published_breakdowns(asked.subject)[1:])
        raise StatisticsRefused(f"该版的“{asked.subject}”不按“{name_of(asked.by)}”分组，可用的分组有：{kept}")


def refuse_elsewhere(edition: Edition, asked: Asked) -> None:
    """A place that the edition does not hold, or holds elsewhere: it would seem to have had nothing."""
    region = asked.region or edition.region_id
    if not is_under(region, edition.region_id):
        raise StatisticsRefused(f"该版是{edition.region_id}的，不含区划代码为“{region}”的地区")
    if asked.region:
        place_of(region=region, organization=None)
    if asked.organization is None:
        return
    place_of(region="", organization=asked.organization)
    rows = edition.rows.filter(organization=asked.organization).order_by("region_code")
    held = list(rows.values_list("region_code", flat=True).distinct())
    if held and region not in held:
        raise StatisticsRefused(f"该版中这一机构列在区划代码为{'、'.join(held)}的地区，请同时填写该区划（region）")


def refuse_unlisted(asked: Asked, published: Entry) -> None:
    """What no case was counted for."""
    if (
        asked.subject not in KINDS
        or SUBJECTS[asked.subject].measures[asked.measure].is_reported
        or is_stated(published)
    ):
        raise StatisticsRefused("该指标取自名册或由单位报送，没有对应的案件")


def list_behind(edition: Edition, asked: Asked, scope: Scope = EVERYTHING) -> Iterator[Share]:
    """Every case of the figure, in the order of keys: what they add up to is the figure, and their lines its digest."""
    refuse_unlisted(asked, entry_of(edition, asked))
    cleared = is_cleared(edition, asked.subject, scope)
    place = place_of(region=edition.region_id, organization=None)
    days, known = days_of(edition, asked.subject), known_by(edition)
    wanted = (asked.subject, asked.by, tuple(asked.dimensions.values()), asked.measure)
    indicators = [SUBJECTS[asked.subject].measures[asked.measure]]
    for case, rows in cases_known(asked.subject, place, days, known, indicators):
        if not counts_there(rows[0], edition, asked) or (rows[0].restricted and not cleared):
            continue
        for name, number, base in shares(asked.subject, rows, days, [asked.by], indicators):
            if name == wanted:
                yield Share(case, number, base)


def counts_there(row: Milestone, edition: Edition, asked: Asked) -> bool:
    """Where an edition counts a case: for its office in the region where that lay."""
    region = asked.region or edition.region_id
    if asked.organization is not None:
        return (row.region_code, row.organization_id) == (region, asked.organization)
    return is_under(row.region_code, region)


def visible_numbers(cases: list[int], scope: Scope) -> dict[int, str]:
    """The numbers of those cases that a reader may see today."""
    return dict(Case.objects.in_scope(scope).filter(pk__in=cases).values_list("pk", "number"))
