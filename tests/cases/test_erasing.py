"""Erasing takes out what says who somebody was, and nothing else: figures, dates and the chain of digests stay."""

from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from casetrack.accounts import repeating
from casetrack.accounts.models import Action, AuditEntry, IdempotencyKey, User
from casetrack.cases.attachments import AttachmentRefused, attach, read_attachment
from casetrack.cases.chain import digest_of
from casetrack.cases.erasing import words
from casetrack.cases.erasing.carrying import ask, carry_out, end
from casetrack.cases.erasing.grounds import ErasureRefused
from casetrack.cases.holding import CaseErased
from casetrack.cases.kept_files import content_of, path_of
from casetrack.cases.models import Case, CaseEvent, ErasedEvent, Erasure, KeptFile, Party, QueryCode
from casetrack.cases.operations import correct
from casetrack.cases.parties import change_party
from casetrack.cases.query_codes import issue_query_code
from casetrack.cases.reading import read_case
from casetrack.cases.verification import differences
from casetrack.kinds.retention import Retentions
from casetrack.lib.masking import ERASED
from casetrack.organizations.choices import Role
from casetrack.stats import rollup
from casetrack.stats.models import CellBlock
from tests.api.conftest import CITY, World, log_dispute, member, world
from tests.cases.logging import take
from tests.jobs.world import finished_export

__all__ = ["world"]
pytestmark = pytest.mark.django_db

TEN_YEARS = Retentions.written('[{"region": "6205", "kind": "mediation", "years": 10, "source": "市司法局保管期限表"}]')
LATER = datetime(2034, 3, 29, 2, 0, tzinfo=UTC)  # ten years after the closing, to the day
PDF = b"%PDF-1.7 of the applicant"


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def admin(world: World) -> User:
    return member("admin", Role.ADMINISTRATOR, region_id=CITY)


@pytest.fixture
def case(world: World) -> Case:
    """Closed by an agreement, with a correction that names a person, and a fact in words."""
    case = log_dispute(world.east, date(2024, 3, 1))
    take(case, "agree", date(2024, 3, 29), agreement="oral", amount=5000)
    accepted = CaseEvent.objects.get(case=case, step="accept")
    said = "张三说受理日记错了"
    correct(event_id=accepted.pk, on=date(2024, 3, 2), facts={}, reason=said, actor=None, now=datetime.now(UTC))
    case.refresh_from_db()
    return case


def wish(case: Case, world: World, **asked: Any) -> Erasure:
    said = {"party_id": None, "ground": "retention", "reason": "保管期限届满，经鉴定不再保存", "now": LATER, **asked}
    return ask(case_id=case.pk, actor=world.supervisor, retentions=TEN_YEARS, **said)


def erased(case: Case, world: World, admin: User, **asked: Any) -> Erasure:
    made = wish(case, world, **asked)
    return carry_out(erasure_id=made.pk, actor=admin, now=LATER, retentions=TEN_YEARS)


def everything_kept() -> str:
    """All that the tables hold in plain text."""
    held = StringIO()
    call_command("dumpdata", "cases", "accounts.auditentry", stdout=held)
    return held.getvalue()


def cells() -> list[str]:
    while rollup.settle():
        pass
    return sorted(
        repr(row) for row in CellBlock.objects.values_list("region_code", "kind", "breakdown", "names", "cases")
    )


def test_nothing_in_a_case_says_who_it_was_about_any_more(case: Case, world: World, admin: User) -> None:
    issue_query_code(case_id=case.pk, actor=None, now=LATER)
    assert "张三" in everything_kept()

    done = erased(case, world, admin)

    case.refresh_from_db()
    people = Party.objects.filter(case=case)
    assert {(each.name, each.phone or ERASED, each.phone_index) for each in people} == {(ERASED, ERASED, "")}
    assert set(case.private.values()) == {ERASED}
    assert case.search_text.split("\n")[:2] == ["", case.number.lower()]
    assert list(CaseEvent.objects.exclude(reason="").values_list("reason", flat=True)) == [ERASED]
    assert not QueryCode.objects.exists()
    held = everything_kept()
    assert not any(word in held for word in ("张三", "李四", "排水沟"))
    assert (case.number in held, case.erased_at) == (True, LATER)
    assert done.counts["events"] == 1


def test_the_chain_and_the_figures_are_what_they_were(case: Case, world: World, admin: User) -> None:
    chain = CaseEvent.objects.order_by("pk").values_list("hash", "previous_hash", "occurred_on")
    before = (cells(), list(chain.all()))

    erased(case, world, admin)

    assert (
        cells(),
        list(CaseEvent.objects.order_by("pk").values_list("hash", "previous_hash", "occurred_on")),
    ) == before
    assert list(differences(Case.objects.all())) == []
    call_command("verify", stdout=StringIO())


