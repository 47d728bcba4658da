"""Figures that bodies report: added up over months and bodies, never made up where nothing was said."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db.models import Q

from casetrack.organizations.models import Organization, OrganizationKind, Region, ReportedVersion
from casetrack.organizations.reported.keeping import ReportedDraft, correct, report
from casetrack.stats import tracing
from casetrack.stats.answering import statistics
from casetrack.stats.closing import verifying
from casetrack.stats.closing.closing import close
from casetrack.stats.closing.restating import restatement
from casetrack.stats.figures import Answer, Coverage
from casetrack.stats.printing import as_text
from casetrack.stats.refusals import StatisticsRefused
from tests.stats.conftest import office
from tests.stats.world import CITY, GANGU, NOW, QINAN, day, log

YEAR = ("2025-01-01", "2025-12-31")
CONGRESS, CPPCC = {"origin": "congress"}, {"origin": "cppcc"}


@pytest.fixture
def bureau(regions: dict[str, Region]) -> Organization:
    return office(regions, OrganizationKind.JUSTICE_BUREAU, "秦安县司法局")


@pytest.fixture
def gangu_bureau(regions: dict[str, Region]) -> Organization:
    return Organization.objects.create(
        region=regions[GANGU], county=regions[GANGU], kind=OrganizationKind.JUSTICE_BUREAU, name="甘谷县司法局"
    )


@pytest.fixture
def city_bureau(regions: dict[str, Region]) -> Organization:
    return Organization.objects.create(
        region=regions[CITY], county=regions[CITY], kind=OrganizationKind.JUSTICE_BUREAU, name="天水市司法局"
    )


def state(
    body: Organization,
    name: str,
    days: tuple[str, str],
    value: str,
    *,
    whole_region: bool = False,
    qualifier: str = "",
    dimensions: dict[str, str] | None = None,
    now: datetime = NOW,
) -> ReportedVersion:
    """state(bureau, "legal_aid.advice_given", ("2025-01-01", "2025-01-31"), "52")"""
    subject, measure = name.split(".")
    draft = ReportedDraft(
        organization=body,
        subject=subject,
        measure=measure,
        first=day(days[0]),
        last=day(days[1]),
        value=Decimal(value),
        source="公共法律服务中心登记簿",
        dimensions=dimensions or {},
        whole_region=whole_region,
        qualifier=qualifier,
    )
    return report(draft=draft, actor=None, now=now)


def month(number: int) -> tuple[str, str]:
    return f"2025-{number:02}-01", f"2025-{number:02}-{28 if number == 2 else 30 if number in (4, 6, 9, 11) else 31}"


def asked(days: tuple[str, str] = YEAR, *, region: str = QINAN, by: str = "", as_of: date | None = None) -> Answer:
    return statistics(region=region, first=day(days[0]), last=day(days[1]), as_of=as_of, by=[[by]] if by else [])


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
