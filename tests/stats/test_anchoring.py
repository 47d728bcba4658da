"""Whoever has the keys of the database can rewrite anything in it, and is found by the anchors, here or in print."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from casetrack.accounts.auditing import record
from casetrack.accounts.models import Action, AuditEntry
from casetrack.cases.anchoring import checking, making, outside
from casetrack.cases.anchoring.making import make_anchor
from casetrack.cases.chain import link
from casetrack.cases.models import Anchor, AnchorBlock, Case, CaseEvent
from casetrack.cases.operations import organizations_in
from casetrack.cases.projection import fold_case, project
from casetrack.cases.verification import differences
from casetrack.organizations.models import Organization
from casetrack.stats import rollup
from casetrack.stats.closing import verifying
from casetrack.stats.closing.archive import export
from casetrack.stats.closing.models import Edition
from tests.stats.test_restating import closed
from tests.stats.world import NOW, QINAN, day, log

GUARDED = ("cases_caseevent", "cases_anchor", "cases_anchorblock", "accounts_auditentry")


@contextmanager
def unguarded() -> Iterator[Any]:
    """As someone with the keys of the database might."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in GUARDED:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in GUARDED:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture
def other(village_committee: Organization) -> Case:
    return log("mediation", village_committee, ("register", day("2024-03-07"), {"category": "labour"}))


@pytest.fixture
def anchored(dispute: Case, other: Case) -> Anchor:
    record(action=Action.LOG_IN, actor=None, now=NOW)
    rollup.settle()
    made = make_anchor(now=NOW)
    assert made
    return made


def rewritten(case: Case) -> None:
    """The whole chain anew, every digest right, and all that is folded from it too."""
    events = list(CaseEvent.objects.filter(case=case).order_by("sequence"))
    for event in events:
        event.occurred_on -= timedelta(days=2)
    link(events, head="")
    with unguarded():
        for event in events:
            event.save()
    case.refresh_from_db()
    project([fold_case(case, events, organizations_in(events))])
    rollup.settle()


def forged(now: Any) -> None:
    """The anchors too, made anew from what now stands there."""
    with unguarded() as cursor:
        cursor.execute("DELETE FROM cases_anchor")
        cursor.execute("DELETE FROM cases_anchorblock")
    make_anchor(now=now)


def own_differences() -> list[str]:
    return [str(each) for each in differences(Case.objects.order_by("pk"))]


def test_an_anchor_stands_for_all_events_and_is_made_once_a_day(anchored: Anchor, dispute: Case) -> None:
    assert (anchored.cases, anchored.events, anchored.previous) == (2, 3, "")
    assert make_anchor(now=NOW + timedelta(hours=1)) == anchored

    next_day = make_anchor(now=NOW + timedelta(days=3))  # two days on which nothing ran

    assert next_day
    assert (next_day.previous, next_day.events) == (anchored.digest, 3)
    assert list(checking.differences()) == []


def test_what_comes_later_is_read_alone_and_blocks_may_be_many(
    anchored: Anchor, village_committee: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "BLOCK", 2)
    before = AnchorBlock.objects.filter(source="event").count()
    for _ in range(3):
        log("mediation", village_committee, ("register", day("2024-03-09"), {"category": "labour"}))

    assert make_anchor(now=NOW + timedelta(days=1), has_time=lambda: False) is None
    made = make_anchor(now=NOW + timedelta(days=1))

    assert made
    assert made.events == 6
    assert AnchorBlock.objects.filter(source="event").count() == before + 2
    assert list(checking.differences()) == []


def test_a_fact_changed_under_its_old_digest_is_found_by_the_chain(anchored: Anchor, dispute: Case) -> None:
    with unguarded() as cursor:
        cursor.execute(
            'UPDATE cases_caseevent SET facts = facts || \'{"category": "labour"}\' WHERE case_id = %s', [dispute.pk]
        )

    assert [each for each in own_differences() if dispute.number in each and "第1号事件的摘要" in each]


def test_a_chain_rewritten_whole_is_found_by_its_anchor_alone(anchored: Anchor, dispute: Case, other: Case) -> None:
    rewritten(dispute)

    assert own_differences() == []  # every digest is right, and every fold
    (said,) = checking.differences()
    assert said.startswith(f"案件{dispute.number}（编号{dispute.pk}）：第1、2号事件被改写（2026-06-01锚定之后）")
    assert "备份核对该案" in said


def test_a_case_deleted_with_all_that_is_its_is_named(anchored: Anchor, dispute: Case) -> None:
    key, number = dispute.pk, dispute.number
    with unguarded() as cursor:
        for table in ("milestone", "deadline", "caseevent"):
            cursor.execute(f"DELETE FROM cases_{table} WHERE case_id = %s", [key])
        cursor.execute("DELETE FROM cases_case WHERE id = %s", [key])

    assert own_differences() == []
    (said,) = checking.differences()
    assert f"案件{number}（编号{key}，该案已不在库中）：第1、2号事件被删除" in said


def test_an_event_slipped_in_under_an_old_key_is_found(anchored: Anchor, dispute: Case, other: Case) -> None:
    columns = "step, occurred_on, recorded_at, facts, retracts, reason, previous_hash, hash"
    with unguarded() as cursor:
        cursor.execute(
            f"INSERT INTO cases_caseevent (id, case_id, sequence, {columns})"
            f" SELECT -1, case_id, 9, {columns} FROM cases_caseevent WHERE case_id = %s AND sequence = 2",
            [dispute.pk],
        )

    (said,) = checking.differences()
    assert f"案件{dispute.number}（编号{dispute.pk}）：第9号事件是补插进去的" in said