def test_a_search_no_longer_finds_the_person(case: Case, world: World, admin: User) -> None:
    def found(words: str) -> bool:
        return Case.objects.matching(words).exists()

    assert found("张三")
    assert found("排水沟")

    erased(case, world, admin)

    assert not any(map(found, ("张三", "排水沟", ERASED)))
    assert found(case.number)


def test_files_lose_their_keys_unless_another_case_has_the_same(
    case: Case, world: World, admin: User, django_capture_on_commit_callbacks: Any
) -> None:
    other = log_dispute(world.west, date(2024, 3, 1))
    for content, name in ((PDF, "张三申请书.pdf"), (PDF + b"2", "样表.pdf")):
        attach(case_id=case.pk, name=name, content=content, sort="other", actor=world.supervisor, now=LATER)
    attach(case_id=other.pk, name="样表.pdf", content=PDF + b"2", sort="other", actor=world.supervisor, now=LATER)
    own, shared = KeptFile.objects.order_by("pk")

    with django_capture_on_commit_callbacks(execute=True):
        erased(case, world, admin)

    own.refresh_from_db()
    assert (own.key, path_of(own.digest).exists()) == ("", False)
    assert content_of(shared) == PDF + b"2"
    assert {each.name for each in case.attachments.all()} == {ERASED}
    with pytest.raises(AttachmentRefused, match="已移除"):
        read_attachment(attachment_id=case.attachments.order_by("-pk")[0].pk, actor=world.supervisor, now=LATER)
    attach(case_id=other.pk, name="申请书.pdf", content=PDF, sort="other", actor=world.supervisor, now=LATER)
    own.refresh_from_db()
    assert content_of(own) == PDF  # handed in again elsewhere, under another key


def test_what_repeats_it_for_a_time_goes_too(
    case: Case, world: World, admin: User, django_capture_on_commit_callbacks: Any
) -> None:
    for key, body in (("one", '{"name": "张三"}'), ("two", f'{{"number": "{case.number}"}}'), ("three", "{}")):
        row, _ = repeating.claim(user=world.clerk_east, key=key, digest="x", now=LATER)
        repeating.keep(row, status=201, headers={}, body=body)
    seen, elsewhere = finished_export(world.clerk_east), finished_export(world.clerk_west)

    with django_capture_on_commit_callbacks(execute=True):
        done = erased(case, world, admin)

    assert (done.counts["answers"], done.counts["exports"]) == (2, 1)
    assert "张三" not in IdempotencyKey.objects.get(key="one").body
    for job in (seen, elsewhere):
        job.refresh_from_db()
    assert (seen.result_file, bool(elsewhere.result_file)) == ("", True)


def test_one_person_entered_by_mistake_goes_at_once_and_the_case_goes_on(world: World, admin: User) -> None:
    case = log_dispute(world.east, date(2024, 3, 1))
    wrong = case.parties.get(name="李四")

    erased(case, world, admin, party_id=wrong.pk, ground="wrong_person", reason="录入时选错了人，与本案无关")

    wrong.refresh_from_db()
    case.refresh_from_db()
    assert (wrong.name, case.erased_at) == (ERASED, None)
    assert list(differences(Case.objects.all())) == []
    take(case, "agree", date(2024, 3, 29), agreement="oral")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"now": datetime(2034, 3, 27, 2, 0, tzinfo=UTC)}, "保管期限10年，至2034-03-29届满，尚不能删除"),
        ({"ground": "wrong_person"}, "只能删除那一名当事人"),
        ({"ground": "because"}, "请选择法定事由"),
        ({"reason": "张三本人申请删除"}, "请不要写当事人的姓名"),
        ({"reason": "请删除13800000000"}, "请不要写当事人的姓名、电话"),
        ({"reason": " "}, "请说明删除的理由和依据"),
        ({"party_id": 0}, "不在本案中"),
    ],
)
def test_what_the_law_has_kept_is_refused_in_words(case: Case, world: World, asked: dict[str, Any], said: str) -> None:
    with pytest.raises(ErasureRefused, match=said):
        wish(case, world, **asked)
    assert not Erasure.objects.exists()


def test_an_open_case_and_one_kept_for_ever_are_refused(case: Case, world: World) -> None:
    still_open = log_dispute(world.east, date(2024, 3, 1))
    with pytest.raises(ErasureRefused, match="尚未办结"):
        wish(still_open, world, ground="ordered")
    for_ever = Retentions.written('[{"region": "62", "kind": "mediation", "years": null, "source": "省表"}]')
    with pytest.raises(ErasureRefused, match="永久.*停止除存储和采取必要的安全保护措施之外的处理"):
        ask(
            case_id=case.pk,
            party_id=None,
            ground="retention",
            reason="保管期限届满",
            actor=world.supervisor,
            now=LATER,
            retentions=for_ever,
        )


