"""What stands around every page: whose it is, and where one can go."""

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse

from casetrack.accounts.models import User


class Door(NamedTuple):
    """One entry of the navigation; it is lit while the address begins with `begins`."""

    name: str
    label: str
    begins: str


DOORS = (
    Door("start", "首页", "/"),
    Door("cases", "案件", "/cases/"),
    Door("deadlines", "期限", "/deadlines/"),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """For every template: the navigation, empty for those who have not logged in."""
    if not isinstance(getattr(request, "user", None), User):
        return {"doors": []}
    entries = [{"label": door.label, "address": reverse(door.name), "here": lit(door, request)} for door in DOORS]
    return {"doors": entries}


def lit(door: Door, request: HttpRequest) -> bool:
    return request.path == "/" if door.begins == "/" else request.path.startswith(door.begins)
