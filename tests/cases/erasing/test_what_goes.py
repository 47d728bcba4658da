"""Erasing takes out what says who somebody was: in rows, in files, in what repeats it for a time."""

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from casetrack.accounts import repeating
from casetrack.accounts.models import Action, AuditEntry, IdempotencyKey, User
from casetrack.cases.attachments import AttachmentRefused, attach, read_attachment
from casetrack.cases.kept_files import content_of, path_of
from casetrack.cases.models import Case, CaseEvent, KeptFile, Party, QueryCode
from casetrack.cases.query_codes import issue_query_code
from casetrack.cases.reading import read_case
from casetrack.cases.verification import differences
from casetrack.lib.masking import ERASED
from tests.api.conftest import World, log_dispute
from tests.cases.erasing.asking import LATER, erased
from tests.cases.logging import take
from tests.jobs.world import finished_export

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 of the applicant"


def everything_kept() -> str:
    """All that the tables hold in plain text."""
    held = StringIO()
    call_command("dumpdata", "cases", "accounts.auditentry", stdout=held)
    return held.getvalue()


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


def test_the_log_says_that_and_why_and_not_what(case: Case, world: World, admin: User) -> None:
    erased(case, world, admin)

    entry = AuditEntry.objects.get(action=Action.ERASED)
    assert (entry.actor, entry.case_id, entry.details["ground"]) == (admin, case.pk, "retention")
    assert entry.details["counts"]["parties"] == case.parties.count()
    assert "张三" not in str(entry.details)


def test_a_reader_is_told_that_it_was_erased(case: Case, world: World, admin: User) -> None:
    erased(case, world, admin)

    read = read_case(case=Case.objects.get(pk=case.pk), reader=world.clerk_east, today=LATER.date())

    assert read.title.startswith(ERASED)
    assert {(party.name, party.address) for party in read.parties} == {(ERASED, ERASED), (ERASED, "")}
    assert not read.may_write
