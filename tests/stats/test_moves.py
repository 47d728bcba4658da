"""The past stays where it was: moves of offices, entered whenever, never move what came in before them."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from casetrack.cases.models import Case, Deadline, Milestone
from casetrack.cases.offices import change_office
from casetrack.cases.refolding import refold
from casetrack.cases.sweep import sweep
from casetrack.organizations.divisions import NATION
from casetrack.organizations.keeping import RegisterRefused
from casetrack.organizations.models import FormerRegion, Organization, Region
from casetrack.organizations.scope import Scope
from casetrack.stats import rebuilding, rollup, tracing
from casetrack.stats.answering import statistics
from casetrack.stats.closing import archive, checking, verifying
from casetrack.stats.closing.closing import ClosingRefused, close
from casetrack.stats.closing.models import Edition
from casetrack.stats.closing.restating import restatement
from casetrack.stats.figures import Answer
from casetrack.stats.indicators import Form
from casetrack.stats.questions import Basis, Organized
from tests.stats.test_organized import as_at_first, dispute, move, of_2024, received
from tests.stats.test_properties import FIRST, LAST, SLOW, cases, logged, numbers
from tests.stats.test_scoped import in_region
from tests.stats.world import CITY, GANGU, NOW, QINAN, TOWN, VILLAGE, day, take

COUNTED = ("mediation", "petition", "reconsideration", "litigation", "legal_aid")


def settle() -> None:
    while rollup.settle():
        pass


def verified() -> str:
    said = StringIO()
    call_command("verify", stdout=said)
    return said.getvalue()


def regions_of(office: Organization) -> tuple[set[str], set[str], set[str]]:
    """Where the cases of an office lie, their clocks, and where they count."""
    return (
        set(Case.objects.filter(organization=office).values_list("region_code", flat=True)),
        set(Deadline.objects.filter(organization=office).values_list("region_code", flat=True)),
        set(Milestone.objects.filter(organization=office).values_list("region_code", flat=True)),
    )


def test_cases_go_along_and_count_where_they_came_in(village_committee: Organization) -> None:
    dispute(village_committee)
    move(village_committee, GANGU)

    assert regions_of(village_committee) == ({GANGU}, {GANGU}, {VILLAGE})

    take(Case.objects.get(), "fail", day("2026-05-20"))
    settle()

    assert regions_of(village_committee) == ({GANGU}, {GANGU}, {VILLAGE})
    assert refold(region=NATION).changed == 0
    assert verified() == "核对1件案件，没有不一致\n"


def test_what_came_in_since_the_move_counts_in_the_new_place_though_it_was_entered_late(
    village_committee: Organization,
) -> None:
    dispute(village_committee, on="2024-03-05")
    dispute(village_committee, on="2024-03-15")
    settle()

    move(village_committee, GANGU, on="2024-03-10")
    settle()

    assert {code: received(of_2024(code, Organized.THEN)) for code in (CITY, QINAN, GANGU)} == {
        CITY: 2, QINAN: 1, GANGU: 1,
    }  # fmt: skip
    assert verified() == "核对2件案件，没有不一致\n"


def test_a_case_entered_after_the_move_counts_where_it_came_in(village_committee: Organization) -> None:
    move(village_committee, GANGU)
    dispute(village_committee)
    assert received(of_2024(VILLAGE, Organized.THEN)) == 1  # before it is settled, too
    settle()

    assert (received(of_2024(VILLAGE, Organized.THEN)), received(of_2024(GANGU, Organized.THEN))) == (1, 0)
    assert received(of_2024(GANGU, Organized.NOW)) == 1


def test_who_is_told_the_figure_of_the_old_place_is_shown_its_cases(village_committee: Organization) -> None:
    dispute(village_committee)
    settle()
    move(village_committee, GANGU)
    scope = Scope(grants=(in_region(QINAN),))
    figure = statistics(region=QINAN, first=FIRST, last=LAST, subjects=["mediation"], scope=scope).find(
        "mediation", "received"
    )
    assert figure is not None

    listed = tracing.cases_behind(figure.cases, scope=scope)

    assert (figure.value, listed.count(), Case.objects.in_scope(scope).count()) == (1, 1, 0)


def test_committees_are_counted_where_they_lay(village_committee: Organization) -> None:
    move(village_committee, GANGU, on="2026-05-01")

    def committees(region: str, last: str, organized: Organized = Organized.THEN) -> object:
        answer = statistics(
            region=region, first=day("2026-01-01"), last=day(last), subjects=["organization"], organized=organized
        )
        found = answer.find("organization", "mediation_committees")
        return found and found.value

    assert [committees(code, "2026-04-30") for code in (QINAN, GANGU)] == [1, 0]
    assert [committees(code, "2026-05-01") for code in (QINAN, GANGU)] == [0, 1]
    assert [committees(code, "2026-04-30", Organized.NOW) for code in (QINAN, GANGU)] == [0, 1]


def closed_march() -> Edition:
    settle()
    return close(region=QINAN, month=day("2024-03-01"), actor=None, now=NOW, without_confirmations="尚未实行")


def test_a_month_is_not_closed_while_a_case_lies_where_its_office_no_longer_does(
    village_committee: Organization,
) -> None:
    """It was being entered while the office moved: published here, it would be counted there ever after."""
    as_read_before = Organization.objects.get(pk=village_committee.pk)
    move(village_committee, GANGU, on="2024-03-01")
    dispute(as_read_before, on="2024-03-15")

    with pytest.raises(ClosingRefused, match="尚未随机构迁移"):
        closed_march()
    sweep(now=NOW, limit=10)
    edition = closed_march()

    assert edition.cases == 0
    assert restatement(edition) == []
    assert list(verifying.differences(region=CITY)) == []


def test_an_edition_stays_what_it_was_and_a_move_entered_afterwards_is_told(village_committee: Organization) -> None:
    dispute(village_committee, on="2024-03-05")
    dispute(village_committee, on="2024-03-15")
    edition = closed_march()

    move(village_committee, GANGU, on="2024-03-10")
    settle()

    restated = {each.indicator.measure: each for each in restatement(edition) if not each.name[1]}
    assert (restated["received"].published.value, restated["received"].now.value) == (2, 1)
    assert [len(each.moved) for each in restated.values() if each.indicator.measure == "received"] == [1]
    assert restated["received"].otherwise == (0, 0)
    assert list(verifying.differences(region=NATION)) == []
    assert checking.check(archive.export(edition)) == []
    again = close(
        region=QINAN,
        month=day("2024-03-01"),
        actor=None,
        now=NOW,
        reason="机构划转",
        without_confirmations="尚未实行",
    )
    assert restatement(again) == []
    assert list(verifying.differences(region=NATION)) == []


def test_an_edition_that_knew_of_the_move_is_the_same_after_a_further_one(village_committee: Organization) -> None:
    dispute(village_committee)
    move(village_committee, GANGU, on="2026-04-01")
    edition = closed_march()

    move(village_committee, CITY, on="2026-05-01")
    settle()

    assert restatement(edition) == []
    assert list(verifying.differences(region=NATION)) == []


@pytest.mark.parametrize(
    ("region", "on", "reason"),
    [
        (GANGU, "2026-06-02", "晚于今天"),
        (GANGU, "2026-04-01", "应晚于此日"),
        ("450102000000", "2026-05-20", "适用不同的"),
    ],
)
def test_a_move_that_cannot_be_is_refused(village_committee: Organization, region: str, on: str, reason: str) -> None:
    move(village_committee, QINAN, on="2026-04-01")

    with pytest.raises(RegisterRefused, match=reason):
        move(village_committee, region, on=on)
    assert FormerRegion.objects.count() == 1


def test_a_move_without_its_day_or_a_day_without_a_move_is_refused(village_committee: Organization) -> None:
    for changes in ({"region": GANGU}, {"moved_on": day("2026-05-01")}):
        with pytest.raises(RegisterRefused, match="请"):
            change_office(organization_id=village_committee.pk, changes=changes, actor=None, now=NOW)


def test_where_an_office_lay_cannot_be_rewritten(village_committee: Organization) -> None:
    move(village_committee, GANGU)

    for change in (
        lambda: FormerRegion.objects.update(until=date(2020, 1, 1)),
        lambda: FormerRegion.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_an_office_put_elsewhere_by_hand_is_found(village_committee: Organization, regions: dict[str, Region]) -> None:
    move(village_committee, GANGU)
    Organization.objects.filter(pk=village_committee.pk).update(settled_on=None)

    with pytest.raises(Exception, match="发现1处不一致"):
        call_command("verify", stdout=StringIO())


@SLOW
@given(st.data())
def test_no_move_changes_the_past_and_regions_add_up(offices: list[Organization], data: st.DataObject) -> None:
    as_at_first(offices)
    with logged(cases(data, offices)):
        settle()
        subject = data.draw(st.sampled_from(COUNTED))
        before = {code: figures(code, subject) for code in (CITY, QINAN, GANGU, TOWN, VILLAGE)}
        on = LAST + timedelta(days=1)
        for _ in range(data.draw(st.integers(1, 4))):
            office = data.draw(st.sampled_from(offices))
            move(office, data.draw(st.sampled_from([CITY, QINAN, GANGU, TOWN, VILLAGE])), on=str(on))
            on += timedelta(days=1)
            if data.draw(st.booleans()):
                refold(region=NATION)
            if data.draw(st.booleans()):
                settle()

        after = {code: figures(code, subject) for code in before}

        assert {code: numbers(found) for code, found in after.items()} == {
            code: numbers(found) for code, found in before.items()
        }
        assert_children_add_up(after)
        assert refold(region=NATION).changed == 0
        settle()
        assert rebuilding.differences() == []


def figures(region: str, subject: str) -> Answer:
    return statistics(region=region, first=FIRST, last=LAST, subjects=[subject], basis=Basis.EVENTS)


def assert_children_add_up(found: dict[str, Answer]) -> None:
    """A city without offices of its own is the sum of its counties."""
    for figure in found[CITY].figures:
        if figure.indicator.form in (Form.COUNT, Form.AMOUNT):
            parts = [found[code].find(figure.subject, figure.measure) for code in (QINAN, GANGU)]
            assert figure.value == sum(each.value or 0 for each in parts if each)
