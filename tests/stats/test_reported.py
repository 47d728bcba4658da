"""Figures that bodies report: added up over months and bodies, never made up where nothing was said."""

from datetime import date
from decimal import Decimal

import pytest

from casetrack.organizations.models import Organization, Region
from casetrack.stats.answering import statistics
from casetrack.stats.figures import Coverage
from casetrack.stats.printing import as_text
from tests.stats.stating import YEAR, asked, month, state
from tests.stats.world import CITY, QINAN, day

CONGRESS, CPPCC = {"origin": "congress"}, {"origin": "cppcc"}


def test_months_are_added_up_and_a_missing_one_is_told_and_is_not_zero(bureau: Organization) -> None:
    for number, advice in ((1, "52"), (2, "40"), (3, "61")):
        state(bureau, "legal_aid.advice_given", month(number), advice)

    figure = asked().find("legal_aid", "advice_given")

    assert figure is not None
    assert figure.value == 153
    assert figure.coverage == Coverage(complete=False, months=3, expected=12)
    assert figure.as_dict()["reported"] == {"complete": False, "months": 3, "expected_months": 12}


def test_any_run_of_months_counts_the_entries_that_lie_in_it(bureau: Organization) -> None:
    for number, advice in ((1, "52"), (2, "40"), (3, "61")):
        state(bureau, "legal_aid.advice_given", month(number), advice)

    figure = asked(("2025-02-01", "2025-03-31")).find("legal_aid", "advice_given")

    assert figure is not None
    assert (figure.value, figure.coverage) == (101, Coverage(complete=True, months=2, expected=2))


def test_part_of_a_reported_period_has_no_figure(bureau: Organization) -> None:
    state(bureau, "legal_aid.advice_given", YEAR, "580")

    answer = asked(("2025-01-01", "2025-06-30"))

    assert answer.find("legal_aid", "advice_given") is None
    assert "legal_aid.advice_given" in answer.as_dict()["not_reported"]


def test_what_nobody_reported_is_named_and_is_no_figure(regions: dict[str, Region]) -> None:
    answer = asked()

    assert answer.find("hotline", "received") is None
    assert "hotline.received" in answer.as_dict()["not_reported"]
    assert "未报送（不是零）" in as_text(answer, width=110, color=False)


def test_a_reported_zero_is_a_zero(bureau: Organization) -> None:
    state(bureau, "mediation.suicides_prevented", YEAR, "0")

    figure = asked().find("mediation", "suicides_prevented")

    assert figure is not None
    assert figure.value == 0


def test_bodies_are_added_up_and_each_has_its_own(bureau: Organization, town_committee: Organization) -> None:
    state(bureau, "mediation.sweeps", month(1), "3")
    state(town_committee, "mediation.sweeps", month(1), "4")
    state(town_committee, "mediation.sweeps", month(2), "5")

    whole = asked(("2025-01-01", "2025-02-28")).find("mediation", "sweeps")
    own = statistics(organization=town_committee.pk, first=day("2025-01-01"), last=day("2025-02-28"))

    assert whole is not None
    assert (whole.value, whole.coverage) == (12, Coverage(complete=False, months=3, expected=4))
    found = own.find("mediation", "sweeps")
    assert found is not None
    assert found.value == 9


def test_a_statement_for_the_region_takes_the_place_of_what_lies_below(
    bureau: Organization, town_committee: Organization, gangu_bureau: Organization
) -> None:
    state(bureau, "mediation.sweeps", month(1), "30", whole_region=True)
    state(bureau, "mediation.sweeps", month(1), "2")
    state(town_committee, "mediation.sweeps", month(1), "4")
    state(town_committee, "mediation.sweeps", month(2), "5")
    state(gangu_bureau, "mediation.sweeps", month(1), "7", whole_region=True)

    january, both = asked(month(1), region=CITY), asked(("2025-01-01", "2025-02-28"))

    assert [found.value for found in (january.find("mediation", "sweeps"), both.find("mediation", "sweeps")) if found]
    assert [each.value for each in january.figures if each.measure == "sweeps"] == [37]
    assert [each.value for each in both.figures if each.measure == "sweeps"] == [35]


