"""Regions, organizations, mediators, trainings and reported figures as rows."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import QuerySet

from casetrack.lib.masking import masked_number
from casetrack.organizations.choices import CommitteeKind, OrganizationKind, Sex
from casetrack.organizations.divisions import Level
from casetrack.organizations.reported.catalog import choice_label, reportable
from casetrack.organizations.reported.choices import Qualifier
from reports.exporting.columns import Column, Form, Rows, fetched, yes_no

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

OF_REPORTED = (
    Column("id", "编号", Form.NUMBER),
    Column("organization", "报送单位"),
    Column("region", "区划代码"),
    Column("whole_region", "全地区汇总数"),
    Column("from", "报送期的开始日", Form.DATE),
    Column("to", "报送期的结束日", Form.DATE),
    Column("measure", "指标"),
    Column("dimensions", "分组"),
    Column("value", "数值"),
    Column("qualifier", "数值的限定"),
    Column("unit", "单位"),
    Column("source", "来源"),
    Column("evidence", "依据"),
    Column("version", "版本", Form.NUMBER),
    Column("reason", "更正原因"),
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


def reported_rows(versions: QuerySet[Any], names: Collection[str], today: date) -> Rows:
    own = ("value", "qualifier", "source", "evidence", "number", "reason")
    of_figure = ("region_code", "whole_region", "first", "last", "subject", "measure", "dimensions")
    figure = [f"figure__{name}" for name in of_figure]
    for chunk in fetched(versions, "figure_id", *own, *figure, "figure__organization__name"):
        for row in chunk:
            found = reportable(row["figure__subject"], row["figure__measure"])
            value = row["value"]
            yield {
                **row,
                "id": row["figure_id"],
                "organization": row["figure__organization__name"],
                "region": row["figure__region_code"],
                "whole_region": yes_no(row["figure__whole_region"]),
                "from": row["figure__first"],
                "to": row["figure__last"],
                "measure": found.label if found else row["figure__measure"],
                "dimensions": "、".join(choice_label(*each) for each in row["figure__dimensions"].items()),
                "value": "已撤回" if value is None else f"{value.normalize():f}",
                "qualifier": label_in(Qualifier.choices, row["qualifier"]) if row["qualifier"] else "",
                "unit": found.unit if found else "",
                "version": row["number"],
            }
