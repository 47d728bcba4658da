"""Administrators: that there are some, and that a stolen password is not enough."""

from collections.abc import Iterator

from allauth.mfa.models import Authenticator

from casetrack.organizations.choices import Role
from casetrack.organizations.models import Membership
from workers.doctoring.findings import Check, Finding, Level, Visit, error

OPENING = "manage.py account open 用户名 --name 姓名 --role administrator --region 区划代码"


def administrators(visit: Visit) -> Iterator[Finding]:
    found = Membership.objects.filter(role=Role.ADMINISTRATOR, user__is_active=True).values("user")
    number = found.distinct().count()
    if not number:
        yield error("没有可以登录的管理员", f"执行 {OPENING}")
        return
    secured = Authenticator.objects.filter(type=Authenticator.Type.TOTP, user__in=found).values("user").distinct()
    if bare := number - secured.count():
        level = Level.WARNING
        yield Finding(level, f"{number}名管理员中有{bare}名没有设置第二因素")


PEOPLE = (Check("administrators", "管理员及第二因素", "请本人在“账号”页面设置动态口令", administrators, "record"),)
