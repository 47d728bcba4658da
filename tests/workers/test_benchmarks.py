"""The benchmarks compare like with like, and say so in the form that is read."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Model

from casetrack.cases.models import Case, CaseEvent, Deadline, Milestone, Party, Unsettled
from casetrack.organizations.models import Organization
from workers.benchmarks import BENCHMARKS, creating, due_dates, growing, listing, reaching, record, statistics
from workers.benchmarks.measuring import Result, at_least, at_most


def test_both_sides_of_the_due_dates_answer_the_same() -> None:
    assert due_dates.agree([date(2023, 12, 20) + timedelta(days=number) for number in range(90)])


def test_a_result_is_held_to_its_budget_in_the_direction_it_names() -> None:
    assert [at_least(29.9, 30, "").ok, at_least(30.0, 30, "").ok] == [False, True]
    assert [at_most(4.0, 4, "").ok, at_most(4.1, 4, "").ok] == [True, False]
    assert not at_least(31.0, 30, "", holds=False).ok


def test_the_results_are_written_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(BENCHMARKS, "due_dates_vs_holidays", lambda: at_least(40.0, 30, "四十倍"))

    call_command("bench", "due_dates_vs_holidays", output=tmp_path / "bench.json")

    written = json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))
    assert written == {"due_dates_vs_holidays": {"ratio": 40.0, "budget": 30, "ok": True, "detail": "四十倍"}}


def test_a_benchmark_over_budget_fails_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(BENCHMARKS, "due_dates_vs_holidays", lambda: at_least(3.0, 30, ""))

    with pytest.raises(CommandError, match="有基准未达到预算"):
        call_command("bench", "due_dates_vs_holidays", output=tmp_path / "bench.json")


def test_what_can_not_be_measured_is_told_and_the_others_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse() -> Result:
        raise record.BenchmarkRefused("请在新库中运行")

    monkeypatch.setitem(BENCHMARKS, "list_growth", refuse)
    monkeypatch.setitem(BENCHMARKS, "due_dates_vs_holidays", lambda: at_least(40.0, 30, ""))

    with pytest.raises(CommandError, match="没有测量"):
        call_command("bench", "list_growth", "due_dates_vs_holidays", output=tmp_path / "bench.json")

    assert list(json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))) == ["due_dates_vs_holidays"]
    assert "没有测量 list_growth：请在新库中运行" in capsys.readouterr().out


def test_an_unknown_benchmark_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="没有名为no_such的基准，可用的有：due_dates_vs_holidays"):
        call_command("bench", "no_such", output=tmp_path / "bench.json")


def test_the_record_that_benchmarks_share_grows_to_what_is_asked_and_no_further(db: None) -> None:
    assert [record.ensure_cases(30), record.ensure_cases(20), record.ensure_cases(40)] == [30, 30, 40]

    record.ensure_settled()

    assert Case.objects.under(record.PROVINCE).count() == 40
    assert not Unsettled.objects.exists()


def test_the_view_by_hand_shows_what_the_service_shows(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MANY", 60)
    monkeypatch.setattr(listing, "TIMES", 1)

    result = listing.list_vs_handwritten()

    assert (result.budget, result.detail.partition(" among ")[0]) == (2, "9 lists of 50")


def test_pages_far_down_and_of_a_small_office_are_held_against_the_first(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for benchmark in (listing, reaching):
        monkeypatch.setattr(benchmark, "MANY", 60)
        monkeypatch.setattr(benchmark, "TIMES", 1)

    result = reaching.list_reach()

    assert (result.budget, result.detail.partition(" among ")[0]) == (1.5, "5 lists")


def test_days_that_are_no_whole_months_are_held_against_their_milestones(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statistics, "MANY", 60)
    monkeypatch.setattr(statistics, "TIMES", 1)

    result = statistics.days_vs_sql()

    assert (result.budget, result.detail.partition(", all subjects")[0]) == (4, "60 cases")


def test_pages_of_different_cases_are_no_comparison() -> None:
    with pytest.raises(record.BenchmarkRefused, match="无从比较"):
        listing.agree(b'{"results": [{"id": 1}]}', b'{"results": [{"id": 2}]}')


def test_growth_is_measured_from_few_cases_on_or_not_at_all(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    record.ensure_cases(30)
    monkeypatch.setattr(growing, "FEW", 20)

    with pytest.raises(record.BenchmarkRefused, match="请在新库中"):
        growing.swept()


def test_the_inserts_that_creation_is_held_against_make_the_same_rows(db: None) -> None:
    record.ensure_cases(30)
    committee = Organization.objects.filter(kind="mediation_committee")[0]
    case = creating.opened(creating.draft_of(committee, 1))
    tables = (Case, Party, CaseEvent, Milestone, Deadline, Unsettled)
    before = counts(tables)

    inserts = creating.inserts_like(case)
    with connection.cursor() as cursor:
        for insert in inserts:
            cursor.execute(insert.statement, insert.values)

    assert [now - were for now, were in zip(counts(tables), before, strict=True)] == [1, 2, 2, 3, 1, 1]


def counts(tables: Sequence[type[Model]]) -> list[int]:
    return [table._default_manager.count() for table in tables]
