"""Reporting a figure and correcting it: what is taken, what is refused, and that nothing said is lost."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from casetrack.accounts.models import Action, AuditEntry
from casetrack.accounts.versions import RowChanged
from casetrack.organizations.keeping import AlreadyRegistered, RegisterRefused
from casetrack.organizations.models import (
    CommitteeKind,
    Organization,
    OrganizationKind,
    Region,
    ReportedFigure,
    ReportedVersion,
)
from casetrack.organizations.regions import ensure_region
from casetrack.organizations.reported.keeping import ReportedDraft, correct, report

NOW = datetime(2026, 2, 3, 2, tzinfo=UTC)
QINAN = "620522000000"


@pytest.fixture
def county(db: None) -> Region:
    return ensure_region(code=QINAN, name="秦安县")[0]


@pytest.fixture
def draft(county: Region) -> ReportedDraft:
    bureau = Organization.objects.create(
        region=county, county=county, kind=OrganizationKind.JUSTICE_BUREAU, name="秦安县司法局"
    )
    return ReportedDraft(
        organization=bureau,
        subject="legal_aid",
        measure="advice_given",
        first=date(2026, 1, 1),
        last=date(2026, 1, 31),
        value=Decimal(52),
        source="公共法律服务中心登记簿",
        evidence="第1至52号",
    )


def test_a_figure_is_entered_with_its_source_and_stands_in_the_audit_log(draft: ReportedDraft) -> None:
    entry = report(draft=draft, actor=None, now=NOW)

    assert (entry.number, entry.value, entry.evidence, entry.entered_at) == (1, Decimal(52), "第1至52号", NOW)
    assert entry.figure.region_code == QINAN
    logged = AuditEntry.objects.get()
    assert (logged.action, logged.region_code, logged.details["measure"]) == (
        Action.CREATE,
        QINAN,
        "legal_aid.advice_given",
    )


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"measure": "advice"}, "measure", "没有“legal_aid.advice”这一报送指标"),
        ({"subject": "proposal", "measure": "handled"}, "dimensions", "须填写来源（origin）"),
        ({"dimensions": {"origin": "congress"}}, "dimensions", "不按“origin”分组"),
        ({"last": date(2025, 12, 31)}, "last", "早于开始日"),
        ({"last": date(2026, 2, 4)}, "last", "晚于今天"),
        ({"first": date(2025, 1, 1)}, "last", "最长一年"),
        ({"first": date(1949, 9, 1)}, "first", "请核对年份"),
        ({"value": Decimal("-1")}, "value", "不为负数"),
        ({"value": Decimal("1.5")}, "value", "应为整数"),
        ({"value": Decimal("NaN")}, "value", "不为负数"),
        ({"subject": "hotline", "measure": "handled_rate", "value": Decimal("100.1")}, "value", "0至100之间"),
    ],
)
def test_what_cannot_be_meant_is_refused(draft: ReportedDraft, changes: dict[str, Any], field: str, said: str) -> None:
    with pytest.raises(RegisterRefused) as refused:
        report(draft=replace(draft, **changes), actor=None, now=NOW)

    assert said in refused.value.errors[field]
    assert not ReportedFigure.objects.exists()


def test_a_committee_speaks_for_itself_only(draft: ReportedDraft, county: Region) -> None:
    committee = Organization.objects.create(
        region=county,
        county=county,
        name="秦安县矛盾纠纷调解中心",
        kind=OrganizationKind.MEDIATION_COMMITTEE,
        committee_kind=CommitteeKind.COUNTY_CENTRE,
    )

    with pytest.raises(RegisterRefused, match="调解组织只报送本单位的数字"):
        report(draft=replace(draft, organization=committee, whole_region=True), actor=None, now=NOW)


def test_a_body_that_is_gone_reports_no_more(draft: ReportedDraft) -> None:
    draft.organization.active_to = date(2025, 12, 1)
    draft.organization.save()

    with pytest.raises(RegisterRefused, match="已于2025-12-01撤销"):
        report(draft=draft, actor=None, now=NOW)


def test_the_same_figure_is_corrected_and_not_entered_twice(draft: ReportedDraft) -> None:
    report(draft=draft, actor=None, now=NOW)

    with pytest.raises(AlreadyRegistered, match="请更正已有的记录"):
        report(draft=draft, actor=None, now=NOW)


def test_counts_of_periods_that_overlap_are_refused(draft: ReportedDraft) -> None:
    report(draft=draft, actor=None, now=NOW)

    with pytest.raises(RegisterRefused, match="有重叠的日期，会重复计算"):
        report(draft=replace(draft, first=date(2025, 12, 16)), actor=None, now=NOW)


def test_shares_of_a_month_and_of_its_year_may_both_be_stated(draft: ReportedDraft) -> None:
    share = replace(draft, subject="hotline", measure="handled_rate", value=Decimal("98.25"))
    report(draft=share, actor=None, now=NOW)

    report(draft=replace(share, first=date(2025, 7, 1)), actor=None, now=NOW)

    assert ReportedFigure.objects.count() == 2


def test_a_region_has_one_statement_for_a_day_whichever_body_makes_it(draft: ReportedDraft, county: Region) -> None:
    centre = Organization.objects.create(
        region=county, county=county, kind=OrganizationKind.LEGAL_AID_CENTRE, name="秦安县法律援助中心"
    )
    report(draft=replace(draft, whole_region=True), actor=None, now=NOW)

    with pytest.raises(RegisterRefused, match="“秦安县司法局”已报送"):
        report(draft=replace(draft, organization=centre, whole_region=True), actor=None, now=NOW)


def test_a_correction_is_a_further_version_with_its_reason(draft: ReportedDraft) -> None:
    first = report(draft=draft, actor=None, now=NOW)

    correct(figure_id=first.figure_id, changes={"value": Decimal(55)}, reason="漏计三人次", actor=None, now=NOW)

    versions = ReportedVersion.objects.in_order().values_list("number", "value", "evidence", "reason")
    assert list(versions) == [(1, Decimal(52), "第1至52号", ""), (2, Decimal(55), "第1至52号", "漏计三人次")]


def test_a_correction_needs_a_reason(draft: ReportedDraft) -> None:
    first = report(draft=draft, actor=None, now=NOW)

    with pytest.raises(RegisterRefused, match="须写明原因"):
        correct(figure_id=first.figure_id, changes={"value": Decimal(55)}, reason=" ", actor=None, now=NOW)


def test_a_correction_that_says_nothing_new_adds_no_version(draft: ReportedDraft) -> None:
    first = report(draft=draft, actor=None, now=NOW)

    same = correct(figure_id=first.figure_id, changes={"value": Decimal(52)}, reason="复核", actor=None, now=NOW)

    assert same == first


def test_a_correction_of_what_changed_meanwhile_is_refused(draft: ReportedDraft) -> None:
    first = report(draft=draft, actor=None, now=NOW)
    correct(figure_id=first.figure_id, changes={"value": Decimal(55)}, reason="漏计", actor=None, now=NOW, version=1)

    with pytest.raises(RowChanged):
        correct(figure_id=first.figure_id, changes={"value": Decimal(56)}, reason="又", actor=None, now=NOW, version=1)


def test_what_is_withdrawn_makes_room_and_cannot_come_back_into_it(draft: ReportedDraft) -> None:
    first = report(draft=draft, actor=None, now=NOW)
    correct(figure_id=first.figure_id, changes={"value": None}, reason="应为上旬", actor=None, now=NOW)
    report(draft=replace(draft, last=date(2026, 1, 10)), actor=None, now=NOW)

    with pytest.raises(RegisterRefused, match="有重叠的日期"):
        correct(figure_id=first.figure_id, changes={"value": Decimal(52)}, reason="恢复", actor=None, now=NOW)


@pytest.mark.parametrize("table", ["organizations_reportedfigure", "organizations_reportedversion"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_lets_nothing_said_be_changed(draft: ReportedDraft, table: str, change: str) -> None:
    report(draft=draft, actor=None, now=NOW)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))