def test_a_line_of_the_audit_log_that_was_changed_is_found(anchored: Anchor) -> None:
    line = AuditEntry.objects.get(action=Action.LOG_IN)
    with unguarded() as cursor:
        cursor.execute("UPDATE accounts_auditentry SET purpose = '核对' WHERE id = %s", [line.pk])

    (said,) = checking.differences()
    assert said.startswith(f"审计记录第{line.pk}号被改写")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE cases_anchor SET events = 7", "摘要与其内容不符"),
        (
            "UPDATE cases_anchor SET signature = '', public_key = '' WHERE day > '2026-06-01'",
            "没有签名，而此前的锚定有",
        ),
        ("UPDATE cases_anchor SET signature = 'AAAA'", "签名不符"),
        ("DELETE FROM cases_anchor WHERE day = '2026-06-01'", "不接在前一锚定之后"),
        ("DELETE FROM cases_anchorblock WHERE source = 'audit'", "所指的分块"),
        ("UPDATE cases_anchorblock SET digest = repeat('0', 64)", "摘要与其内容不符"),
        ("UPDATE cases_anchorblock SET digest = repeat('0', 64), leaves = 'x'", "内容无法读取"),
    ],
)
def test_an_anchor_changed_by_hand_is_found(anchored: Anchor, change: str, said: str) -> None:
    make_anchor(now=NOW + timedelta(days=1))
    with unguarded() as cursor:
        cursor.execute(change)

    assert any(said in each for each in checking.differences())


def test_a_trigger_refuses_to_change_an_anchor(anchored: Anchor) -> None:
    with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_anchor")


def test_anchors_forged_with_the_record_are_found_by_what_an_edition_printed(
    anchored: Anchor, dispute: Case, tmp_path: Path
) -> None:
    edition: Edition = closed()
    archive = tmp_path / "edition.zip"
    archive.write_bytes(export(edition))
    call_command("anchor", check=archive, stdout=StringIO())

    rewritten(dispute)
    forged(NOW)

    assert list(checking.differences()) == []  # here all is of one piece again
    assert any("2026-06-01的锚定与保存在外的不符" in said for said in verifying.differences(region=QINAN))
    said = StringIO()
    with pytest.raises(CommandError, match="发现1处不符"):
        call_command("anchor", check=archive, stdout=said)
    assert f"在外为{anchored.digest[:12]}" in said.getvalue()
    with pytest.raises(CommandError, match="发现1处不符"):
        call_command("anchor", show="2026-06-01", digest=edition.anchor[:16], stdout=StringIO())


def test_a_file_kept_outside_names_the_case_though_everything_here_was_forged(
    anchored: Anchor, dispute: Case, tmp_path: Path
) -> None:
    kept = tmp_path / "anchors.jsonl"
    call_command("anchor", export=kept, stdout=StringIO())
    call_command("anchor", check=kept, stdout=StringIO())

    rewritten(dispute)
    forged(NOW)

    said = StringIO()
    with pytest.raises(CommandError, match="发现2处不符"):
        call_command("anchor", check=kept, stdout=said)
    assert f"案件{dispute.number}（编号{dispute.pk}）：第1、2号事件被改写" in said.getvalue()


def test_verify_tells_of_anchors(anchored: Anchor, dispute: Case) -> None:
    call_command("verify", stdout=StringIO())
    rewritten(dispute)

    said = StringIO()
    with pytest.raises(CommandError):
        call_command("verify", stdout=said)
    assert f"案件{dispute.number}" in said.getvalue()
    assert "锚定之后" in said.getvalue()


def test_an_edition_made_before_there_were_anchors_stays_as_it_was(dispute: Case) -> None:
    edition = closed()

    assert (edition.anchored_on, edition.anchor) == (None, "")
    assert list(verifying.differences(region=QINAN)) == []


@pytest.mark.parametrize("change", [lambda text: "", lambda text: "乱", lambda text: text.replace("cases", "Cases")])
def test_a_file_that_holds_no_anchors_is_refused(anchored: Anchor, change: Callable[[str], str]) -> None:
    text = "".join(outside.lines())

    with pytest.raises(outside.NoAnchors):
        list(outside.differences(change(text).splitlines()))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"show": "昨天"}, "不是日期"),
        ({"show": "2026-06-02"}, "该日没有锚定"),
        ({"digest": "0" * 12}, "请同时填写摘要所属的日期"),
        ({"show": "2026-06-01", "digest": "abc"}, "过短"),
        ({"show": "2026-06-01", "digest": "O123456789abcdef"}, "不是摘要"),
        ({"export": "there"}, "已经存在"),
        ({"check": "nowhere"}, "无法读取“"),
        ({"check": "there", "key": "there"}, "不是锚定文件"),
    ],
)
def test_what_can_not_be_asked_of_the_command_is_said(
    anchored: Anchor, tmp_path: Path, asked: dict[str, str], said: str
) -> None:
    (tmp_path / "there").write_bytes(b"\xff\xfe")
    files = {name: tmp_path / each for name, each in asked.items() if name in ("export", "check", "key")}

    with pytest.raises(CommandError, match=said):
        call_command("anchor", stdout=StringIO(), **{**asked, **files})
