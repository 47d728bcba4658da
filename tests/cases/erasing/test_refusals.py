"""Who may have what erased, and when: what stands in the way is said, and nothing is gone."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from casetrack.accounts.models import User
from casetrack.cases.erasing.carrying import carry_out, end
from casetrack.cases.erasing.grounds import ErasureRefused
from casetrack.cases.holding import CaseErased
from casetrack.cases.models import Case, Erasure
from casetrack.cases.parties import change_party
from casetrack.kinds.retention import Retentions
from tests.api.conftest import World, log_dispute
from tests.cases.erasing.asking import LATER, TEN_YEARS, erased, wish
from tests.cases.logging import take

pytestmark = pytest.mark.django_db


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
        wish(case, world, retentions=for_ever)


def test_two_people_are_needed_and_a_wish_ends_once(case: Case, world: World, admin: User) -> None:
    made = wish(case, world)
    with pytest.raises(ErasureRefused, match="提出的人不能自己核准"):
        carry_out(erasure_id=made.pk, actor=world.supervisor, now=LATER, retentions=TEN_YEARS)
    with pytest.raises(ErasureRefused, match="已有人提出同样的删除"):
        wish(case, world)

    assert end(erasure_id=made.pk, actor=admin, now=LATER).state == "declined"
    with pytest.raises(ErasureRefused, match="已经办结（未予核准），不能再办理"):
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
