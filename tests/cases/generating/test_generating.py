"""Generated cases are cases: lawfully taken steps, whole chains, numbers without gaps, and the same for a seed."""

from datetime import date

import pytest
from django.db import connection, transaction

from casetrack.cases.generating import planning, running
from casetrack.cases.generating.loading import Loader
from casetrack.cases.generating.running import generate
from casetrack.cases.models import Case, CaseEvent, Deadline, Milestone, NumberSeries, Party
from casetrack.cases.searching import renamed, text_of
from casetrack.cases.verification import differences
from casetrack.organizations.models import Level, Organization, Region
from casetrack.stats import rebuilding, rollup
from tests.cases.generating.wishes import NOW, record, wish
from tests.cases.logging import log_dispute


def differing() -> list[str]:
    return [str(difference) for difference in differences(Case.objects.select_related("organization").order_by("pk"))]


def gaps() -> list[str]:
    """The series that don't run from one to their last number."""
    found = []
    for series in NumberSeries.objects.select_related("organization"):
        numbers = Case.objects.filter(
            organization=series.organization, kind=series.kind, number__contains=f"〔{series.year}〕"
        ).values_list("number", flat=True)
        given = sorted(int(number.rpartition("〕")[2].removesuffix("号")) for number in numbers)
        if given != list(range(1, series.last + 1)):
            found.append(f"{series.organization}{series.year}")
    return found


def test_the_record_and_its_figures_bear_out_every_generated_case(db: None) -> None:
    generate(wish(400))

    while rollup.settle():
        pass

    assert differing() == []
    assert list(rebuilding.differences(region="620522000000")) == []
    assert Case.objects.count() == 400


def test_all_kinds_come_with_people_open_and_overdue_cases_and_corrections(db: None) -> None:
    generate(wish(400))

    kinds = set(Case.objects.values_list("kind", flat=True))
    assert kinds == {"mediation", "petition", "petition_review", "reconsideration", "litigation", "legal_aid"}
    assert Case.objects.filter(closed_on=None).exists()
    assert Case.objects.filter(closed_on__isnull=False).exists()
    assert Case.objects.overdue_on(date(2024, 6, 1)).exists()
    assert Case.objects.filter(kind="petition", values__purpose="accusation").exists()
    assert CaseEvent.objects.filter(replaces__isnull=False).exists()
    assert not Case.objects.filter(parties=None).exists()
    assert not Deadline.objects.filter(receipt=[]).exists()
    assert all(case.private for case in Case.objects.all())
    named = set(Milestone.objects.values_list("name", flat=True))
    assert named >= {"contacted", "replied_publicly", "performance_due", "due_and_performed", "defaulted"}


def test_generated_cases_are_found_by_their_words_and_accusations_are_restricted(db: None) -> None:
    generate(wish(300))

    cases = Case.objects.order_by("pk")
    assert [case.search_text for case in cases] == [renamed(case) for case in cases]
    assert [case.search_text for case in cases] == [text_of(case) for case in cases]
    assert all(case.parties.earliest("pk").name in case.search_text for case in cases)
    assert {case.values["purpose"] for case in cases if case.restricted} == {"accusation"}


def test_a_seed_gives_the_same_cases_again_and_another_seed_others(db: None) -> None:
    records = []
    for seed in (7, 7, 8):
        point = transaction.savepoint()
        generate(wish(seed=seed))
        records.append(record())
        transaction.savepoint_rollback(point)

    first, again, other = records
    assert len(first) == 120
    assert first == again
    assert first != other


def test_numbers_go_on_where_the_offices_are(committee: Organization) -> None:
    log_dispute(committee, date(2024, 3, 1))

    generate(wish(200))

    assert gaps() == []
    assert Case.objects.filter(organization=committee, number="兴国镇第1村人调〔2024〕2号").exists()
    assert not Organization.objects.filter(name="城关镇人民调解委员会").exists()


def test_a_province_without_a_register_is_given_counties_with_towns_villages_and_offices(db: None) -> None:
    generate(wish(60, region="620000000000"))

    assert Region.objects.under("620000000000").at(Level.COUNTY).count() == 16
    assert Organization.objects.under("620000000000").filter(kind="petition_office").count() == 16
    assert Case.objects.under("620000000000").count() == 60


def test_one_that_stops_midway_leaves_whole_chunks_and_may_be_asked_again(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "CHUNK", 50)
    load, loaded = Loader.load, list[int]()

    def stop_at_the_third(self: Loader, chunk: int) -> int:
        if len(loaded) == 2:
            raise KeyboardInterrupt
        loaded.append(load(self, chunk))
        return loaded[-1]

    monkeypatch.setattr(Loader, "load", stop_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        generate(wish(300))
    monkeypatch.setattr(Loader, "load", load)
    generate(wish(100))

    assert loaded == [50, 50]
    assert Case.objects.count() == 200
    assert (differing(), gaps()) == ([], [])


def test_a_chunk_that_fails_leaves_nothing_behind(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("casetrack.cases.generating.loading.mark", refuse)

    with pytest.raises(RuntimeError):
        generate(wish(40))

    assert not Case.objects.exists()
    assert not NumberSeries.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_processes_make_the_cases_that_one_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "CHUNK", 40)
    monkeypatch.setattr(running, "CHUNK", 40)
    with transaction.atomic():  # in one transaction nothing is put off, and no index is changed
        generate(wish(160), processes=1)
        alone = record()
        transaction.set_rollback(True)

    options = index_options()
    heard: list[int] = []
    made = generate(wish(160), processes=2, progress=heard.append)

    assert made == sum(heard) == 160
    assert record() == alone
    assert (differing(), gaps()) == ([], [])
    assert index_options() == options


def index_options() -> list[tuple[str, list[str]]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, reloptions FROM pg_class WHERE relname LIKE 'case_%' ORDER BY 1")
        return [(name, options) for name, options in cursor.fetchall()]


def test_made_up_people_have_numbers_that_nobody_can_have(db: None) -> None:
    generate(wish(200))

    people = Party.objects.exclude(identity_index="")
    valid = [party for party in people if check_character(str(party.identity)) == str(party.identity)[17]]

    assert people.exists()
    assert valid == []
    assert {str(party.phone)[:2] for party in Party.objects.exclude(phone_index="")} == {"12"}


def check_character(identity: str) -> str:
    """As the standard for identity numbers (GB 11643) computes it."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(identity, weights, strict=False)) % 11]


def test_who_comes_twice_is_found_by_one_number(db: None) -> None:
    generate(wish(300))
    phones = [str(party.phone) for party in Party.objects.exclude(phone_index="")]
    twice = next(phone for phone in phones if phones.count(phone) > 1)

    found = Case.objects.with_party(twice)

    assert found.count() >= 2
    assert max(case.created_at for case in found) < NOW
