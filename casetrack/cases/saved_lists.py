"""Keeping the filters of a list under a name, and dropping them."""

from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db import transaction

from casetrack.accounts.models import User
from casetrack.cases.filtersets import CaseFilterSet
from casetrack.cases.models import SavedList
from casetrack.kinds.refusals import Refused

MOST, LONGEST_NAME, LONGEST_QUERY = 50, 40, 4000


class SavedListRefused(Refused):
    """Filters that can't be kept as asked."""

    code = "saved_list_refused"


@transaction.atomic
def save_list(*, owner: User, name: str, query: str, now: datetime) -> SavedList:
    """Keep filters; what the owner kept under the same name is replaced."""
    name, query = name.strip(), filters_in(query)
    if not (0 < len(name) <= LONGEST_NAME and name.isprintable()):
        raise SavedListRefused(f"请为常用筛选取一个名称，不超过{LONGEST_NAME}字")
    if len(query) > LONGEST_QUERY:
        raise SavedListRefused("条件过多，无法保存，请减少后重试")
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)  # one at a time, so that the limit holds
    kept = SavedList.objects.filter(owner=owner)
    if kept.exclude(name=name).count() >= MOST:
        raise SavedListRefused(f"最多保存{MOST}个常用筛选，请先删除不用的")
    fields: dict[str, Any] = {"query": query, "saved_at": now}
    return SavedList.objects.update_or_create(owner=owner, name=name, defaults=fields)[0]


def drop_list(*, owner: User, list_id: int) -> None:
    """Keep it no longer; once dropped, there is nothing to do."""
    SavedList.objects.filter(owner=owner, pk=list_id).delete()


def filters_in(query: str) -> str:
    """What of an address narrows or orders the list: not the page that somebody stood on."""
    known = CaseFilterSet.every_filter()
    return urlencode([(name, value) for name, value in parse_qsl(query) if name in known and value.strip()])
