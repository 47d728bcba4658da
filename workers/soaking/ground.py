"""The ground of a trial: an empty database of its own, a city with two counties, and an account for each client."""

import json
from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from casetrack.accounts.token_scopes import EXPORT, READ, WRITE
from casetrack.accounts.tokens import issue_token
from casetrack.cases.models import Case
from casetrack.organizations.choices import CommitteeKind, OrganizationKind, Role
from casetrack.organizations.granting import Held
from casetrack.organizations.keeping_accounts import AccountDraft, open_account
from casetrack.organizations.models import Organization
from casetrack.organizations.operations import (
    OrganizationRow,
    ensure_offices,
    ensure_region,
    ensure_regions,
    load_organizations,
)
from workers.soaking.client import Orders

CITY = "620500000000"
COUNTIES = {"620522000000": "秦安县", "620523000000": "甘谷县"}
IMPORTED_TO = "620522000000"
COMMITTEES = (
    ("100000", "镇人民调解委员会", CommitteeKind.TOWNSHIP),
    ("100201", "第1村人民调解委员会", CommitteeKind.VILLAGE),
)
SINCE = date(2012, 3, 1)


class GroundRefused(Exception):
    """The trial would stop servers, or fill a database, that somebody else uses."""


def prepare(*, folder: Path, clients: int, api: str, seed: str, now: datetime) -> list[Orders]:
    """Make what is needed, and what each client is told."""
    refuse_unless_ours()
    call_command("migrate", verbosity=0)
    if Case.objects.exists():
        raise GroundRefused("库中已有案件；请用空的数据目录（make soak 每次新建）")
    call_command("load_divisions", verbosity=0)
    offices = make_offices()
    for left in (*folder.glob("*.json"), *folder.glob("*.jsonl")):
        left.unlink()
    return [orders_for("甲乙丙丁戊己庚辛"[number], offices, folder, api, seed, now) for number in range(clients)]


def refuse_unless_ours() -> None:
    if not (settings.BUNDLED.postgres and settings.BUNDLED.redis):
        raise GroundRefused("须用内置的PostgreSQL和Redis：会反复停止它们；请勿设置 DATABASE_URL 和 REDIS_URL")


def make_offices() -> dict[str, list[int]]:
    ensure_regions(names=COUNTIES)
    petitions = []
    for code, name in COUNTIES.items():
        county, _ = ensure_region(code=code, name=name)
        petitions.append(ensure_offices(region=county)[OrganizationKind.PETITION_OFFICE].pk)
        rows = [
            OrganizationRow(name + called, code[:6] + below, kind, active_from=SINCE)
            for below, called, kind in COMMITTEES
        ]
        load_organizations(county=county, rows=rows)
    committees = Organization.objects.filter(kind=OrganizationKind.MEDIATION_COMMITTEE).order_by("pk")
    return {"mediation": list(committees.values_list("pk", flat=True)), "petition": petitions}


def orders_for(name: str, offices: dict[str, list[int]], folder: Path, api: str, seed: str, now: datetime) -> Orders:
    """A service account for the whole city, and the file that tells its program what to do."""
    draft = AccountDraft(f"soak-{name}", f"客户端{name}", Held(Role.SUPERVISOR, CITY, None, ()), is_service=True)
    user, _ = open_account(draft=draft, actor=None, now=now)
    scopes = [READ.name, WRITE.name, EXPORT.name]
    _, secret = issue_token(
        user=user, name="压测", scopes=scopes, expires_at=now + timedelta(days=2), actor=None, now=now
    )
    committee = COUNTIES[IMPORTED_TO] + COMMITTEES[0][1]
    orders = Orders(name, api, secret, seed, IMPORTED_TO, committee, offices, (CITY, *COUNTIES))
    path = orders_of(folder, name)
    path.touch(mode=0o600)
    path.write_text(json.dumps(asdict(orders)))
    return orders


def orders_of(folder: Path, name: str) -> Path:
    return folder / f"{name}.json"


def diary_of(folder: Path, name: str) -> Path:
    return folder / f"{name}.jsonl"
