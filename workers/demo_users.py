"""Log-ins for trying the service out: one user a role, with passwords made on this machine and kept in its data folder.

Only beside the bundled PostgreSQL: a database of one's own never gets an account that nobody asked for.
"""

import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from casetrack.accounts.models import User
from casetrack.organizations.models import Membership, Role

CLEARED = frozenset({Role.HANDLER, Role.SUPERVISOR})  # for accusations, so that both sides can be tried


class DemoUsersRefused(Exception):
    """Demo log-ins were asked for beside a database that is not the bundled one."""


@dataclass(frozen=True, slots=True)
class Login:
    """A demo user's way in."""

    role: Role
    username: str
    password: str


@transaction.atomic
def ensure_demo_users(*, region_codes: Sequence[str]) -> list[Login]:
    """One user a role, a member of all the regions; the same passwords each time."""
    if not settings.BUNDLED.postgres:
        raise DemoUsersRefused("示例账号只用于内置数据库；已设置 DATABASE_URL，请用 createsuperuser 建立账号")
    kept = kept_passwords()
    logins = [Login(role, f"demo-{role.value}", kept[f"demo-{role.value}"]) for role in Role]
    for login in logins:
        user = user_of(login)
        for code in region_codes:
            cleared = {"cleared": login.role in CLEARED}
            Membership.objects.update_or_create(user=user, role=login.role, region_id=code, defaults=cleared)
    return logins


def user_of(login: Login) -> User:
    user, _ = User.objects.get_or_create(username=login.username, defaults={"display_name": f"示例{login.role.label}"})
    if not user.check_password(login.password):
        user.set_password(login.password)
        user.save(update_fields=["password"])
    return user


def kept_passwords() -> dict[str, str]:
    """The passwords by user name; what is missing is made, and kept where only this account reads."""
    path = password_file()
    kept: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    missing = {name: secrets.token_urlsafe(9) for role in Role if (name := f"demo-{role.value}") not in kept}
    if missing:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_privately(path, json.dumps({**kept, **missing}, indent=1))
    return {**kept, **missing}


def password_file() -> Path:
    return Path(settings.SECRETS) / "demo_logins.json"


def write_privately(path: Path, text: str) -> None:
    """Never readable by others, not even for a moment; never half written."""
    beside = path.with_suffix(".new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    beside.replace(path)
