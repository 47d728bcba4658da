"""From what a person asks to questions that can be counted; what can't be meant is refused in words."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from functools import partial

from django.db.models import Exists

from casetrack.cases.knowing import Known
from casetrack.lib.months import EARLIEST
from casetrack.organizations.divisions import InvalidCode, is_under
from casetrack.organizations.models import Organization, Region
from casetrack.stats.federation.models import Node
from casetrack.stats.indicators import SUBJECTS, TRAINING, Subject
from casetrack.stats.questions import Days, Organized, Place
from casetrack.stats.refusals import StatisticsRefused
from casetrack.stats.snapshot import once

LATEST = date(2200, 12, 31)


def place_of(
    *, region: str, organization: int | None, organized: Organized = Organized.THEN, with_nodes: bool = False
) -> Place:
    """The place that is meant. One whose cases lie on nodes is refused, but to who can count `with_nodes`."""
    if organization is not None:
        return place_of_organization(organization, region)
    code, name, elsewhere = once(("region", region), partial(region_of, region))
    if elsewhere and not with_nodes:
        raise StatisticsRefused(
            f"{name}的案件全部或部分在下级节点的数据库中，这里无法完整列出。统计数字请查询整月的统计，案件和结账请到节点办理"
        )
    return Place(code, name, now=organized is Organized.NOW, on_nodes=elsewhere)


def region_of(code: str) -> tuple[str, str, bool]:
    """Its code and name, and whether any of its cases lie on nodes."""
    found: tuple[str, str, bool] | None = None
    with suppress(InvalidCode):  # what is no code is no region's
        on_nodes = Exists(Node.objects.touching(code))
        found = Region.objects.filter(pk=code).values_list("code", "name", on_nodes).first()
    if found is None:
        raise StatisticsRefused(f"没有区划代码为“{code}”的地区，请核对代码，或先导入该地区的名册")
    return found


def place_of_organization(organization: int, region: str) -> Place:
    found = Organization.objects.filter(pk=organization).select_related("region").first()
    if found is None:
        raise StatisticsRefused(f"没有编号为{organization}的机构")
    if region and not is_under(found.region_id, region):
        raise StatisticsRefused(f"“{found.name}”不在区划代码为“{region}”的地区内")
    return Place(found.region_id, found.region.name, found.pk, found.name)


def days_of(*, first: date, last: date, as_of: date | None) -> Days:
    for day in filter(None, (first, last, as_of)):
        if not EARLIEST <= day <= LATEST:
            raise StatisticsRefused(f"日期{day}不在{EARLIEST}至{LATEST}之间，请核对年份")
    if last < first:
        raise StatisticsRefused(f"统计期的结束日{last}早于开始日{first}")
    if as_of is not None and as_of < first:
        raise StatisticsRefused(f"截止日{as_of}早于统计期的开始日{first}，没有可统计的日期")
    return Days(first, last, as_of or last)


def subjects_of(codes: Sequence[str], place: Place) -> list[Subject]:
    """The subjects asked for, or all; trainings belong to regions and are no organization's."""
    unknown = [code for code in codes if code not in SUBJECTS]
    if unknown:
        raise StatisticsRefused(f"没有“{'、'.join(unknown)}”这一统计主题，可用的有：{listed(SUBJECTS)}")
    found = [SUBJECTS[code] for code in codes or SUBJECTS]
    return [subject for subject in found if not (place.organization and subject is TRAINING)]


def refuse_not_yet_known(known_on: date | None, today: date) -> None:
    """What will be known on a day to come nobody can tell: today's figures would pass for it."""
    if said := not_yet_known(known_on, today):
        raise StatisticsRefused(said)


def not_yet_known(known_on: date | None, today: date) -> str:
    if known_on is None or known_on <= today:
        return ""
    return f"所知日期（known_on）{known_on}晚于今天（{today}），无法回答，请改用今天或更早的日期，或去掉这一项"


def refuse_unknowable(codes: Sequence[str], known: Known, organized: Organized = Organized.THEN) -> None:
    """The registers hold no history of their entries: they can't say what was known once.

    Nor was it known then where organizations would lie now.
    """
    if organized is Organized.NOW:
        raise StatisticsRefused("所知日期（known_on）不能与按现在的机构所在（organized=now）并用，请去掉其中一项")
    if known.on and not EARLIEST <= known.on <= LATEST:
        raise StatisticsRefused(f"日期{known.on}不在{EARLIEST}至{LATEST}之间，请核对年份")
    registers = [SUBJECTS[code].label for code in codes if code in SUBJECTS and not SUBJECTS[code].keeps_history]
    if registers:
        then, asked = (f"{known.on}", "所知日期（known_on）") if known.on else ("该版公布时", "版次（edition）")
        raise StatisticsRefused(
            f"“{'、'.join(registers)}”取自名册，不保存各次录入的历史，无法按{then}所知回答；请去掉这些主题，或去掉{asked}"
        )


def listed(subjects: dict[str, Subject]) -> str:
    return "、".join(f"{code}（{subject.label}）" for code, subject in subjects.items())


def breakdowns_asked(by: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Each combination of dimensions once; a dimension that no subject has is refused with those there are."""
    known = {field.name: field.label for subject in SUBJECTS.values() for field in subject.dimensions}
    unknown = [name for names in by for name in names if name not in known]
    if unknown:
        there_are = "、".join(f"{name}（{label}）" for name, label in known.items())
        raise StatisticsRefused(f"没有“{'、'.join(unknown)}”这一维度，可用的有：{there_are}")
    return [names for names in dict.fromkeys(tuple(dict.fromkeys(names)) for names in by) if names]
