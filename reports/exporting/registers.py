"""Regions, organizations, mediators and trainings as rows."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import QuerySet

from casetrack.lib.masking import masked_number
from casetrack.organizations.choices import CommitteeKind, OrganizationKind, Sex
from casetrack.organizations.divisions import Level
from reports.exporting.columns import Column, Form, Rows, fetched

OF_REGIONS = (
    Column("code", "区划代码"),
    Column("name", "名称"),
    Column("level", "级别"),
    Column("parent", "上级区划代码"),
)
OF_ORGANIZATIONS = (
    Column("id", "编号", Form.NUMBER),
    Column("name", "名称"),
    Column("kind", "机构类型"),
    Column("committee_kind", "调委会类型"),
    Column("region", "区划代码"),
    Column("region_name", "所在区划"),
    Column("county", "登记地区代码"),
    Column("parent", "上级机构"),
    Column("active_from", "成立日期", Form.DATE),
    Column("active_to", "撤销日期", Form.DATE),
)
OF_MEDIATORS = (
    Column("id", "编号", Form.NUMBER),
    Column("name", "姓名"),
    Column("organization", "所属调解组织"),
    Column("sex", "性别"),
    Column("full_time", "专兼职"),
    Column("education", "文化程度"),
    Column("phone", "联系电话（隐去中间数字）"),
    Column("active_from", "聘任日期", Form.DATE),
    Column("active_to", "解聘日期", Form.DATE),
)
OF_TRAININGS = (
    Column("id", "编号", Form.NUMBER),
    Column("region", "区划代码"),
    Column("region_name", "地区"),
    Column("held_on", "培训日期", Form.DATE),
    Column("name", "培训名称"),
    Column("attendance", "参加人次", Form.NUMBER),
    Column("organizer", "举办单位"),
)


def label_in(choices: Collection[tuple[str, Any]], code: str) -> str:
    """The official term of a code, or the code where the list has since dropped it."""
    return str(dict(choices).get(code, code))


def region_rows(regions: QuerySet[Any], names: Collection[str], today: date) -> Rows:
    for chunk in fetched(regions, "code", "name", "level", "parent_id"):
        for row in chunk:
            yield {**row, "level": label_in(Level.choices, row["level"]), "parent": row["parent_id"]}


def organization_rows(organizations: QuerySet[Any], names: Collection[str], today: date) -> Rows:
    own = ("id", "name", "kind", "committee_kind", "region_id", "county_id", "active_from", "active_to")
    for chunk in fetched(organizations, *own, "region__name", "parent__name"):
        for row in chunk:
            yield {
                **row,
                "kind": label_in(OrganizationKind.choices, row["kind"]),
                "committee_kind": label_in(CommitteeKind.choices, row["committee_kind"]),
                "region": row["region_id"],
                "region_name": row["region__name"],
                "county": row["county_id"],
                "parent": row["parent__name"],
            }


def mediator_rows(mediators: QuerySet[Any], names: Collection[str], today: date) -> Rows:
    own = ("id", "name", "sex", "full_time", "education", "phone", "active_from", "active_to")
    for chunk in fetched(mediators, *own, "organization__name"):
        for row in chunk:
            yield {
                **row,
                "organization": row["organization__name"],
                "sex": label_in(Sex.choices, row["sex"]),
                "full_time": "专职" if row["full_time"] else "兼职",
                "phone": masked_number(row["phone"]),
            }


def training_rows(trainings: QuerySet[Any], names: Collection[str], today: date) -> Rows:
    own = ("id", "region_id", "held_on", "name", "attendance", "organizer")
    for chunk in fetched(trainings, *own, "region__name"):
        for row in chunk:
            yield {**row, "region": row["region_id"], "region_name": row["region__name"]}
