"""Regions come into being once, with all above them, also when two importers want them at the same time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from casetrack.organizations.divisions import InvalidCode, level_of, parent_of
from casetrack.organizations.models import Level, Region
from casetrack.organizations.operations import Outcome, ensure_region, load_divisions
from tests.organizations.world import NATION, QINAN, TIANSHUI, XINGGUO, XINGGUO_VILLAGE
from tests.waiting import until


@pytest.mark.django_db
def test_a_village_comes_with_all_above_it() -> None:
    village, outcome = ensure_region(code=XINGGUO_VILLAGE, name="兴国镇第3村")

    assert outcome is Outcome.CREATED
    assert (village.name, village.level, village.parent_id) == ("兴国镇第3村", Level.VILLAGE, XINGGUO)
    assert Region.objects.ancestors_of(XINGGUO_VILLAGE).count() == 5


@pytest.mark.django_db
def test_a_region_nobody_has_named_goes_by_its_code_until_it_is_named() -> None:
    ensure_region(code=XINGGUO_VILLAGE)
    assert not Region.objects.get(pk=QINAN).named

    county, outcome = ensure_region(code=QINAN, name="秦安县")

    assert outcome is Outcome.CHANGED
    assert (county.name, county.named) == ("秦安县", True)


@pytest.mark.django_db
def test_a_region_wanted_twice_is_left_alone() -> None:
    ensure_region(code=QINAN, name="秦安县")

    county, outcome = ensure_region(code=QINAN, name="甘肃省秦安县")

    assert outcome is Outcome.UNCHANGED
    assert county.name == "秦安县"


@pytest.mark.django_db
def test_an_impossible_code_leaves_nothing_behind() -> None:
    with pytest.raises(InvalidCode):
        ensure_region(code="620522000203")

    assert not Region.objects.exists()


@pytest.mark.django_db
def test_a_subtree_is_found_by_its_range() -> None:
    for code in (XINGGUO_VILLAGE, "620523100000", "230304000000"):
        ensure_region(code=code)

    assert list(Region.objects.under(QINAN).order_by("code").values_list("code", flat=True)) == [
        QINAN,
        XINGGUO,
        XINGGUO_VILLAGE,
    ]
    assert Region.objects.under(TIANSHUI).at(Level.COUNTY).count() == 2
    assert Region.objects.under(NATION).count() == Region.objects.count()


@pytest.mark.django_db(transaction=True)
def test_an_importer_that_finds_another_at_work_waits_and_gives_the_name() -> None:
    other_has_inserted, this_one_waits = Event(), Event()

    def insert_without_a_name() -> None:
        with transaction.atomic():
            ensure_region(code=XINGGUO_VILLAGE)
            other_has_inserted.set()
            assert this_one_waits.wait(timeout=10)
        connection.close()

    def insert_with_a_name() -> None:
        assert other_has_inserted.wait(timeout=10)
        ensure_region(code=XINGGUO_VILLAGE, name="兴国镇第3村")
        connection.close()

    with ThreadPoolExecutor(max_workers=2) as threads:
        work = [threads.submit(insert_without_a_name), threads.submit(insert_with_a_name)]
        until(somebody_waits_for_a_lock)
        this_one_waits.set()
        for each in work:
            each.result(timeout=10)

    village = Region.objects.get(pk=XINGGUO_VILLAGE)
    assert (village.name, village.named) == ("兴国镇第3村", True)
    assert Region.objects.count() == 6


def somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        (waiting,) = cursor.fetchone()
    return bool(waiting)


@pytest.mark.django_db
def test_the_public_divisions_are_loaded_once() -> None:
    assert load_divisions()[Outcome.CREATED] == 377

    call_command("load_divisions", verbosity=0)

    assert load_divisions()[Outcome.UNCHANGED] == 377
    assert Region.objects.at(Level.PROVINCE).count() == 34
    assert Region.objects.get(pk=TIANSHUI).name == "天水市"


@pytest.mark.django_db
def test_every_public_division_stands_where_its_code_says() -> None:
    load_divisions()

    for region in Region.objects.all():
        assert region.named
        assert (region.level, region.parent_id) == (level_of(region.code), parent_of(region.code))


@pytest.mark.django_db
def test_the_public_name_replaces_one_that_an_importer_gave() -> None:
    ensure_region(code=TIANSHUI, name="天水")

    outcomes = load_divisions()

    assert outcomes[Outcome.CHANGED] == 1
    assert Region.objects.get(pk=TIANSHUI).name == "天水市"


@pytest.mark.django_db
def test_what_stands_above_a_region_has_its_public_name_before_anyone_loads_the_divisions() -> None:
    ensure_region(code=QINAN, name="秦安县")

    assert [region.name for region in Region.objects.ancestors_of(QINAN).order_by("code")] == [
        "中华人民共和国",
        "甘肃省",
        "天水市",
    ]
