"""A backup made before an erasure has everything: the list kept outside says what goes again."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction

from casetrack.accounts.models import Action, AuditEntry, User
from casetrack.cases.erasing.carrying import carry_out
from casetrack.cases.erasing.kept import read
from casetrack.cases.erasing.repeating import Became, repeat
from casetrack.cases.models import Case, Erasure, Party
from casetrack.cases.operations import retract
from casetrack.lib.masking import ERASED
from tests.api.conftest import World
from tests.cases.erasing.asking import LATER, TEN_YEARS, erased, wish

pytestmark = pytest.mark.django_db
ORDERED = {"ground": "ordered", "reason": "上级机关决定删除（2034年第3号）"}


@contextmanager
def gone_with_the_server() -> Iterator[None]:
    """What happened in here was after the backup: the record is taken back to where it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def command(*words: str) -> str:
    out = StringIO()
    call_command("erasures", *words, stdout=out, stderr=out)
    return out.getvalue()


@pytest.fixture
def kept(case: Case, world: World, admin: User, tmp_path: Path) -> Path:
    """The list of a record in which a case was erased, after the backup that stands there now."""
    path = tmp_path / "erasures"
    with gone_with_the_server():
        erased(case, world, admin, **ORDERED)
        command("--export", str(path))
    return path


def test_what_came_back_with_the_backup_is_erased_again_by_the_same_two(
    case: Case, world: World, admin: User, kept: Path
) -> None:
    assert ERASED not in Party.objects.values_list("name", flat=True)

    told = command("--repeat", str(kept))

    case.refresh_from_db()
    made, logged = Erasure.objects.get(), AuditEntry.objects.get(action=Action.ERASED)
    assert "重新删除1项，此前已经删除0项，不在库中（备份之后登记的）0项" in told
    assert set(case.parties.values_list("name", flat=True)) == {ERASED}
    assert (made.asked_by, made.ended_by, made.state) == (world.supervisor, admin, "done")
    assert logged.details["again"] == LATER.isoformat()
    call_command("verify", stdout=StringIO())


def test_run_twice_it_erases_once(kept: Path) -> None:
    command("--repeat", str(kept))

    assert "重新删除0项，此前已经删除1项" in command("--repeat", str(kept))
    assert Erasure.objects.count() == 1


def test_a_wish_that_waited_when_the_backup_was_made_is_the_one_that_is_carried_out(
    case: Case, world: World, admin: User, tmp_path: Path
) -> None:
    waiting = wish(case, world, **ORDERED)
    path = tmp_path / "erasures"
    with gone_with_the_server():
        carry_out(erasure_id=waiting.pk, actor=admin, now=LATER, retentions=TEN_YEARS)
        command("--export", str(path))

    command("--repeat", str(path))

    waiting.refresh_from_db()
    assert (Erasure.objects.count(), waiting.state) == (1, "done")


def test_one_party_goes_and_the_others_stay(case: Case, world: World, admin: User, tmp_path: Path) -> None:
    first, *others = case.parties.order_by("pk")
    path = tmp_path / "erasures"
    with gone_with_the_server():
        erased(case, world, admin, party_id=first.pk, ground="wrong_person")
        command("--export", str(path))

    command("--repeat", str(path))

    first.refresh_from_db()
    assert first.name == ERASED
    assert ERASED not in case.parties.exclude(pk=first.pk).values_list("name", flat=True)
    assert others


def test_another_case_under_the_same_key_is_left_alone(case: Case, kept: Path) -> None:
    """A case entered after the backup is gone with it, and its key is given to the next."""
    (listed,) = read(kept.read_bytes(), name=kept.name, keys=settings.FIELD_KEYS)

    of_another = replace(listed, opening="0" * 64)

    assert repeat(kept=of_another, now=LATER, retentions=TEN_YEARS) is Became.ABSENT
    assert ERASED not in case.parties.values_list("name", flat=True)


def test_a_case_that_was_open_when_the_backup_was_made_is_named(case: Case, kept: Path) -> None:
    retract(event_id=case.events.get(step="agree").pk, reason="误录", actor=None, now=LATER)

    with pytest.raises(CommandError, match="1项没有重新删除"):
        command("--repeat", str(kept))
    assert ERASED not in case.parties.values_list("name", flat=True)


def test_an_account_that_is_not_there_is_named(admin: User, kept: Path) -> None:
    User.objects.filter(pk=admin.pk).update(username="somebody")

    out = StringIO()
    with pytest.raises(CommandError, match="1项没有重新删除"):
        call_command("erasures", "--repeat", str(kept), stdout=out, stderr=out)
    assert "账号“admin”不在库中" in out.getvalue()


@pytest.mark.parametrize("change", ["cut off", "another reason", "empty", "no list"])
def test_a_list_that_is_not_whole_erases_nothing(kept: Path, change: str) -> None:
    whole = kept.read_text()
    kept.write_text(
        {
            "cut off": whole.rpartition('{"stamp"')[0],
            "another reason": whole.replace("上级机关", "下级机关"),
            "empty": "",
            "no list": "编号\n1\n",
        }[change]
    )

    with pytest.raises(CommandError, match="不是依法删除的清单"):
        command("--repeat", str(kept))
    assert not Erasure.objects.exists()


def test_the_list_says_who_decided_and_nothing_of_whom_it_was_about(kept: Path) -> None:
    said = kept.read_text()

    assert kept.stat().st_mode & 0o077 == 0
    assert '"ended_by": "admin"' in said
    assert "张三" not in said


def test_no_list_is_written_over_another(kept: Path) -> None:
    with pytest.raises(CommandError, match="已经存在，没有覆盖"):
        command("--export", str(kept))


def test_what_was_erased_is_told_by_the_day(case: Case, world: World, admin: User) -> None:
    erased(case, world, admin, **ORDERED)

    assert f"案件{case.number} 全案 法律、行政法规规定" in command()
    assert command("--since", "2034-03-30") == "共0项\n"
