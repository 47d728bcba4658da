"""What each figure counts, on a few cases whose figures are written out by hand."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from casetrack.kinds.base import Fact
from casetrack.organizations.models import Organization
from casetrack.stats import rollup
from casetrack.stats.answering import statistics
from casetrack.stats.figures import Answer
from casetrack.stats.questions import Basis
from tests.stats.world import QINAN, Taken, day, log

LETTER: dict[str, Fact] = {"channel": "letter", "purpose": "appeal", "persons": 3}
VISIT: dict[str, Fact] = {"channel": "visit", "purpose": "appeal"}


@pytest.fixture
def petitions(petition_office: Organization) -> None:
    """One from the year before and closed in time, one late, one refused, one still open at the end of the year."""
    log(
        "petition",
        petition_office,
        ("register", day("2023-12-20"), LETTER),
        ("accept", day("2023-12-25")),
        ("conclude", day("2024-01-30")),
    )
    log(
        "petition",
        petition_office,
        ("register", day("2024-02-01"), LETTER),
        ("accept", day("2024-02-05")),
        ("conclude", day("2024-07-01")),
        ("rate", day("2024-07-05"), {"satisfaction": "dissatisfied"}),
    )
    log("petition", petition_office, ("register", day("2024-03-01"), VISIT), ("refuse", day("2024-03-10")))
    log(
        "petition",
        petition_office,
        ("register", day("2024-12-20"), VISIT),
        ("accept", day("2024-12-25")),
        ("settle", day("2025-01-10")),
        ("rate", day("2025-01-12"), {"satisfaction": "satisfied"}),
    )


def year(
    subject: str = "petition",
    *,
    as_of: date | None = None,
    by: Sequence[Sequence[str]] = (),
    basis: Basis | None = None,
) -> Answer:
    """The figures of 2024."""
    first, last = day("2024-01-01"), day("2024-12-31")
    return statistics(region=QINAN, first=first, last=last, as_of=as_of, subjects=[subject], by=by, basis=basis)


def of(answer: Answer, *measures: str, subject: str = "petition", **dimensions: str) -> dict[str, object]:
    found = {measure: answer.find(subject, measure, **dimensions) for measure in measures}
    return {measure: figure.value if figure else "absent" for measure, figure in found.items()}


def test_flows_and_stocks_of_a_year(petitions: None) -> None:
    answer = year()

    assert of(answer, "carried_over", "received", "accepted", "not_accepted", "closed", "pending", "handled") == {
        "carried_over": 1,
        "received": 3,
        "accepted": 2,
        "not_accepted": 1,
        "closed": 3,
        "pending": 1,
        "handled": 4,
    }


def test_persons_are_summed_and_at_least_the_one_who_came(petitions: None) -> None:
    answer = year()

    assert of(answer, "persons") == {"persons": 5}


def test_a_later_cut_off_sees_what_of_the_period_was_closed_since(petitions: None) -> None:
    at_the_end = year()
    later = year(as_of=day("2025-01-31"))

    assert of(at_the_end, "closure_rate", "closed") == {"closure_rate": Decimal("66.6667"), "closed": 3}
    assert of(later, "closure_rate", "closed") == {"closure_rate": Decimal("100.0000"), "closed": 3}


@pytest.mark.parametrize("basis", [Basis.EVENTS, Basis.BOTH])
def test_days_that_end_within_a_month_are_counted_to_the_day(petitions: None, basis: Basis) -> None:
    rollup.settle()
    ask = partial(statistics, region=QINAN, first=day("2024-01-01"), subjects=["petition"], basis=basis)

    answer = ask(last=day("2024-12-22"), as_of=day("2025-01-11"))
    two_days_before_it_closes = ask(last=day("2024-12-22"), as_of=day("2025-01-08"))

    assert of(answer, "carried_over", "received", "accepted", "closed", "pending", "closure_rate") == {
        "carried_over": 1,
        "received": 3,
        "accepted": 1,
        "closed": 3,
        "pending": 1,
        "closure_rate": Decimal("100.0000"),
    }
    assert of(two_days_before_it_closes, "closure_rate") == {"closure_rate": Decimal("66.6667")}


@pytest.mark.parametrize("basis", [Basis.EVENTS, Basis.BOTH])
def test_months_that_close_on_the_25th_follow_one_another(petitions: None, basis: Basis) -> None:
    rollup.settle()
    ask = partial(statistics, region=QINAN, subjects=["petition"], basis=basis)

    december = ask(first=day("2023-11-26"), last=day("2023-12-25"))
    january = ask(first=day("2023-12-26"), last=day("2024-01-25"))
    february = ask(first=day("2024-01-26"), last=day("2024-02-25"))
    three_days = ask(first=day("2024-01-29"), last=day("2024-01-31"))

    course = ("carried_over", "received", "accepted", "closed", "pending")
    assert [tuple(of(month, *course).values()) for month in (december, january, february, three_days)] == [
        (0, 1, 1, 0, 1),
        (1, 0, 0, 0, 1),
        (1, 1, 1, 1, 1),
        (1, 0, 0, 1, 0),
    ]


def test_an_earlier_cut_off_ends_the_period(petitions: None) -> None:
    answer = year(as_of=day("2024-03-09"))

    assert of(answer, "carried_over", "received", "closed", "pending") == {
        "carried_over": 1,
        "received": 2,
        "closed": 1,
        "pending": 2,
    }


def test_rates_carry_what_they_divide(petitions: None) -> None:
    answer = year()

    rates = ["closure_rate", "flow_closure_rate", "on_time_closure_rate", "acceptance_on_time_rate"]
    found = {rate: answer.find("petition", rate) for rate in rates}
    assert {rate: (figure.numerator, figure.denominator) for rate, figure in found.items() if figure} == {
        "closure_rate": (2, 3),
        "flow_closure_rate": (3, 4),
        "on_time_closure_rate": (2, 3),
        "acceptance_on_time_rate": (2, 2),
    }


def test_satisfaction_is_of_those_who_rated(petitions: None) -> None:
    january = statistics(region=QINAN, first=day("2025-01-01"), last=day("2025-01-31"), subjects=["petition"])
    whole = year()

    assert of(january, "satisfaction_rate") == {"satisfaction_rate": 100}
    assert of(whole, "satisfaction_rate") == {"satisfaction_rate": 0}


def test_a_rate_of_no_cases_is_neither_nothing_nor_everything(petitions: None) -> None:
    quiet = statistics(region=QINAN, first=day("2022-01-01"), last=day("2022-12-31"), subjects=["petition"])

    assert of(quiet, "received", "closure_rate") == {"received": 0, "closure_rate": None}


def test_a_change_needs_a_base(petitions: None) -> None:
    later = statistics(region=QINAN, first=day("2025-01-01"), last=day("2025-12-31"), subjects=["petition"])
    first_year = statistics(region=QINAN, first=day("2023-01-01"), last=day("2023-12-31"), subjects=["petition"])

    assert of(later, "received_year_on_year") == {"received_year_on_year": Decimal("-100.0000")}
    assert of(first_year, "received_year_on_year") == {"received_year_on_year": "absent"}


def test_every_value_of_a_dimension_is_there_and_they_add_up(petitions: None) -> None:
    answer = year(by=[["channel"]])

    assert of(answer, "received", "pending", channel="visit") == {"received": 2, "pending": 1}
    assert of(answer, "received", "pending", channel="letter") == {"received": 1, "pending": 0}
    assert of(answer, "received", "closure_rate", channel="fax") == {"received": 0, "closure_rate": "absent"}


def test_what_is_not_yet_known_on_receipt_does_not_divide_receipts(petitions: None) -> None:
    answer = year(by=[["outcome"]])

    assert of(answer, "closed", "received", "pending", outcome="concluded") == {
        "closed": 2,
        "received": "absent",
        "pending": "absent",
    }


def test_a_dimension_nobody_filled_in_is_a_value_of_its_own(petitions: None) -> None:
    answer = year(by=[["category"]])

    assert of(answer, "received", category="unspecified") == {"received": 3}


def test_combinations_show_those_that_occur(petitions: None) -> None:
    answer = year(by=[["channel", "outcome"]])

    closed = {tuple(f.dimensions.values()): f.value for f in answer.figures if f.measure == "closed" and f.dimensions}
    assert closed == {("letter", "concluded"): 2, ("visit", "not_accepted"): 1}


def test_performance_is_of_the_agreements_of_the_period(village_committee: Organization) -> None:
    neighbours: Taken = ("register", day("2024-05-01"), {"category": "neighbour"})
    agreed: Taken = ("agree", day("2024-05-10"), {"agreement": "written", "amount": 12_345_650})
    log(
        "mediation",
        village_committee,
        neighbours,
        ("accept", day("2024-05-01")),
        agreed,
        ("perform", day("2025-02-01")),
    )
    log("mediation", village_committee, neighbours, ("accept", day("2024-05-01")), agreed)
    log("mediation", village_committee, neighbours, ("accept", day("2024-05-01")), ("fail", day("2024-05-20")))

    in_the_year = year("mediation")
    later = year("mediation", as_of=day("2025-06-30"))

    rates = ("success_rate", "performance_rate")
    assert of(in_the_year, *rates, subject="mediation") == {"success_rate": Decimal("66.6667"), "performance_rate": 0}
    assert of(later, *rates, subject="mediation") == {"success_rate": Decimal("66.6667"), "performance_rate": 50}
    amount = in_the_year.find("mediation", "agreement_amount")
    assert amount
    assert (amount.value, amount.shown) == (Decimal("24.6913"), "24.69")


@pytest.mark.parametrize("basis", [Basis.EVENTS, Basis.CELLS])
def test_the_named_rates_say_which_definition_they_are(litigation_office: Organization, basis: Basis) -> None:
    def case(instance: str, outcome: str, head: bool) -> None:
        log(
            "litigation",
            litigation_office,
            ("notice", day("2024-02-01"), {"division": "administrative", "instance": instance}),
            ("hear", day("2024-03-01"), {"head_present": head}),
            ("judge", day("2024-03-20"), {"outcome": outcome}),
        )

    case("first", "act_revoked", True)
    case("first", "claims_dismissed", False)
    case("second", "reversed", True)
    settle_all()

    answer = year("litigation", basis=basis)

    lost, appeared = answer.find("litigation", "loss_rate"), answer.find("litigation", "head_appearance_rate")
    assert lost
    assert appeared
    assert (lost.numerator, lost.denominator, lost.indicator.version) == (1, 2, "败诉率·一审审结·1")
    assert (appeared.numerator, appeared.denominator) == (2, 3)


def settle_all() -> None:
    while rollup.settle():
        pass
