"""Filters kept under a name: what is kept of an address, and how many."""

from datetime import UTC, datetime

import pytest

from casetrack.accounts.models import User
from casetrack.cases import saved_lists
from casetrack.cases.models import SavedList
from casetrack.cases.saved_lists import SavedListRefused, save_list

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 6, 1, 2, 0, tzinfo=UTC)


@pytest.fixture
def owner() -> User:
    return User.objects.create_user("clerk")


def test_only_filters_and_order_are_kept(owner: User) -> None:
    query = "kind=mediation&light=red&light=overdue&ordering=-due_on&cursor=abc&total=true&search=&whatever=1"

    kept = save_list(owner=owner, name=" 快到期的 ", query=query, now=NOW)

    assert (kept.name, kept.query) == ("快到期的", "kind=mediation&light=red&light=overdue&ordering=-due_on")


def test_a_name_used_again_stands_for_the_new_filters(owner: User) -> None:
    save_list(owner=owner, name="我的", query="light=red", now=NOW)

    save_list(owner=owner, name="我的", query="light=overdue", now=NOW)

    assert [each.query for each in SavedList.objects.visible_to(owner)] == ["light=overdue"]


@pytest.mark.parametrize("name", ["", "   ", "长" * 41, "两\n行"])
def test_a_name_that_is_none_is_refused(owner: User, name: str) -> None:
    with pytest.raises(SavedListRefused, match="请为常用筛选取一个名称"):
        save_list(owner=owner, name=name, query="light=red", now=NOW)


def test_beyond_the_most_nothing_new_is_kept(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_lists, "MOST", 1)
    save_list(owner=owner, name="一", query="light=red", now=NOW)

    with pytest.raises(SavedListRefused, match="最多保存1个"):
        save_list(owner=owner, name="二", query="light=red", now=NOW)

    assert save_list(owner=owner, name="一", query="light=green", now=NOW).query == "light=green"
