"""Closing: what is published stays, only once all is settled and confirmed, and restated with a reason."""

from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from casetrack.cases.models import Case
from casetrack.organizations.models import Organization
from casetrack.stats import rollup
from casetrack.stats.closing.closing import ClosingRefused, close
from casetrack.stats.closing.models import Edition, PublishedFigures
from casetrack.stats.closing.reporting import confirm
from tests.stats.world import GANGU, QINAN, TOWN, VILLAGE, day, log, take

MARCH, APRIL = date(2024, 3, 1), date(2024, 4, 1)
IN_APRIL = datetime(2024, 4, 3, 2, 0, tzinfo=UTC)
IN_JUNE = datetime(2026, 6, 3, 2, 0, tzinfo=UTC)
UNCONFIRMED = "本地尚未实行月报确认"


def closed(**asked: Any) -> Edition:
    return close(
        **{
            "region": QINAN,
            "month": MARCH,
            "actor": None,
            "now": IN_APRIL,
            "without_confirmations": UNCONFIRMED,
            **asked,
        }
    )


def published(edition: Edition, region: str, measure: str, *, organization: int | None = None, **dims: str) -> Any:
    row = edition.rows.filter(
        region_code=region, organization=organization, subject="mediation", breakdown=",".join(dims)
    ).first()
    entries = row.figures if row else []
    return next((each["n"] for each in entries if (each["m"], each["d"]) == (measure, list(dims.values()))), 0)


def test_an_edition_holds_the_figures_of_the_region_its_towns_and_offices(
    dispute: Case, village_committee: Organization
) -> None:
    edition = closed()

    assert (edition.number, edition.cases, edition.days["mediation"]) == (1, 1, ["2024-03-01", "2024-03-31"])
    assert published(edition, QINAN, "received") == 1
    assert published(edition, TOWN, "received", category="neighbour") == 1
    assert published(edition, VILLAGE, "received", organization=village_committee.pk) == 1
    assert published(edition, QINAN, "pending") == 1
    assert {name for name in edition.unconfirmed[0]} == {"organization", "name", "why"}


def test_a_month_is_not_closed_while_offices_have_not_confirmed(dispute: Case, village_committee: Organization) -> None:
    with pytest.raises(ClosingRefused, match="兴国镇第1村人民调解委员会（尚未确认）"):
        closed(without_confirmations="")

    confirm(organization_id=village_committee.pk, month=MARCH, zero=False, actor=None, now=IN_APRIL)

    edition = closed(without_confirmations="")
    assert (edition.unconfirmed, edition.unconfirmed_reason) == ([], "")


def test_a_month_is_not_closed_before_it_is_over(dispute: Case) -> None:
    with pytest.raises(ClosingRefused, match="尚不能结账"):
        closed(month=APRIL)


def test_a_month_is_not_closed_while_a_change_waits_to_be_counted(
    dispute: Case, village_committee: Organization
) -> None:
    log("mediation", village_committee, ("register", day("2024-02-05"), {"category": "labour"}))

    with pytest.raises(ClosingRefused, match="等待统计"):
        closed()


def test_a_change_of_a_later_month_or_another_county_holds_nothing_up(
    dispute: Case, village_committee: Organization, gangu_committee: Organization
) -> None:
    log("mediation", village_committee, ("register", day("2024-04-02"), {"category": "labour"}))
    log("mediation", gangu_committee, ("register", day("2024-03-02"), {"category": "labour"}))

    assert published(closed(), QINAN, "received") == 1


def test_cells_that_the_cases_do_not_bear_out_are_not_published(dispute: Case) -> None:
    dispute.milestones.update(dimensions={"category": "labour", "committee_kind": "village"})

    with pytest.raises(ClosingRefused, match="不平衡"):
        closed()


def test_what_comes_later_leaves_the_edition_and_makes_the_next(dispute: Case, village_committee: Organization) -> None:
    first = closed()
    log("mediation", village_committee, ("register", day("2024-03-28"), {"category": "labour"}))
    rollup.settle()
    with pytest.raises(ClosingRefused, match="须说明理由"):
        closed()

    second = closed(reason="补登一件", now=IN_JUNE)

    assert (second.number, second.reason, second.previous) == (2, "补登一件", first.digest)
    assert [published(each, QINAN, "received") for each in (first, second)] == [1, 2]


def test_a_region_without_cases_is_closed_too(dispute: Case, gangu_committee: Organization) -> None:
    edition = closed(region=GANGU)

    assert (edition.cases, published(edition, GANGU, "received")) == (0, 0)


def test_nothing_of_an_edition_can_be_changed_or_removed(dispute: Case) -> None:
    closed()

    for change in (
        lambda: Edition.objects.all()._raw_delete("default"),
        PublishedFigures.objects.all().delete,
        lambda: Edition.objects.update(reason="另有说法"),
        lambda: PublishedFigures.objects.update(figures=[]),
    ):
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            change()


def test_a_restatement_without_a_reason_is_refused_by_the_database_too(dispute: Case) -> None:
    edition = closed()
    edition.pk, edition.number = None, 2

    with pytest.raises(DatabaseError, match="edition_restated_with_reason"), transaction.atomic():
        edition.save(force_insert=True)


def test_accusations_are_published_apart(petition_office: Organization) -> None:
    log("petition", petition_office, ("register", day("2024-03-05"), {"channel": "letter", "purpose": "accusation"}))
    log("petition", petition_office, ("register", day("2024-03-06"), {"channel": "letter", "purpose": "appeal"}))
    rollup.settle()

    row = closed().rows.get(region_code=QINAN, organization=None, subject="petition", breakdown="")

    received = next(each for each in row.figures if each["m"] == "received")
    assert (received["n"], received["o"]["n"]) == (2, 1)
    assert received["x"] != received["o"]["x"]


def test_a_month_that_ends_on_the_25th_is_closed_by_its_own_days(dispute: Case, settings: Any) -> None:
    settings.REPORTING_PERIODS = settings.REPORTING_PERIODS.declared([{"region": "6205", "closes_on": 25}])
    take(dispute, "agree", day("2024-03-26"), agreement="written")
    rollup.settle()

    march, april = closed(), closed(month=APRIL, now=IN_JUNE)

    assert march.days["mediation"] == ["2024-02-26", "2024-03-25"]
    assert [published(each, QINAN, "succeeded") for each in (march, april)] == [0, 1]


def test_the_command_closes_and_says_what_stands_in_the_way(dispute: Case) -> None:
    said = StringIO()
    asked = ("close_month", "--region", QINAN, "--month", "2024-03")

    with pytest.raises(CommandError, match="尚有机构未确认"):
        call_command(*asked)
    call_command(*asked, "--without-confirmations", UNCONFIRMED, stdout=said)

    assert "第1版，1件案件" in said.getvalue()