def test_of_statements_for_nested_regions_the_outermost_stands(bureau: Organization, city_bureau: Organization) -> None:
    state(bureau, "mediation.sweeps", month(1), "30", whole_region=True)
    state(city_bureau, "mediation.sweeps", month(1), "90", whole_region=True)

    values = [asked(month(1), region=code).find("mediation", "sweeps") for code in (CITY, QINAN)]

    assert [found and found.value for found in values] == [90, 30]


def test_motions_and_proposals_are_told_apart(bureau: Organization) -> None:
    state(bureau, "proposal.handled", YEAR, "87", dimensions=CONGRESS)
    state(bureau, "proposal.handled", YEAR, "173", dimensions=CPPCC)

    answer = asked(by="origin")

    found = [answer.find("proposal", "handled", **each) for each in ({}, CONGRESS, CPPCC)]
    assert [each and each.value for each in found] == [260, 87, 173]


def test_a_share_follows_from_its_counts_where_the_same_bodies_reported_both(bureau: Organization) -> None:
    for number in (1, 2):
        state(bureau, "hotline.received", month(number), "150", whole_region=True)
        state(bureau, "hotline.handled", month(number), "147", whole_region=True)

    figure = asked(("2025-01-01", "2025-02-28")).find("hotline", "handled_rate")

    assert figure is not None
    assert (figure.value, figure.numerator, figure.denominator) == (Decimal("98.0000"), 294, 300)


def test_a_share_does_not_follow_from_counts_of_different_months(bureau: Organization) -> None:
    state(bureau, "hotline.received", month(1), "150", whole_region=True)
    state(bureau, "hotline.received", month(2), "150", whole_region=True)
    state(bureau, "hotline.handled", month(1), "147", whole_region=True)

    assert asked(("2025-01-01", "2025-02-28")).find("hotline", "handled_rate") is None


def test_a_stated_share_answers_exactly_its_place_and_days(bureau: Organization) -> None:
    state(bureau, "hotline.handled_rate", YEAR, "98", whole_region=True, qualifier="at_least")

    figure = asked().find("hotline", "handled_rate")

    assert figure is not None
    assert (figure.value, figure.shown, figure.as_dict()["qualifier"]) == (Decimal(98), "98.0%以上", "at_least")
    assert asked(month(1)).find("hotline", "handled_rate") is None
    assert asked(region=CITY).find("hotline", "handled_rate") is None


def test_shares_of_months_make_no_share_of_the_year(bureau: Organization) -> None:
    for number in range(1, 13):
        state(bureau, "hotline.handled_rate", month(number), "98", whole_region=True)

    assert asked().find("hotline", "handled_rate") is None


def test_the_days_up_to_the_cut_off_may_be_reported_as_they_are(bureau: Organization) -> None:
    state(bureau, "proposal.handled", ("2025-01-01", "2025-12-17"), "87", dimensions=CONGRESS)

    figure = asked(as_of=date(2025, 12, 17)).find("proposal", "handled")

    assert figure is not None
    assert (figure.value, figure.coverage) == (87, Coverage(complete=True))
    assert asked(as_of=date(2025, 12, 16)).find("proposal", "handled") is None


@pytest.mark.parametrize(
    ("qualifiers", "shown"),
    [
        (("", ""), "30"),
        (("", "at_least"), "30以上"),
        (("approximate", ""), "约30"),
        (("approximate", "at_least"), "约30"),
    ],
)
def test_a_sum_is_as_exact_as_its_parts(bureau: Organization, qualifiers: tuple[str, str], shown: str) -> None:
    for number, (value, qualifier) in enumerate(zip(("10", "20"), qualifiers, strict=True), start=1):
        state(bureau, "legal_aid.advice_given", month(number), value, qualifier=qualifier)

    figure = asked(("2025-01-01", "2025-02-28")).find("legal_aid", "advice_given")

    assert figure is not None
    assert figure.shown == shown
