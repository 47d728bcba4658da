"""What test_matrix.py declares of each address, held against what its resource takes; nothing is asked here.

The table of capabilities says who is able; that an address asks for the right one of them is said in TAKEN.
"""

import pytest

from casetrack.organizations.capabilities import Capability, roles_with
from casetrack.organizations.models import Role
from tests.api.test_matrix import ABOVE, ELSEWHERE, MANAGE, REGISTERS, RULES, WRITE

# what each resource's changes take, said beside the table of capabilities and not read off the answers
TAKEN = {
    **dict.fromkeys(("case", "event", "import", "month", "reported"), WRITE),
    **dict.fromkeys(("organization", "mediator", "training"), REGISTERS),
    **dict.fromkeys(("token", "user", "membership"), MANAGE),
    "closings": Capability.CLOSE_MONTHS,
    "export": Capability.EXPORT,
}
ANYONES = {
    ("token-list", "POST"): "one's own token opens nothing that its user may not",
    ("case-suggestions", "POST"): "a question, sent by POST to keep numbers out of addresses",
    ("report-check-cancel", "POST"): "one's own check",
    ("report-check-list", "POST"): "a question about a text, of those who see the figures of the place",
    ("export-cancel", "POST"): "one's own export, whatever became of the role",
}


@pytest.mark.parametrize("key", [key for key in RULES if key[1] != "GET" and key not in ANYONES], ids=" ".join)
def test_a_change_takes_the_capability_of_its_resource_and_is_not_made_elsewhere(key: tuple[str, str]) -> None:
    rule, taken = RULES[key], TAKEN[key[0].partition("-")[0]]
    able = roles_with(taken)

    done_by = {role for role in Role if rule.answer(role, ABOVE) < 300 or rule.answer(role, ABOVE) == 409}
    done_elsewhere = {role for role in Role if rule.answer(role, ELSEWHERE) in (200, 201, 204)}

    assert (rule.able, done_by, done_elsewhere) == (taken, set(able), set())


def test_who_checks_or_counts_writes_nothing_and_who_gives_rights_reads_no_log() -> None:
    refused = {
        role: {key for key, rule in RULES.items() if rule.able and role not in roles_with(rule.able)} for role in Role
    }
    writing = {key for key, rule in RULES.items() if rule.able in (WRITE, REGISTERS, MANAGE)}

    assert writing <= refused[Role.STATISTICIAN]
    assert writing <= refused[Role.AUDITOR]
    assert all(("audit-list", "GET") in refused[role] for role in Role if role is not Role.AUDITOR)
