"""What is published of an answer: totals whole, and in groups nothing from which fewer than five can be worked out."""

import pytest

from casetrack.organizations.models import Organization
from casetrack.stats.answering import statistics
from casetrack.stats.disclosure import for_public
from casetrack.stats.figures import Answer
from casetrack.stats.refusals import StatisticsRefused
from tests.stats.world import QINAN, day, log

FIRST, LAST = day("2024-01-01"), day("2024-12-31")


def petitions(office: Organization, channel: str, number: int, *, withdrawn: int = 0) -> None:
    for place in range(number):
        steps = [("register", day("2024-03-05"), {"channel": channel, "purpose": "appeal"})]
        log("petition", office, *steps, *([("withdraw", day("2024-03-06"))] if place < withdrawn else []))


def published(*by: list[str]) -> Answer:
    return for_public(statistics(region=QINAN, first=FIRST, last=LAST, subjects=["petition"], by=by))


def shown(answer: Answer, measure: str, **dimensions: str) -> str:
    found = answer.find("petition", measure, **dimensions)
    return found.shown if found else ""


def by_channel(answer: Answer, measure: str) -> dict[str, str]:
    found = [figure for figure in answer.figures if figure.measure == measure and set(figure.dimensions) == {"channel"}]
    return {figure.dimensions["channel"]: figure.shown for figure in found}


def test_a_small_count_and_one_beside_it_are_withheld(petition_office: Organization) -> None:
    petitions(petition_office, "letter", 3)
    petitions(petition_office, "visit", 7)
    petitions(petition_office, "online", 9)

    answer = published(["channel"])

    received = by_channel(answer, "received")
    assert received == {"letter": "*", "visit": "*", "online": "9", "phone": "0", "fax": "0", "delegated": "0"}
    assert shown(answer, "received") == "19"


def test_the_total_stays_however_small(petition_office: Organization) -> None:
    petitions(petition_office, "letter", 2)

    answer = published(["channel"])

    assert shown(answer, "received") == "2"
    assert shown(answer, "received", channel="letter") == "*"
    # without another one hidden beside it, only the letters could be the two
    assert list(by_channel(answer, "received").values()).count("*") == 2


def test_a_small_figure_takes_the_others_of_its_group_with_it_and_leaves_what_was_received(
    petition_office: Organization,
) -> None:
    petitions(petition_office, "letter", 6, withdrawn=2)
    petitions(petition_office, "visit", 8)
    petitions(petition_office, "online", 9)

    answer = published(["channel"])

    assert [by_channel(answer, "received")[name] for name in ("letter", "visit", "online")] == ["6", "8", "9"]
    assert [by_channel(answer, "pending")[name] for name in ("letter", "visit", "online")] == ["*", "*", "9"]
    assert [by_channel(answer, "closed")[name] for name in ("letter", "visit", "online")] == ["*", "*", "0"]
    assert by_channel(answer, "closure_rate")["letter"] == "*"


def test_breakdowns_asked_together_do_not_give_one_another_away(petition_office: Organization) -> None:
    petitions(petition_office, "letter", 6, withdrawn=6)
    petitions(petition_office, "visit", 9, withdrawn=2)
    petitions(petition_office, "online", 7, withdrawn=7)

    answer = published(["channel"], ["outcome"], ["channel", "outcome"])

    closed = {
        tuple(figure.dimensions.values()): figure.shown
        for figure in answer.figures
        if figure.measure == "closed" and figure.value != 0
    }
    assert closed[()] == "15"
    assert closed["visit",] == "*"
    # fifteen less what is seen of the channels must not leave the two
    assert sum(closed.get((name,)) == "*" for name in ("letter", "online")) == 1


def test_a_rate_that_is_missing_does_not_tell_which_of_two_hidden_groups_is_empty(
    petition_office: Organization,
) -> None:
    petitions(petition_office, "letter", 2)

    rates = by_channel(published(["channel"]), "closure_rate")

    assert len(rates) == 2
    assert set(rates.values()) == {"*"}


def test_a_withheld_figure_says_so_and_gives_no_part_of_itself(petition_office: Organization) -> None:
    petitions(petition_office, "letter", 3)

    answer = published(["channel"])

    rate = answer.find("petition", "closure_rate", channel="letter")
    assert rate
    row = rate.as_dict()
    assert (row["value"], row["numerator"], row["denominator"], row["suppressed"]) == (None, None, None, True)
    total = answer.find("petition", "closure_rate")
    assert total
    assert "suppressed" not in total.as_dict()


def test_a_combination_that_does_not_occur_may_be_hidden_like_one_that_does(petition_office: Organization) -> None:
    petitions(petition_office, "letter", 2)
    petitions(petition_office, "visit", 9)

    answer = published(["channel", "purpose"])

    hidden = {tuple(figure.dimensions.values()) for figure in answer.figures if figure.withheld}
    assert ("letter", "appeal") in hidden
    assert all(figure.value is None for figure in answer.figures if figure.withheld)


def test_a_breakdown_too_fine_to_be_published_is_refused(petition_office: Organization) -> None:
    petitions(petition_office, "letter", 2)

    with pytest.raises(StatisticsRefused, match="对外公布的分组最多2个维度"):
        published(["channel", "purpose", "category"])
