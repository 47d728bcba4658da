"""The command of the server's keeper: the first administrator comes from here, and whoever is locked out gets in."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from casetrack.accounts.models import Action, AuditEntry, User
from casetrack.organizations.models import Role
from tests.api.browsing import Browser, with_password
from tests.api.conftest import CITY, EAST, World
from tests.api.keepers import Clients, seat

pytestmark = pytest.mark.django_db

CASES, USERS = "/api/v1/cases/", "/api/v1/users/"
FIRST = ("open", "first", "--name", "孙敏", "--role", "administrator", "--region", "620500", "--cleared")


def said(*words: str) -> str:
    out = StringIO()
    call_command("account", *words, stdout=out)
    return out.getvalue().strip()


def test_the_first_administrator_logs_in_and_goes_on_through_the_api(world: World) -> None:
    password, own = said(*FIRST), "x9-huangtu-po"
    browser = Browser()
    browser.log_in("first", password)
    browser.send("post", "/api/auth/password", {"current_password": password, "new_password": own})

    made = browser.send(
        "post",
        USERS,
        {"username": "lihua", "full_name": "李华", "membership": {"role": "clerk", "region": EAST, "cleared": True}},
    )

    assert made.status_code == 201
    assert (seat("first").role, seat("first").region_id, seat("first").cleared) == (Role.ADMINISTRATOR, CITY, True)


def test_a_locked_out_account_is_unlocked_at_the_server(world: World) -> None:
    with_password(world.clerk_east)
    for _ in range(5):
        Browser().log_in("clerk-east", "wrong")

    answered = said("unlock", "clerk-east")

    assert answered == "已解除锁定，可以立即登录"
    assert Browser().log_in("clerk-east").status_code == 200


def test_a_lost_way_in_is_given_anew(world: World) -> None:
    with_password(world.clerk_east)
    browser = Browser()
    browser.log_in("clerk-east")
    browser.enrol()

    said("second-factor", "clerk-east")
    password = said("password", "clerk-east")

    assert browser.get(CASES).status_code == 401
    assert Browser().log_in("clerk-east", password).status_code == 200


def test_who_left_is_closed_out_and_comes_back_with_nothing(world: World, client_of: Clients) -> None:
    program = client_of(world.clerk_east)

    closed, while_closed = said("close", "clerk-east"), program.get(CASES).status_code
    reopened = said("reopen", "clerk-east")

    assert (closed, while_closed, reopened) == ("已停用", 401, "已启用")
    assert program.get(CASES).status_code == 401


def test_memberships_are_given_listed_and_taken_back(world: World) -> None:
    given = said("grant", "clerk-east", "--role", "handler", "--region", "620503", "--kind", "petition", "--cleared")
    number = given.split("\t")[0]
    listed = said("list", "clerk-east").splitlines()
    taken = said("revoke", "clerk-east", number)

    assert given == f"{number}\t承办人\t麦积区\t信访\t可知悉检举控告"
    assert listed == [f"{seat('clerk-east').pk}\t经办人\t麦积区道北街道人民调解委员会\t全部类型", given]
    assert taken == "已撤销"


def test_what_the_command_does_is_in_the_audit_log_as_nobody_s(world: World) -> None:
    said(*FIRST)
    said("end", "clerk-east")

    assert [(entry.action, entry.actor) for entry in AuditEntry.objects.order_by("pk")] == [
        (Action.CREATE, None),
        (Action.ACCESS_ENDED, None),
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("unlock", "nobody"), "没有名为“nobody”的用户"),
        (("open", "clerk-east", "--name", "甲", "--role", "clerk", "--region", "620503"), "已被使用"),
        (("grant", "clerk-east", "--role", "clerk", "--region", "659900"), "没有区划代码"),
        (("grant", "clerk-east", "--role", "clerk", "--organization", "999999"), "没有编号为999999的机构"),
        (("revoke", "clerk-east", "999999"), "没有编号为999999的任职"),
        (("close", "outsider"), "最后一位管理员"),
    ],
)
def test_what_can_not_be_is_refused_in_words(world: World, words: tuple[str, ...], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        said(*words)

    assert not User.objects.filter(is_active=False).exists()
