"""Behind every published figure: its cases as they were known, whose lines are its digest; verify finds all else."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from casetrack.cases.models import Case
from casetrack.kinds import KINDS
from casetrack.lib.months import add_months
from casetrack.organizations.models import Organization
from casetrack.stats import rollup
from casetrack.stats.closing import verifying
from casetrack.stats.closing.lines import line
from casetrack.stats.closing.models import Edition
from casetrack.stats.closing.published import Asked, list_behind
from casetrack.stats.refusals import StatisticsRefused
from tests.stats.test_known import FIRST, LAST, THEN, carry_on, enter
from tests.stats.test_properties import SLOW
from tests.stats.test_restating import closed
from tests.stats.world import QINAN, drafts_of
from tests.undoing import undone


def every_figure(edition: Edition) -> Iterator[tuple[Asked, int, int | None, str]]:
    for row in edition.rows.filter(subject__in=KINDS):
        by = [name for name in row.breakdown.split(",") if name]
        for entry in row.figures:
            dimensions = dict(zip(by, entry["d"], strict=True))
            asked = Asked(row.subject, entry["m"], dimensions, row.region_code, row.organization_id)
            yield asked, entry["n"], entry["b"], entry["x"]


@settings(SLOW, max_examples=2)  # each goes through every figure there is
@given(st.data())
def test_the_list_behind_every_published_figure_adds_up_to_it_whatever_came_later(
    offices: list[Organization], data: st.DataObject
) -> None:
    month = add_months(FIRST, data.draw(st.integers(0, 17)))
    drafts = st.lists(drafts_of(offices, FIRST, LAST), min_size=1, max_size=4)
    with undone():
        cases = enter(data.draw(drafts), THEN)
        rollup.settle()
        edition = closed(region=QINAN, month=month)

        carry_on(data, cases, offices)
        enter(data.draw(drafts), THEN + timedelta(days=1))

        for asked, number, base, digest in every_figure(edition):
            listed = list(list_behind(edition, asked))
            assert sum(each.number for each in listed) == number
            assert base is None or sum(each.base or 0 for each in listed) == base
            lines = "".join(line(each.case, each.number, each.base) for each in listed)
            assert hashlib.sha256(lines.encode()).hexdigest() == digest
        assert list(verifying.differences(region=QINAN)) == []


def test_verify_names_a_figure_that_the_record_does_not_bear_out(dispute: Case) -> None:
    edition = closed()
    with connection.cursor() as cursor:  # as someone with the keys of the database might
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE stats_publishedfigures DISABLE TRIGGER append_only")
        cursor.execute(
            "UPDATE stats_publishedfigures SET figures = replace(figures::text, '\"n\": 1', '\"n\": 7')::jsonb"
            " WHERE edition_id = %s AND organization_id IS NULL AND region_code = %s AND breakdown = ''"
            " AND subject = 'mediation'",
            [edition.pk, QINAN],
        )
        cursor.execute("ALTER TABLE stats_publishedfigures ENABLE TRIGGER append_only")

    found = list(verifying.differences(region=QINAN))

    assert any("摘要与所存内容不符" in each for each in found)
    assert any("received" in each and "公布7，按当时所知重新清点1" in each for each in found)


def test_verify_names_an_edition_whose_chains_were_changed(dispute: Case) -> None:
    closed()
    Case.objects.update(head="0" * 64)

    assert any("事件链头" in each for each in verifying.differences(region=QINAN))


@pytest.mark.parametrize("asked", [("--edition",), ("--region", QINAN, "--from", "2024-03-01", "--to", "2024-03-31")])
def test_the_command_lists_what_is_behind_a_figure(dispute: Case, asked: tuple[str, ...]) -> None:
    edition, said = closed(), StringIO()

    call_command("trace", "mediation.received", *(asked if len(asked) > 1 else (*asked, str(edition.pk))), stdout=said)

    listed, total = said.getvalue().strip().splitlines()
    assert listed.split("\t") == [str(dispute.pk), dispute.number, "1"]
    assert "所列合计1" in total


@pytest.mark.parametrize("where", ["channel", "=letter"])
def test_a_value_without_its_dimension_is_refused_in_chinese(where: str) -> None:
    with pytest.raises(CommandError, match="应写作“维度=取值”，如channel=letter"):
        call_command("trace", "petition.received", "--region", QINAN, "--where", where)


def test_a_value_that_is_nowhere_declared_has_no_figure_and_no_silent_nought(dispute: Case) -> None:
    edition = closed()

    with pytest.raises(StatisticsRefused, match="没有“rain”这一取值"):
        list(list_behind(edition, Asked("mediation", "received", {"category": "rain"})))
    assert list(list_behind(edition, Asked("mediation", "received", {"category": "labour"}))) == []
