"""What a county kept with 0.9: 203 cases, three closed months, people, an attachment. It goes on with this release.

The record was made by 0.9 itself (docs/upgrading.md); the expected figures are what 0.9 answered.
"""

import json
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from casetrack.cases.kept_files import content_of
from casetrack.cases.models import Attachment, Case, CaseEvent, Party
from casetrack.stats.closing.models import Edition
from tests.commands import said_by
from tests.upgrading.conftest import RECORD

pytestmark = pytest.mark.xdist_group("upgrading")
LAST_OF_0_9 = [
    ("accounts", "0011_name_grams"),
    ("cases", "0031_an_impact_as_a_job"),
    ("organizations", "0008_name_grams"),
    ("stats", "0013_marks_by_name"),
]
DIGESTS = {
    date(2026, 1, 1): "c6b41cf813500b440fe958364207dd2e5a683e5be0a01c3792a91a35bef02044",
    date(2026, 2, 1): "34a5f0b3f6298b7c49ab0e9164a42e68e9480156d8ac86622e2de639988f0160",
    date(2026, 3, 1): "390fce73b4e1fb610f0954976053d1c5a54c0e673d9febf67d29c87df001a6bc",
}


def figures() -> list[list[object]]:
    quarter = ("--region=620503", "--from=2026-01-01", "--to=2026-03-31", "--format=json")
    told = json.loads(said_by("statistics", *quarter))["figures"]
    return [[row[name] for name in ("subject", "measure", "value", "numerator", "denominator")] for row in told]


def test_nothing_is_lost_and_the_record_bears_itself_out(upgraded: Path) -> None:
    assert (Case.objects.count(), CaseEvent.objects.count(), Party.objects.count()) == (203, 1418, 330)
    assert "核对203件案件，没有不一致" in said_by("verify")


def test_the_figures_of_a_quarter_are_what_they_were(upgraded: Path) -> None:
    then = json.loads((RECORD / "figures.json").read_text())
    now = {(subject, measure): rest for subject, measure, *rest in figures()}

    assert [row for row in then if now[row[0], row[1]] != row[2:]] == []
    assert now["mediation", "received"] == [39, None, None]
    assert now["mediation", "closure_rate"] == [87.1795, 34, 39]


def test_closed_months_have_the_digests_that_were_printed_with_them(upgraded: Path) -> None:
    assert dict(Edition.objects.values_list("month", "digest")) == DIGESTS


def test_people_and_files_open_with_the_key_of_then(upgraded: Path) -> None:
    attachment = Attachment.objects.select_related("file").get()

    assert attachment.name == "协议书.pdf"
    assert content_of(attachment.file).startswith(b"%PDF-1.4")
    assert all(party.name for party in Party.objects.all())


def test_one_can_go_back_to_0_9_and_come_again(upgraded: Path) -> None:
    MigrationExecutor(connection).migrate(LAST_OF_0_9)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_case")
        kept = cursor.fetchone()
    MigrationExecutor(connection).migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())

    assert kept == (203,)
    assert "核对203件案件，没有不一致" in said_by("verify")
