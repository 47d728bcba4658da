"""Behind a reported figure: its entries as they stand, corrected or withdrawn, and as they were known on a day."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db.models import Q

from casetrack.organizations.models import Organization, ReportedVersion
from casetrack.organizations.reported.keeping import correct
from casetrack.stats import tracing
from casetrack.stats.answering import statistics
from casetrack.stats.closing import verifying
from casetrack.stats.closing.closing import close
from casetrack.stats.closing.restating import restatement
from casetrack.stats.refusals import StatisticsRefused
from tests.stats.stating import YEAR, asked, month, state
from tests.stats.world import NOW, QINAN, day, log


def test_a_figure_opens_to_its_entries_as_they_stand(bureau: Organization) -> None:
    january = state(bureau, "legal_aid.advice_given", month(1), "52")
    state(bureau, "legal_aid.advice_given", month(2), "40")
    correct(
        figure_id=january.figure_id, changes={"value": Decimal(55)}, reason="漏计三人次", actor=None, now=NOW, version=1
    )
    figure = asked().find("legal_aid", "advice_given")
    assert figure is not None

    entries = list(tracing.behind(figure.cases).order_by("figure__first"))

    assert [(entry.value, entry.number, entry.source) for entry in entries] == [
        (Decimal(55), 2, "公共法律服务中心登记簿"),
        (Decimal(40), 1, "公共法律服务中心登记簿"),
    ]
    assert tracing.total_of(figure.cases) == figure.value == 95


def test_a_share_opens_to_the_entries_of_its_parts_or_to_its_statement(bureau: Organization) -> None:
    state(bureau, "hotline.received", month(1), "150", whole_region=True)
    state(bureau, "hotline.handled", month(1), "147", whole_region=True)
    state(bureau, "hotline.handled_rate", month(2), "97.5", whole_region=True)
    computed, stated = (asked(month(number)).find("hotline", "handled_rate") for number in (1, 2))
    assert computed is not None
    assert stated is not None

    totals = [tracing.total_of(computed.cases, part) for part in ("numerator", "denominator")]

    assert totals == [147, 150]
    assert [entry.value for entry in tracing.behind(stated.cases)] == [Decimal("97.5")]
    with pytest.raises(StatisticsRefused, match="分子还是分母"):
        tracing.behind(computed.cases)


def test_no_case_is_listed_for_what_was_reported(bureau: Organization) -> None:
    state(bureau, "legal_aid.advice_given", month(1), "52")
    figure = asked().find("legal_aid", "advice_given")
    assert figure is not None

    with pytest.raises(StatisticsRefused, match="没有对应的案件"):
        tracing.cases_behind(figure.cases)


def test_an_edition_keeps_what_was_reported_and_shows_what_was_corrected_since(bureau: Organization) -> None:
    advice = state(bureau, "legal_aid.advice_given", month(3), "52")
    state(bureau, "hotline.handled_rate", month(3), "98.25", whole_region=True)
    edition = close(region=QINAN, month=day("2025-03-01"), actor=None, now=NOW, without_confirmations="尚未实行")
    corrected = {"value": Decimal(55)}

    correct(figure_id=advice.figure_id, changes=corrected, reason="漏计", actor=None, now=NOW + timedelta(days=1))

    told = {(each["m"], each["v"]) for row in edition.rows.all() for each in row.figures if not row.breakdown}
    assert {("advice_given", "52"), ("handled_rate", "98.25")} <= told
    (restated,) = restatement(edition)
    assert restated.indicator.measure == "advice_given"
    assert (restated.published.value, restated.now.value, restated.otherwise) == (Decimal(52), 55, (0, 0))
    assert list(verifying.differences(region=QINAN)) == []


def test_what_is_withdrawn_counts_no_more(bureau: Organization) -> None:
    entry = state(bureau, "legal_aid.advice_given", month(1), "52")

    correct(figure_id=entry.figure_id, changes={"value": None}, reason="报错月份", actor=None, now=NOW)

    assert asked().find("legal_aid", "advice_given") is None


def test_what_was_known_on_a_day_can_be_asked_again(bureau: Organization) -> None:
    entry = state(bureau, "legal_aid.advice_given", month(1), "52")
    later = datetime(2026, 6, 5, 2, tzinfo=UTC)
    correct(figure_id=entry.figure_id, changes={"value": Decimal(55)}, reason="漏计", actor=None, now=later)

    values = [
        list(ReportedVersion.objects.standing(entered).values_list("value", flat=True))
        for entered in (
            Q(entered_at__lt=NOW),
            Q(entered_at__lt=datetime(2026, 6, 2, tzinfo=UTC)),
            Q(entered_at__lt=datetime(2026, 6, 6, tzinfo=UTC)),
            Q(),
        )
    ]

    assert values == [[], [Decimal(52)], [Decimal(55)], [Decimal(55)]]


def test_what_stood_instead_of_cases_is_still_what_was_known_before_the_first_case(
    bureau: Organization, litigation_office: Organization
) -> None:
    before = NOW - timedelta(days=1)
    state(bureau, "litigation.handled", YEAR, "71", whole_region=True, now=before)
    log("litigation", litigation_office, ("notice", day("2025-03-05"), {"division": "administrative"}))

    then, now = [
        statistics(region=QINAN, first=day(YEAR[0]), last=day(YEAR[1]), subjects=["litigation"], known_on=known_on)
        for known_on in (before.date(), None)
    ]

    told = [answer.find("litigation", "handled") for answer in (then, now)]
    assert [figure.value for figure in told if figure] == [71, 1]
    assert [tracing.total_of(figure.cases) for figure in told if figure] == [71, 1]
