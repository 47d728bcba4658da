"""A province of two prefectures, each its own database on another server, gives the figures of one that holds all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError
from django.db import transaction
from pytest_django import DjangoDbBlocker

from casetrack.cases.generating.planning import Wish
from casetrack.cases.generating.running import generate
from casetrack.kinds import KINDS
from casetrack.organizations.models import OrganizationKind, Region
from casetrack.organizations.regions import ensure_regions
from casetrack.organizations.scope import EVERYTHING
from casetrack.stats import rebuilding, tracing
from casetrack.stats.answering import months, statistics
from casetrack.stats.closing.closing import close
from casetrack.stats.figures import Answer
from casetrack.stats.glance import glances
from casetrack.stats.questions import Basis
from casetrack.stats.refusals import StatisticsRefused
from tests.clusters import FROM_NPM, Cluster, at, clusters, filled, rows_of, schema
from tests.commands import said_by
from tests.stats.conftest import office
from tests.stats.world import day, log
from tests.undoing import undone
from workers.doctoring.findings import Visit
from workers.doctoring.nodes import nodes_answer

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.xdist_group("servers of its own"),
    pytest.mark.skipif(not FROM_NPM.is_dir(), reason="PostgreSQL with postgres_fdw is not there: make .venv"),
]
NOW = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
PROVINCE, LANZHOU, TIANSHUI = "620000000000", "620100000000", "620500000000"
ANNING, QINAN = "620105000000", "620522000000"
YEAR: dict[str, Any] = {"first": date(2024, 1, 1), "last": date(2024, 12, 31)}
PLACES = ("000000000000", PROVINCE, LANZHOU, QINAN)
TABLES = ("organizations_region", "organizations_organization")
Numbers = dict[Any, Any]


def numbers(answer: Answer) -> Numbers:
    return {
        (figure.subject, figure.measure, tuple(sorted(figure.dimensions.items()))): figure.value
        for figure in answer.figures
        if figure.value
    }


def asked_of(place: str) -> dict[str, Any]:
    """Breakdowns are asked one by one, since cells hold some of some kinds only."""
    return {**YEAR, "region": place, "subjects": list(KINDS)}


@dataclass(frozen=True)
class World:
    """What one database says of each place, and the same cases in three."""

    truth: dict[str, Numbers]
    divided: Numbers
    nodes: Cluster
    province: dict[str, Any]
    lanzhou: dict[str, Any]
    tianshui: dict[str, Any]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), clusters("above", "below", from_npm=True) as (above, below):
        with undone():
            ensure_regions(names={ANNING: "安宁区", QINAN: "秦安县"})
            generate(
                Wish(cases=120, region=PROVINCE, first=date(2023, 11, 1), last=date(2024, 10, 31), seed=7, now=NOW)
            )
            own = office(Region.objects.in_bulk(), OrganizationKind.PETITION_OFFICE, "甘肃省信访局", PROVINCE)
            log("petition", own, ("register", day("2024-03-05"), {"channel": "visit", "purpose": "appeal"}))
            rebuilding.rebuild()
            truth = {place: numbers(statistics(**asked_of(place))) for place in PLACES}
            divided = numbers(statistics(**YEAR, region=PROVINCE, subjects=["mediation"], by=[["category"]]))
            kept = {table: rows_of(f"SELECT * FROM {table}") for table in TABLES}
            marks = {place: rows_of(f"SELECT * FROM cases_milestone WHERE {where}") for place, where in SHARES.items()}
        made_of = schema()
        for server in (above, below):
            server.make()
            server.start()
            server.execute("CREATE ROLE casetrack LOGIN")
        found = {}
        for place, (server, name) in {
            PROVINCE: (above, "province"),
            LANZHOU: (below, "lanzhou"),
            TIANSHUI: (below, "tianshui"),
        }.items():
            rows = {**kept, "cases_milestone": marks[place]}
            found[place] = filled(server, name, rows, owner="casetrack", made_of=made_of)
            with at(found[place]), transaction.atomic():
                rebuilding.rebuild()
        above.execute(
            "CREATE EXTENSION postgres_fdw",
            "GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO casetrack",
            database="province",
        )
        yield World(truth, divided, below, found[PROVINCE], found[LANZHOU], found[TIANSHUI])


SHARES = {
    PROVINCE: f"region_code = '{PROVINCE}'",
    LANZHOU: "region_code LIKE '6201%'",
    TIANSHUI: "region_code LIKE '6205%'",
}


def run(*argv: str) -> str:
    return said_by("federation", *argv)


def address(world: World, name: str, password: str = "secret") -> str:
    return f"postgresql://casetrack_cells:{password}@/{name}?host={world.nodes.folder}"


def test_a_node_asks_for_its_reader_before_it_opens_anything(world: World) -> None:
    with (
        at(world.lanzhou),
        pytest.raises(CommandError, match='没有数据库角色 casetrack_cells.*CREATE ROLE "casetrack_cells" LOGIN'),
    ):
        run("open", "--region", "6201")


def test_the_province_adds_up_its_nodes_to_the_figures_of_one_database(world: World) -> None:
    world.nodes.execute("CREATE ROLE casetrack_cells LOGIN PASSWORD 'secret'")
    for database, region in ((world.lanzhou, "6201"), (world.tianshui, "6205")):
        with at(database):
            assert "可以读取" in run("open", "--region", region)
    with at(world.tianshui):
        assert "本库中还没有该地区的案件" in run("open", "--region", "6201")
        assert "本库中还没有" not in run("open", "--region", "6205")

    with at(world.lanzhou), pytest.raises(CommandError, match="本库已向上级开放统计单元"):
        run("add", "--node", "6205", "--url", address(world, "tianshui"))
    with at(world.province):
        assert "secret" not in run("add", "--node", "6205", "--url", address(world, "tianshui"), "--dry-run")
        for node, url, said in (
            ("6201", address(world, "lanzhou", "guess"), "读不到兰州市.*password authentication failed.*请核对 --url"),
            ("6201", address(world, "lanzhou", ""), "请在 --url 或 CASETRACK_NODE_PASSWORD 中给出该角色的口令"),
            ("6201", address(world, "postgres"), "请先在该节点上运行 federation open，并核对 --url 中的数据库名"),
            ("6205", address(world, "lanzhou"), "可能是为别的地区开放的.*federation open --region 620500000000"),
        ):
            with pytest.raises(CommandError, match=f"登记节点未完成，什么也没有改变：.*{said}"):
                run("add", "--node", node, "--url", url)
        assert run("list") == "没有登记节点\n"
        assert "兰州市" in run("add", "--node", "6201", "--url", address(world, "lanzhou"))
        with pytest.raises(CommandError, match="开放的单元会缺少它们"):
            run("open", "--region", "62")
        assert "天水市" in run("add", "--node", "6205", "--url", address(world, "tianshui"))
        with pytest.raises(CommandError, match="重叠，同一案件会计两次"):
            run("add", "--node", "620522", "--url", address(world, "tianshui"))

        answers = {place: statistics(**asked_of(place)) for place in PLACES}
        by_category = statistics(**YEAR, region=PROVINCE, subjects=["mediation"], by=[["category"]])

    assert {place: numbers(answer) for place, answer in answers.items()} == world.truth
    assert {answer.basis for answer in answers.values()} == {Basis.NODES}
    assert world.truth[PROVINCE]["petition", "received", ()] > world.truth[QINAN]["petition", "received", ()] > 0
    assert numbers(by_category) == world.divided


def test_the_reader_of_a_node_sees_its_cells_and_nothing_else(world: World) -> None:
    login = f"host={world.nodes.folder} user=casetrack_cells password=secret dbname=tianshui"
    with psycopg.connect(login, autocommit=True) as reader:
        assert reader.execute("SELECT DISTINCT left(region_code, 4) FROM federation.blocks").fetchall() == [("6205",)]
        for table in ("cases_case", "cases_party", "cases_milestone", "organizations_organization", "stats_cellblock"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                reader.execute(f"SELECT * FROM public.{table}".encode())
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            reader.execute("DELETE FROM federation.blocks")


def test_what_can_not_be_told_of_nodes_is_refused_and_never_told_of_the_rest(world: World) -> None:
    with at(world.province):
        asked: dict[str, Any]
        for asked in (
            {"last": date(2024, 12, 15)},
            {"basis": Basis.EVENTS},
            {"subjects": ["training"]},
            {"by": [["category", "source"]], "subjects": ["mediation"]},
            {"region": "620522100000"},
        ):
            with pytest.raises(StatisticsRefused):
                statistics(**{**YEAR, "region": PROVINCE, **asked})
        query = {"subject": "petition", "measure": "received", "region": PROVINCE, "dimensions": {}}
        with pytest.raises(StatisticsRefused, match="甘肃省的案件全部或部分在下级节点"):
            tracing.understood({**query, "from": "2024-01-01", "to": "2024-12-31", "as_of": "2024-12-31"})
        with pytest.raises(StatisticsRefused, match="请到节点办理"):
            close(region=PROVINCE, month=date(2024, 3, 1), actor=None, now=NOW)
        with pytest.raises(StatisticsRefused):
            months(year=2024, region=PROVINCE)
        assert glances(posts=(), nation=True, month=date(2024, 3, 1), scope=EVERYTHING, today=date(2024, 4, 1)) == []


def test_a_node_that_has_not_counted_yet_is_named(world: World) -> None:
    mark = (
        "INSERT INTO stats_unsettledregion (region_id, kind, month) VALUES ('620522000000', 'petition', '2024-{}-01')"
    )
    world.nodes.execute(mark.format("11"), database="tianshui")
    try:
        with at(world.province):
            with pytest.raises(StatisticsRefused, match="节点天水市（620500000000）的“信访”自2024-11起有变动尚未汇总"):
                statistics(**asked_of(PROVINCE))
            until_october: dict[str, Any] = {"first": date(2024, 1, 1), "last": date(2024, 10, 31), "region": PROVINCE}
            assert statistics(**until_october, subjects=["petition"]).basis is Basis.NODES
            assert "天水市（620500000000）：信访有变动待汇总" in run("list")
    finally:
        world.nodes.execute("DELETE FROM stats_unsettledregion", database="tianshui")


def test_a_node_that_is_down_is_named_and_no_smaller_figure_given(world: World) -> None:
    world.nodes.execute("ALTER DATABASE tianshui CONNECTION LIMIT 0")
    with at(world.province):
        with pytest.raises(StatisticsRefused, match="节点天水市（620500000000）没有应答，少了它的数字会偏小"):
            statistics(**asked_of(PROVINCE))
        assert numbers(statistics(**asked_of(LANZHOU))) == world.truth[LANZHOU]
    world.nodes.stop()

    with at(world.province):
        with pytest.raises(StatisticsRefused, match="节点兰州市（620100000000）没有应答"):
            statistics(**asked_of(PROVINCE))
        with pytest.raises(CommandError, match="2个节点没有应答"):
            run("list")
        with transaction.atomic():  # as the doctor asks
            told = [finding.said for finding in nodes_answer(Visit(NOW, NOW.date(), trial=False))]
        assert [said.partition("没有应答")[0] for said in told] == [
            "节点兰州市（620100000000）",
            "节点天水市（620500000000）",
        ]
        assert "已移除节点620500000000" in run("remove", "--node", "6205")
        with pytest.raises(CommandError, match="没有区划代码为“620500000000”的节点"):
            run("remove", "--node", "6205")
