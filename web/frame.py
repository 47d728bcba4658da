"""What stands around every page: whose it is, and where one can go."""

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse

from casetrack.accounts.models import User
from casetrack.organizations.capabilities import Capability, roles_with

SAVED = "casetrack_saved"
"""The cookie that names the form just saved, so that the device forgets what it kept of it (`saved.js`)."""


class Door(NamedTuple):
    """One entry of the navigation; it is lit while no other address begins so like the page's as its `begins`.

    What `needs` a capability is offered to those alone who have it somewhere.
    """

    name: str
    label: str
    begins: str
    needs: Capability | None = None


DOORS = (
    Door("start", "首页", "/"),
    Door("cases", "案件", "/cases/"),
    Door("case-new", "登记", "/cases/new/", Capability.WRITE_CASES),
    Door("page-imports", "导入", "/imports/", Capability.WRITE_CASES),
    Door("deadlines", "期限", "/deadlines/"),
    Door("figures", "统计", "/statistics/"),
    Door("page-months", "月报", "/months/"),
    Door("report", "报告", "/reports/"),
    Door("manage", "管理", "/manage/", Capability.KEEP_REGISTERS),
    Door("manage-audit", "审计", "/manage/audit/", Capability.READ_AUDIT),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """For every template: the navigation, empty for those who have not logged in, and the form that was just saved."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"doors": []}
    doors, here = doors_of(user), lit(request)
    entries = [{"label": door.label, "address": reverse(door.name), "here": door == here} for door in doors]
    return {"doors": entries, "saved_form": request.COOKIES.get(SAVED)}


def doors_of(user: User) -> list[Door]:
    """Those that some role of the user opens; a superuser holds all of them. Asked once for all doors."""
    held = {post.role for post in user.memberships.all()}  # fetched before by the first page, which costs no more
    return [door for door in DOORS if door.needs is None or user.is_superuser or held & roles_with(door.needs)]


def lit(request: HttpRequest) -> Door | None:
    behind = [door for door in DOORS if request.path.startswith(door.begins) and door.begins != "/"]
    first = DOORS[0] if request.path == "/" else None
    return max(behind, key=lambda door: len(door.begins), default=first)
