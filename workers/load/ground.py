"""The ground: generated cases on the bundled servers of a folder of its own, and accounts that stand for all people."""

import secrets
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import cycle

from django.conf import settings
from django.core.management import call_command

from casetrack.accounts.models import User
from casetrack.accounts.token_scopes import EXPORT, READ, STATISTICS, WRITE
from casetrack.accounts.tokens import issue_token
from casetrack.cases.models import Case
from casetrack.organizations.choices import OrganizationKind
from casetrack.organizations.choices import Role as Held
from casetrack.organizations.models import Membership, Organization
from casetrack.stats import rollup
from workers.load.acts import Someone
from workers.load.profiles import A_DAY, Profile, Role

YEARS = 3
SHOWN = 60  # cases of an account, from which it opens some
SCOPES = [READ.name, WRITE.name, EXPORT.name, STATISTICS.name]
HELD = {Role.MEDIATOR: Held.CLERK, Role.CLERK: Held.HANDLER, Role.SUPERVISOR: Held.SUPERVISOR}


class LoadRefused(Exception):
    """The load would go to a database that somebody else uses, or there is nothing to ask for."""


def prepare(profile: Profile, *, cases: int, now: datetime, say: Callable[[str], None]) -> list[Someone]:
    if not (settings.BUNDLED.postgres and settings.BUNDLED.redis):
        raise LoadRefused("须用内置的PostgreSQL和Redis：会写入大量案件；请勿设置 DATABASE_URL 和 REDIS_URL")
    call_command("migrate", verbosity=0)
    call_command("load_divisions", verbosity=0)
    there = Case.objects.under(profile.region).order_by()[:cases].count()
    if there < cases:
        say(f"生成{cases - there}件案件……")
        today = now.date()
        since = today - timedelta(days=365 * YEARS)
        lacking = {"cases": cases - there, "region": profile.region, "first": since, "last": today, "seed": there}
        call_command("generate_cases", **lacking)
    say("结算统计……")
    while rollup.settle():
        pass
    return [account(profile, role, office, number, now) for number, (role, office) in enumerate(taken(profile))]


def taken(profile: Profile) -> Iterator[tuple[Role, Organization]]:
    """So many of each role as it has a share in the day's requests, at least two; offices all over the place."""
    committees = Organization.objects.under(profile.region).filter(kind=OrganizationKind.MEDIATION_COMMITTEE)
    offices = list(committees.select_related("county").order_by("pk"))
    if not offices:
        raise LoadRefused("没有调解组织")
    turn = cycle(offices[:: max(len(offices) // profile.shown, 1)])
    for role, number in profile.people.items():
        share = A_DAY[role] * number / profile.a_day
        for _ in range(max(round(profile.shown * share), 2)):
            yield role, next(turn)


def account(profile: Profile, role: Role, office: Organization, number: int, now: datetime) -> Someone:
    username, password = f"load-{profile.name}-{number}", secrets.token_urlsafe(12)
    user, _ = User.objects.get_or_create(username=username, defaults={"display_name": "压测"})
    user.set_password(password)
    user.save(update_fields=["password"])
    place = {"organization": office} if role is Role.MEDIATOR else {"region_id": office.county_id}
    Membership.objects.get_or_create(user=user, role=HELD[role], **place)
    day = now + timedelta(days=1)
    _, token = issue_token(user=user, name="压测", scopes=SCOPES, expires_at=day, actor=None, now=now)
    region = office.county_id if role is not Role.MEDIATOR else office.region_id
    assert isinstance(region, str)
    seen = Case.objects.visible_to(user).order_by("-pk").values_list("pk", flat=True)[:SHOWN]
    return Someone(role, username, password, token, region, office.pk, tuple(seen))