def test_two_people_are_needed_and_a_wish_ends_once(case: Case, world: World, admin: User) -> None:
    made = wish(case, world)
    with pytest.raises(ErasureRefused, match="提出的人不能自己核准"):
        carry_out(erasure_id=made.pk, actor=world.supervisor, now=LATER, retentions=TEN_YEARS)
    with pytest.raises(ErasureRefused, match="已有人提出同样的删除"):
        wish(case, world)

    assert end(erasure_id=made.pk, actor=admin, now=LATER).state == "declined"
    with pytest.raises(ErasureRefused, match="未予核准，不能再办理"):
        carry_out(erasure_id=made.pk, actor=admin, now=LATER, retentions=TEN_YEARS)
    assert "张三" in Case.objects.get(pk=case.pk).search_text
    with pytest.raises(DatabaseError), transaction.atomic():
        Erasure.objects.update(state="done", ended_by=world.supervisor)


def test_a_party_that_is_gone_meanwhile_does_not_turn_a_wish_into_the_whole_case(
    case: Case, world: World, admin: User
) -> None:
    person = case.parties.get(name="李四")
    made = wish(case, world, party_id=person.pk, ground="wrong_person", reason="录入时选错了人")
    person.delete()  # as the undoing of an import does

    with pytest.raises(ErasureRefused, match="不在本案中"):
        carry_out(erasure_id=made.pk, actor=admin, now=LATER, retentions=TEN_YEARS)
    assert case.parties.get().name == "张三"
    assert end(erasure_id=made.pk, actor=admin, now=LATER).state == "declined"


def test_nothing_is_entered_in_an_erased_case(case: Case, world: World, admin: User) -> None:
    erased(case, world, admin)

    with pytest.raises(CaseErased, match="请另立新案"):
        take(case, "perform", date(2024, 4, 1), performance_state="full")
    with pytest.raises(CaseErased):
        change_party(party_id=case.parties.all()[0].pk, details={"name": "王五"}, actor=admin, now=LATER)
    with pytest.raises(ErasureRefused, match="已经依法删除"):
        wish(case, world)


def test_the_log_says_that_and_why_and_not_what(case: Case, world: World, admin: User) -> None:
    erased(case, world, admin)

    entry = AuditEntry.objects.get(action=Action.ERASED)
    assert (entry.actor, entry.case_id, entry.details["ground"]) == (admin, case.pk, "retention")
    assert entry.details["counts"]["parties"] == case.parties.count()
    assert "张三" not in str(entry.details)


def raw(statement: str, *values: int, erasing: int = 0) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        if erasing:
            cursor.execute("SELECT set_config(%s, %s, true)", [words.ERASING, str(erasing)])
        cursor.execute(statement, values)


@pytest.mark.parametrize(
    "change",
    [
        "occurred_on = '2024-01-01'",
        'facts = facts || \'{"category": "labour"}\'',
        "facts = facts - 'category'",
        'facts = facts || \'{"new": "已依法删除"}\'',
        "reason = '别的话'",
        "hash = repeat('0', 64)",
    ],
)
def test_while_it_erases_the_trigger_lets_words_go_and_nothing_else(case: Case, change: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        raw(f"UPDATE cases_caseevent SET {change} WHERE case_id = %s", case.pk, erasing=case.pk)
    with pytest.raises(DatabaseError, match="append-only"):
        raw("UPDATE cases_caseevent SET reason = '已依法删除' WHERE reason <> ''")


def test_who_changes_an_event_under_the_cover_of_an_erasure_is_found(case: Case, world: World, admin: User) -> None:
    erased(case, world, admin)
    event = ErasedEvent.objects.get().event
    event.occurred_on = date(2024, 3, 4)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("cases_caseevent", "cases_erasedevent"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("UPDATE cases_caseevent SET occurred_on = '2024-03-04' WHERE id = %s", [event.pk])
    assert [each.what for each in differences(Case.objects.filter(pk=case.pk))] == [f"第{event.sequence}号事件的摘要"]

    ErasedEvent.objects.update(left=digest_of(event))

    assert any("与审计记录不符" in said for said in words.differences())
    with pytest.raises(CommandError):
        call_command("verify", stdout=StringIO())


def test_a_reader_is_told_that_it_was_erased(case: Case, world: World, admin: User) -> None:
    erased(case, world, admin)

    read = read_case(case=Case.objects.get(pk=case.pk), reader=world.clerk_east, today=LATER.date())

    assert read.title.startswith(ERASED)
    assert {(party.name, party.address) for party in read.parties} == {(ERASED, ERASED), (ERASED, "")}
    assert not read.may_write
