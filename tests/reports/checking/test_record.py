"""Claims against the record of 秦安县 in the spring of 2024: three disputes received, one carried over, one letter."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.forms import model_to_dict

from casetrack.lib.months import last_day
from casetrack.organizations.models import Organization
from casetrack.stats.closing.closing import close
from casetrack.stats.closing.models import Edition
from casetrack.stats.refusals import StatisticsRefused
from reports.checking.claims import Claim, Nearness
from reports.checking.record.comparing import Wish, against_record
from tests.cases.logging import log_dispute
from tests.reports.checking.claiming import claim
from tests.reports.world import QINAN, settle

TODAY = date(2025, 3, 1)
AFTER = datetime(2025, 1, 20, 2, 0, tzinfo=UTC)
SPRING = Wish(QINAN, 2024)
SUCCESS = claim("66.7", "%", of="mediation.success_rate")
PENDING = claim("1", of="mediation.pending")
WHOLE = "没有与之对应的统计指标"


def told(said: Claim, wish: Wish = SPRING) -> dict[str, Any]:
    (row,) = against_record([said], wish, today=TODAY)
    return row.as_json()


def short(said: Claim, wish: Wish = SPRING) -> tuple[Any, ...]:
    row = told(said, wish)
    return row["verdict"], row["agreement"], row["value"], row["difference"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (claim("3"), ("equal", "exact", 3, 0)),
        (claim("5"), ("differs", None, 3, 2)),
        (claim("4", of="mediation.handled"), ("equal", "exact", 4, 0)),
        (claim("1", of="mediation.carried_over"), ("equal", "exact", 1, 0)),
        (claim("1", of="mediation.received", category="contract"), ("equal", "exact", 1, 0)),
        (claim("1", of="petition.received", channel="letter"), ("equal", "exact", 1, 0)),
        (claim("1", of="petition.received", channel="letter,visit"), ("equal", "exact", 1, 0)),
        (claim("0", of="petition.received", channel="visit"), ("equal", "exact", 0, 0)),
        (claim("66.7", "%", of="mediation.success_rate"), ("equal", "rounded", 66.6667, 0.0333)),
        (claim("66.6", "%", of="mediation.success_rate"), ("equal", "truncated", 66.6667, -0.0667)),
        (claim("65", "%", of="mediation.success_rate"), ("differs", None, 66.6667, -1.6667)),
        (claim("12345", "元", of="mediation.agreement_amount"), ("equal", "exact", 12345, 0)),
        (claim("50", "次", of="legal_aid.advice_given", nearness=Nearness.OVER), ("equal", "approximate", 52, -2)),
        (claim("40", "人次", of="training.attendance"), ("equal", "exact", 40, 0)),
        (claim("1", period="last"), ("equal", "exact", 1, 0)),
        (claim("200", "%", of="mediation.received_year_on_year", change="up"), ("equal", "exact", 200, 0)),
        (claim("200", "%", of="mediation.received_year_on_year", change="down"), ("differs", None, -200, 400)),
    ],
)
def test_a_claim_is_equal_or_differs_by_so_much(spring: object, said: Claim, expected: tuple[Any, ...]) -> None:
    assert short(said) == expected


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (claim("9", of="general."), "本系统不记录这一事项"),
        (claim("9", of="mediation."), WHOLE),
        (claim("9", of="mediation.received", channel="letter"), "不按这样的分组"),
        (claim("9", of="petition.received", channel="pigeon"), "没有这样的分组"),
        (claim("9", "%", of="petition.resolution_rate"), "没有可以计算的案件"),
        (claim("9", "%"), "单位与统计指标不同"),
        (claim("9", of="mediation.sweeps"), "一期的报送记录"),
        (claim("9", of="litigation.received"), "该年没有这类案件的记录"),
        (claim("9", of="training.sessions", period="last"), "名册中没有这样的登记"),
        (claim("9", "件", of="mediation.received", change="up"), WHOLE),
        (replace(claim("3"), narrowed=True), "的一部分"),
    ],
)
def test_what_is_not_in_the_record_says_why(spring: object, said: Claim, reason: str) -> None:
    row = told(said)

    assert (row["verdict"], row["value"], row["source"]) == ("not_in_record", None, None)
    assert reason in row["reason"]


def test_a_share_tells_its_parts_and_its_days(spring: object) -> None:
    row = told(claim("66.7", "%", of="mediation.success_rate"), Wish(QINAN, 2024, as_of=date(2024, 12, 31)))

    assert (row["numerator"], row["denominator"], row["source"], row["published"]) == (2, 3, "current", None)
    assert (row["from"], row["to"], row["as_of"]) == ("2024-01-01", "2024-12-31", "2024-12-31")


def test_a_cut_off_leaves_out_what_came_later(spring: object) -> None:
    assert short(claim("2"), Wish(QINAN, 2024, as_of=date(2024, 3, 10))) == ("equal", "exact", 2, 0)


def test_small_groups_are_withheld_from_the_public(spring: object) -> None:
    wish = replace(SPRING, public=True)

    assert told(claim("1", category="contract"), wish)["reason"] == "数目过小，不对外公布"
    assert short(claim("3"), wish) == ("equal", "exact", 3, 0)


def test_what_a_reader_may_not_see_is_not_compared(spring: object) -> None:
    row = told(claim("3"), replace(SPRING, subjects=["petition"]))

    assert (row["verdict"], row["value"], row["reason"]) == ("not_in_record", None, "您无权查看这一统计主题")


@pytest.mark.parametrize(
    ("wish", "message"),
    [
        (Wish("620599000000", 2024), "没有区划代码"),
        (Wish(QINAN, 2030), "尚未开始"),
        (Wish(QINAN, 2024, as_of=date(2023, 1, 1)), "早于统计期的开始日"),
    ],
)
def test_a_place_or_year_that_can_not_be_meant_is_refused(spring: object, wish: Wish, message: str) -> None:
    with pytest.raises(StatisticsRefused, match=message):
        against_record([claim("3")], wish, today=TODAY)


def of_the_same(edition: Edition) -> dict[str, Any]:
    return {"region": edition.region, "definitions": edition.definitions, "closed_by": None}


def close_year(*really: int) -> None:
    """Some months as they were; the others hold nothing, and are only written down."""
    for month in really:
        close(region=QINAN, month=date(2024, month, 1), without_confirmations="试行", actor=None, now=AFTER)
    edition = Edition.objects.earliest("pk")
    for month in {*range(1, 13)} - {*really}:
        first = date(2024, month, 1)
        days = dict.fromkeys(edition.days, [str(first), str(last_day(first))])
        Edition.objects.create(
            **{**model_to_dict(edition, exclude=["id"]), **of_the_same(edition), "month": first, "days": days}
        )


def test_a_year_closed_throughout_shows_what_was_published_beside_what_is_now(spring: list[Organization]) -> None:
    close_year(2, 3, 12)
    log_dispute(spring[2], date(2024, 5, 6))
    settle()

    as_published, as_now, wrong, rate, pending = (
        row.as_json() for row in against_record([*map(claim, ("3", "4", "7")), SUCCESS, PENDING], SPRING, today=TODAY)
    )

    assert as_published["published"] == {"value": 3, "numerator": None, "denominator": None}
    assert (as_published["source"], as_published["verdict"], as_published["value"]) == ("edition", "equal", 4)
    assert (as_now["source"], as_now["verdict"]) == ("current", "equal")
    assert (wrong["source"], wrong["verdict"], wrong["difference"]) == ("edition", "differs", 4)
    assert rate["published"] == {"value": 50, "numerator": 1, "denominator": 2}
    assert (pending["published"]["value"], pending["value"]) == (1, 2)


def test_a_claim_that_is_right_by_another_definition_of_its_word_is_equal_and_says_by_which(spring: object) -> None:
    (row,) = against_record([claim("75", "%", of="mediation.closure_rate")], SPRING, today=TODAY)

    assert (row.as_json()["verdict"], row.as_json()["label"], row.as_json()["value"]) == (
        "equal",
        "结案率（含结转）",
        75,
    )
    assert row.as_json()["usual"] == {"label": "办结率", "value": 66.6667, "numerator": 2, "denominator": 3}
    assert "按“结案率（含结转）”" in row.words
    assert "办结率为66.6667%（2/3）" in row.words


def test_a_claim_that_no_definition_fits_is_held_against_the_usual_one(spring: object) -> None:
    row = told(claim("80", "%", of="mediation.closure_rate"))

    assert (row["verdict"], row["label"], row["usual"]) == ("differs", "办结率", None)


def test_the_difference_is_told_in_a_sentence(spring: object) -> None:
    (row,) = against_record([claim("7")], SPRING, today=TODAY)

    assert row.words == "与记录不一致，相差4件：收到，记录现为3件"


def test_a_year_with_a_month_left_open_has_no_published_figure(spring: object) -> None:
    close(region=QINAN, month=date(2024, 3, 1), without_confirmations="试行", actor=None, now=AFTER)

    assert told(claim("3"))["published"] is None
