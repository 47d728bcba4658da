"""Stated figures of an edition: the entries behind them as they stood, and what was said since by whom and why."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils.timezone import localtime

from casetrack.accounts.models import User
from casetrack.cases.marks import settled
from casetrack.organizations.models import Organization, OrganizationKind, Region
from casetrack.organizations.reported.keeping import correct
from casetrack.stats.closing import verifying
from casetrack.stats.closing.closing import close
from casetrack.stats.closing.entries import entries_behind
from casetrack.stats.closing.explaining import unexplained
from casetrack.stats.closing.models import Edition
from casetrack.stats.closing.published import Asked, entry_of
from casetrack.stats.closing.restated import Restated
from casetrack.stats.closing.restating import restatement
from casetrack.stats.refusals import StatisticsRefused
from tests.stats.conftest import office
from tests.stats.stating import month, state
from tests.stats.world import NOW, QINAN, day, log

LATER = NOW + timedelta(days=1)
ADVICE = Asked("legal_aid", "advice_given", {})


@pytest.fixture
def bureau(regions: dict[str, Region]) -> Organization:
    return office(regions, OrganizationKind.JUSTICE_BUREAU, "秦安县司法局")


def closed(**asked: object) -> Edition:
    given = {"region": QINAN, "month": day("2025-03-01"), "actor": None, "now": NOW, **asked}
    closing: Callable[..., Edition] = close
    return closing(**given, without_confirmations="尚未实行")


def the_restated(edition: Edition, measure: str) -> Restated:
    (found,) = [each for each in restatement(edition) if each.name[3] == measure and not each.name[1]]
    return found


def test_the_entries_are_shown_as_they_stood_whatever_was_said_since(
    bureau: Organization, town_committee: Organization
) -> None:
    advice = state(bureau, "legal_aid.advice_given", month(3), "52")
    state(town_committee, "legal_aid.advice_given", month(3), "8")
    edition = closed()
    correct(figure_id=advice.figure_id, changes={"value": Decimal(55)}, reason="漏计", actor=None, now=LATER)
    state(bureau, "legal_aid.advice_given", month(3), "100", whole_region=True, now=LATER)

    behind = entries_behind(edition, ADVICE)

    assert entry_of(edition, ADVICE)["v"] == "60"
    assert sorted(int(entry.value or 0) for entry in behind) == [8, 52]


def test_what_was_said_since_is_told_with_who_when_and_why(bureau: Organization) -> None:
    clerk = User.objects.create_user("wang", display_name="王秀兰")
    advice = state(bureau, "legal_aid.advice_given", month(3), "52")
    edition = closed()
    correct(figure_id=advice.figure_id, changes={"value": Decimal(55)}, reason="漏计3件", actor=clerk, now=LATER)

    restated = the_restated(edition, "advice_given")

    assert (restated.published.value, restated.now.value, restated.otherwise) == (52, 55, (0, 0))
    (entry,) = restated.as_dict()["entries"]
    assert (entry["organization_name"], entry["before"], entry["after"]) == ("秦安县司法局", 52.0, 55.0)
    assert [(said["value"], said["entered_by"], said["reason"]) for said in entry["versions"]] == [
        (55.0, "王秀兰", "漏计3件")
    ]
    assert entry["versions"][0]["entered_at"] == localtime(LATER).isoformat()
    assert list(unexplained(edition)) == []


def test_what_is_reported_late_or_withdrawn_is_an_entry_that_did_not_count_or_does_no_more(
    bureau: Organization, town_committee: Organization
) -> None:
    advice = state(bureau, "legal_aid.advice_given", month(3), "52")
    edition = closed()
    state(town_committee, "legal_aid.advice_given", month(3), "8", now=LATER)
    correct(figure_id=advice.figure_id, changes={"value": None}, reason="报错月份", actor=None, now=LATER)

    restated = the_restated(edition, "advice_given")

    assert (restated.published.value, restated.now.value, restated.otherwise) == (52, 8, (0, 0))
    told = [(each["organization_name"], each["before"], each["after"]) for each in restated.as_dict()["entries"]]
    assert told == [("秦安县司法局", 52.0, None), (town_committee.name, None, 8.0)]


def test_a_stated_share_is_restated_by_its_own_statement(bureau: Organization) -> None:
    share = state(bureau, "hotline.handled_rate", month(3), "98.25", whole_region=True)
    edition = closed()
    correct(figure_id=share.figure_id, changes={"value": Decimal("98.5")}, reason="复核", actor=None, now=LATER)

    restated = the_restated(edition, "handled_rate")

    assert (restated.published.value, restated.now.value) == (Decimal("98.25"), Decimal("98.5"))
    assert [(each["before"], each["after"]) for each in restated.as_dict()["entries"]] == [(98.25, 98.5)]
    assert [entry.value for entry in entries_behind(edition, Asked("hotline", "handled_rate", {}))] == [
        Decimal("98.25")
    ]


def test_what_stood_instead_of_cases_counts_no_more_once_there_are_some(
    bureau: Organization, litigation_office: Organization
) -> None:
    state(bureau, "litigation.handled", month(3), "71", whole_region=True)
    edition = closed()
    log("litigation", litigation_office, ("notice", day("2025-03-05"), {"division": "administrative"}))

    restated = the_restated(edition, "handled")

    assert (restated.published.value, restated.now.value, restated.otherwise) == (71, 1, (0, 0))
    assert [(each["before"], each["after"]) for each in restated.as_dict()["entries"]] == [(71.0, None)]
    assert [int(each.value or 0) for each in entries_behind(edition, Asked("litigation", "handled", {}))] == [71]
    assert list(unexplained(edition)) == []


def test_what_is_reported_while_a_month_is_being_closed_restates_it(bureau: Organization) -> None:
    """Even if its clock says that it came before: the mark tells, not the time."""
    state(bureau, "legal_aid.advice_given", month(3), "52")
    mark = settled()
    state(bureau, "proposal.handled", month(3), "7", dimensions={"origin": "congress"}, now=NOW - timedelta(days=1))

    edition = closed(mark=mark)

    assert (entry_of(edition, ADVICE)["v"], entry_of(edition, Asked("proposal", "handled", {}))["v"]) == ("52", None)
    restated = the_restated(edition, "handled")
    assert (restated.published.value, restated.now.value) == (None, 7)


def test_what_cases_or_registers_say_has_no_entries(bureau: Organization) -> None:
    edition = closed()

    with pytest.raises(StatisticsRefused, match="不是报送数字"):
        entries_behind(edition, Asked("mediation", "received", {}))


def test_verify_recounts_what_was_stated_from_its_entries(bureau: Organization) -> None:
    advice = state(bureau, "legal_aid.advice_given", month(3), "52")
    rate = state(bureau, "hotline.handled_rate", month(3), "98.25", whole_region=True)
    edition = closed()

    rewritten({advice.pk: "57", rate.pk: "98.5"})

    where = (f"{QINAN}", f"{QINAN} 机构{bureau.pk}")  # of the region, and of the body in it
    assert set(verifying.differences(region=QINAN)) == {
        *(f"{edition}：{place} legal_aid [] advice_given ：公布52，按当时所知重新清点57" for place in where),
        *(f"{edition}：{place} hotline [] handled_rate ：公布98.25，按当时所知重新清点98.5" for place in where),
    }


def rewritten(values: dict[int, str]) -> None:
    """As someone with the keys of the database might."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE organizations_reportedversion DISABLE TRIGGER append_only")
        for pk, value in values.items():
            cursor.execute("UPDATE organizations_reportedversion SET value = %s WHERE id = %s", [value, pk])
        cursor.execute("ALTER TABLE organizations_reportedversion ENABLE TRIGGER append_only")
