"""What bodies state instead of cases: told only where the record has none of the kind, and never added to a count."""

import pytest

from casetrack.organizations.models import Organization, OrganizationKind, Region
from casetrack.organizations.reported.catalog import INSTEAD
from casetrack.stats import tracing
from casetrack.stats.answering import statistics
from casetrack.stats.balance import broken
from casetrack.stats.closing import archive, checking, verifying
from casetrack.stats.closing.closing import close
from casetrack.stats.closing.published import Asked, entry_of, list_behind
from casetrack.stats.closing.restating import restatement
from casetrack.stats.figures import Answer
from casetrack.stats.indicators import indicator
from casetrack.stats.refusals import StatisticsRefused
from tests.stats.conftest import office
from tests.stats.stating import month, state
from tests.stats.world import CITY, NOW, QINAN, TOWN, day, log


@pytest.fixture
def bureau(regions: dict[str, Region]) -> Organization:
    return office(regions, OrganizationKind.JUSTICE_BUREAU, "秦安县司法局")


def asked(region: str = QINAN, *, by: str = "") -> Answer:
    first, last = day("2025-03-01"), day("2025-03-31")
    return statistics(region=region, first=first, last=last, subjects=["litigation"], by=[[by]] if by else [])


def test_a_place_without_cases_is_told_what_its_bodies_state(bureau: Organization) -> None:
    state(bureau, "litigation.handled", month(3), "71", whole_region=True)

    answer = asked(by="division")

    figure = answer.find("litigation", "handled")
    assert figure is not None
    assert figure.as_dict()["reported"] == {"complete": True, "months": 1, "expected_months": 1}
    assert [found and found.value for found in (figure, asked(CITY).find("litigation", "handled"))] == [71, 71]
    assert tracing.total_of(figure.cases) == 71
    assert [int(entry.value) for entry in tracing.behind(figure.cases)] == [71]
    with pytest.raises(StatisticsRefused, match="没有对应的案件"):
        tracing.cases_behind(figure.cases)
    assert broken(answer) == []


def test_where_there_are_cases_they_are_counted_and_nothing_is_added(
    bureau: Organization, litigation_office: Organization
) -> None:
    state(bureau, "litigation.handled", month(3), "71", whole_region=True)
    log("litigation", litigation_office, ("notice", day("2024-01-05"), {"division": "administrative"}))

    figure = asked().find("litigation", "handled")

    assert figure is not None
    assert (figure.value, figure.coverage) == (1, None)
    assert tracing.total_of(figure.cases) == tracing.cases_behind(figure.cases).count() == 1


def test_what_is_nowhere_stated_stays_counted(bureau: Organization) -> None:
    figure = asked().find("litigation", "handled")

    assert figure is not None
    assert (figure.value, figure.coverage) == (0, None)


def test_an_edition_holds_what_was_stated_and_restates_it_once_cases_are_there(
    bureau: Organization, litigation_office: Organization
) -> None:
    state(bureau, "litigation.handled", month(3), "71", whole_region=True)
    edition = close(region=QINAN, month=day("2025-03-01"), actor=None, now=NOW, without_confirmations="尚未实行")
    handled = Asked("litigation", "handled", {})

    assert (entry_of(edition, handled)["v"], restatement(edition)) == ("71", [])
    assert list(verifying.differences(region=QINAN)) == []
    assert checking.check(archive.export(edition)) == []
    with pytest.raises(StatisticsRefused, match="由单位报送"):
        list(list_behind(edition, handled))

    log("litigation", litigation_office, ("notice", day("2024-01-05"), {"division": "administrative"}))

    found = {each.indicator.measure: each for each in restatement(edition) if not each.name[1]}
    assert (found["handled"].published.value, found["handled"].now.value) == (71, 1)
    assert list(verifying.differences(region=QINAN)) == []


def test_an_edition_holds_what_each_place_and_body_below_stated(
    bureau: Organization, town_committee: Organization
) -> None:
    state(bureau, "mediation.sweeps", month(3), "2")
    state(town_committee, "mediation.sweeps", month(3), "4")
    state(bureau, "proposal.handled", month(3), "7", dimensions={"origin": "congress"})
    edition = close(region=QINAN, month=day("2025-03-01"), actor=None, now=NOW, without_confirmations="尚未实行")

    def published(subject: str, region: str, body: Organization | None = None, **dimensions: str) -> str | None:
        measure = "sweeps" if subject == "mediation" else "handled"
        value: str | None = entry_of(edition, Asked(subject, measure, dimensions, region, body.pk if body else None))[
            "v"
        ]
        return value

    assert [published("mediation", code) for code in (QINAN, TOWN)] == ["6", "4"]
    assert [published("mediation", code, body) for code, body in ((QINAN, bureau), (TOWN, town_committee))] == [
        "2",
        "4",
    ]
    assert [published("proposal", QINAN, body) for body in (None, bureau)] == ["7", "7"]
    assert list(verifying.differences(region=QINAN)) == []
    assert checking.check(archive.export(edition)) == []


@pytest.mark.parametrize("name", [f"{each.subject}.{each.measure}" for each in INSTEAD])
def test_it_is_stated_in_the_unit_in_which_it_is_counted(name: str) -> None:
    stated = next(each for each in INSTEAD if f"{each.subject}.{each.measure}" == name)

    assert indicator(stated.subject, stated.measure).unit == stated.unit
