"""The people of a case: read for a stated purpose, added and corrected, each time with a line in the audit log.

They stand beside the chain of events, which must not name them, so a change leaves no event, and the case at its
version. The log says which details were shown or changed, never what they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from casetrack.accounts.auditing import record
from casetrack.accounts.fields import blind_index
from casetrack.accounts.models import Action, User
from casetrack.accounts.versions import refuse_unless_at
from casetrack.cases.auditing import about
from casetrack.cases.drafts import PartyDraft
from casetrack.cases.holding import locked, refuse_erased
from casetrack.cases.models import Case, Party
from casetrack.cases.operations import party_row
from casetrack.cases.searching import renamed
from casetrack.kinds.refusals import Refused
from casetrack.lib.databases import connection_to_read
from casetrack.lib.masking import masked_address, masked_name, masked_number

DETAILS = ("role", "name", "phone", "identity", "address")
PERSONAL = ("name", "phone", "identity", "address")
MOST = 200
MASKED = "*"
MASKS = {"name": masked_name, "phone": masked_number, "identity": masked_number, "address": masked_address}


def names_in(cases: Sequence[int]) -> dict[int, list[str]]:
    """Who is in each of some cases, in the order they were entered: nothing sealed is read."""
    found: dict[int, list[str]] = {}
    with connection_to_read().cursor() as cursor:  # one array, and not as many parameters as a page has cases
        cursor.execute("SELECT case_id, name FROM cases_party WHERE case_id = ANY(%s) ORDER BY id", [list(cases)])
        for case, name in cursor.fetchall():
            found.setdefault(case, []).append(name)
    return found


def detail_shown(party: Party, name: str, *, whole: bool) -> str:
    """A detail of a party: masked, unless it is read for a stated purpose."""
    value: str = getattr(party, name)
    return value if whole else MASKS[name](value)


def role_label(party: Party) -> str:
    return next((role.label for role in party.case.declared.roles if role.code == party.role), party.role)


class PartyRefused(Refused):
    """The party can't be as it was said; `errors` maps each detail to its message."""

    code = "party_not_valid"

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("；".join(errors.values()))
        self.errors = dict(errors)


@transaction.atomic
def read_party(*, party_id: int, purpose: str, actor: User, now: datetime) -> Party:
    """A party whole. That it was read, what for, and which details there were is logged, or it is not read."""
    party = Party.objects.select_related("case").get(pk=party_id)
    shown = [name for name in PERSONAL if getattr(party, name)]
    details = {"party": party.pk, "fields": shown}
    record(action=Action.READ_PERSONAL, actor=actor, now=now, about=about(party.case), purpose=purpose, details=details)
    return party


@transaction.atomic
def add_party(*, case_id: int, draft: PartyDraft, actor: User, now: datetime) -> Party:
    """Someone more in a case."""
    case = locked(case_id)
    details = asdict(draft)
    refuse(case, details)
    if case.parties.count() >= MOST:
        raise PartyRefused({"role": f"一个案件最多登记{MOST}名当事人，其余请写入案件要素"})
    party = party_row(case, draft)
    party.save()
    found_by_names(case)
    said = {"party": party.pk, "fields": [name for name in DETAILS if details[name]]}
    record(action=Action.CREATE, actor=actor, now=now, about=about(case), details=said)
    return party


@transaction.atomic
def change_party(
    *, party_id: int, details: Mapping[str, str], actor: User, now: datetime, version: str | None = None
) -> Party:
    """Say anew who someone is, or how to reach them. With `version`, only if the party is still at it."""
    case = Case.objects.select_for_update(of=("self",)).get(parties=party_id)
    refuse_erased(case)
    party = Party.objects.select_for_update(of=("self",)).get(pk=party_id)
    refuse_unless_at(party, version)
    differing = {name: value for name, value in details.items() if getattr(party, name) != value}
    refuse(case, differing)
    if differing:
        set_details(party, differing)
        if "name" in differing:
            found_by_names(case)
        said = {"party": party.pk, "fields": sorted(differing)}
        record(action=Action.CHANGE, actor=actor, now=now, about=about(case), details=said)
    return party


def found_by_names(case: Case) -> None:
    """Let a held case be found by the names that now stand in it."""
    Case.objects.filter(pk=case.pk).update(search_text=renamed(case))


def set_details(party: Party, details: Mapping[str, str]) -> None:
    for name, value in details.items():
        setattr(party, name, value)
    party.phone_index, party.identity_index = blind_index(party.phone), blind_index(party.identity)
    party.save()


def refuse(case: Case, details: Mapping[str, str]) -> None:
    roles = {role.code: role.label for role in case.declared.roles}
    errors = {
        name: "含有星号，像是隐去后的内容；请填写完整内容，不修改的项目不要填写"
        for name in ("phone", "identity", "address")
        if MASKED in details.get(name, "")
    }
    if "role" in details and details["role"] not in roles:
        said = "、".join(f"{code}（{label}）" for code, label in roles.items())
        errors["role"] = f"没有“{details['role']}”这一身份，可选：{said}"
    if errors:
        raise PartyRefused(errors)
