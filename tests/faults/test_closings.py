"""Months closed by two at once, and while others write: one edition comes out, and with its restatement all is told."""

import pytest
from django.db import transaction

from casetrack.organizations.models import Organization
from casetrack.stats import rollup
from casetrack.stats.closing import verifying
from casetrack.stats.closing.closing import ClosingRefused, about_to_close
from casetrack.stats.closing.models import Edition, MonthReport, PublishedFigures
from casetrack.stats.closing.reporting import ReportRefused, send_back
from tests.faults.held import held, killed_at, stopped_at
from tests.stats.test_closing import IN_APRIL, MARCH, closed, published
from tests.stats.test_reporting import confirmed
from tests.stats.test_restating import found
from tests.stats.test_settling import dispute, in_a_thread
from tests.stats.world import CITY, GANGU, QINAN, day, log

FIGURES = "LOCK TABLE stats_publishedfigures IN SHARE MODE"
"""The edition is written, its figures are not."""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def settled(village_committee: Organization) -> None:
    dispute(village_committee)
    rollup.settle()


@pytest.mark.usefixtures("settled")
def test_of_two_who_begin_together_the_second_is_told_before_it_reads_anything() -> None:
    with about_to_close(QINAN, MARCH) as mark:
        assert not Edition.objects.exists()
        in_a_thread(refused)
        closed(mark=mark)

    assert Edition.objects.get().number == 1


def refused(region: str = QINAN) -> None:
    with pytest.raises(ClosingRefused, match="正由他人结账"):
        closed(region=region)


@pytest.mark.usefixtures("settled")
def test_two_regions_are_closed_at_once_and_neither_minds() -> None:
    """The first closings of all: both write down what the figures mean."""
    with about_to_close(QINAN, MARCH) as mark:
        assert not Edition.objects.exists()
        in_a_thread(lambda: closed(region=GANGU))
        closed(region=QINAN, mark=mark)

    assert set(Edition.objects.values_list("region", flat=True)) == {GANGU, QINAN}


@pytest.mark.usefixtures("settled")
def test_no_month_is_sent_back_once_a_closing_has_had_its_first_look(village_committee: Organization) -> None:
    confirmed(village_committee)

    with about_to_close(QINAN, MARCH) as mark:
        assert not Edition.objects.exists()
        in_a_thread(lambda: not_sent_back(village_committee, "正在结账"))
        edition = closed(mark=mark, without_confirmations="")

    assert edition.unconfirmed == []
    not_sent_back(village_committee, "已经结账")


def not_sent_back(office: Organization, why: str) -> None:
    with pytest.raises(ReportRefused, match=why):
        sent_back(office)


def sent_back(office: Organization) -> MonthReport:
    return send_back(organization_id=office.pk, month=MARCH, reason="有疑问", actor=None, now=IN_APRIL)


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("region", [QINAN, CITY])
def test_no_closing_takes_its_first_look_while_a_month_in_it_is_being_sent_back(
    village_committee: Organization, region: str
) -> None:
    confirmed(village_committee)

    with transaction.atomic():
        sent_back(village_committee)
        in_a_thread(lambda: refused(region))

    with pytest.raises(ClosingRefused, match="已退回"):
        closed(region=region, without_confirmations="")


@pytest.mark.usefixtures("settled")
def test_a_closing_that_is_killed_leaves_no_edition_and_hinders_nobody() -> None:
    killed_at(FIGURES, (), closed)
    assert (Edition.objects.count(), PublishedFigures.objects.count()) == (0, 0)

    assert closed().number == 1


@pytest.mark.usefixtures("settled")
def test_while_a_month_is_closed_a_second_closing_is_refused_and_what_is_settled_restates_it(
    village_committee: Organization,
) -> None:
    with held(FIGURES) as hold, stopped_at(hold, closed) as (closing, _):
        with pytest.raises(ClosingRefused, match="正由他人结账"):
            closed()
        late = log("mediation", village_committee, ("register", day("2024-03-28"), {"category": "labour"}))
        rollup.settle()
        hold.let_go()
        assert closing.ends_well()

    edition, restated = Edition.objects.get(), found("received")
    assert restated
    assert (published(edition, QINAN, "received"), restated.published.value, restated.now.value) == (1, 1, 2)
    assert ([each.case for each in restated.moved], restated.otherwise) == ([late], (0, 0))
    assert list(verifying.differences(region=CITY)) == []
