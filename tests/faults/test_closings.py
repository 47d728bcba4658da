"""Months closed by two at once, and while others write: one edition comes out, and with its restatement all is told."""

import pytest

from casetrack.organizations.models import Organization
from casetrack.stats import rollup
from casetrack.stats.closing import verifying
from casetrack.stats.closing.closing import ClosingRefused, about_to_close
from casetrack.stats.closing.models import Edition, PublishedFigures
from tests.faults.held import held, killed_at, stopped_at
from tests.stats.test_closing import closed, published
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
def test_of_two_who_began_together_the_second_comes_too_late() -> None:
    """It reads as of before the first has committed, and so does not see that edition."""
    with about_to_close() as mark:
        assert not Edition.objects.exists()
        in_a_thread(closed)
        with pytest.raises(ClosingRefused, match="刚刚由他人结账"):
            closed(mark=mark)

    assert Edition.objects.get().number == 1


@pytest.mark.usefixtures("settled")
def test_two_regions_are_closed_at_once_and_neither_minds() -> None:
    """The first closings of all: both write down what the figures mean."""
    with about_to_close() as mark:
        assert not Edition.objects.exists()
        in_a_thread(lambda: closed(region=GANGU))
        closed(region=QINAN, mark=mark)

    assert set(Edition.objects.values_list("region", flat=True)) == {GANGU, QINAN}


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
