"""What each role may do in the places of its membership: one table, which every door asks.

Seeing cases and their figures is not in it: every role sees alike what its scope opens, on every surface. Nor are
accusations, which only a cleared membership opens, whatever its role.
"""

from enum import StrEnum

from casetrack.organizations.choices import Role


class Capability(StrEnum):
    """Something to do beyond seeing cases, lists and figures, in which persons are masked."""

    WRITE_CASES = "write_cases"  # open cases, take and correct steps, link, import ledgers, report figures
    EXPORT = "export"  # take a list away as a file
    READ_PERSONAL = "read_personal"  # whole names, numbers and addresses of one case, for a purpose that is audited
    READ_AUDIT = "read_audit"  # the log of who read and changed what
    KEEP_REGISTERS = "keep_registers"  # organizations, mediators, trainings
    CLOSE_MONTHS = "close_months"  # ask for, send back, close and restate the months of a place
    MANAGE_USERS = "manage_users"  # memberships, and the tokens of others


HANDLING = frozenset({Capability.WRITE_CASES, Capability.EXPORT, Capability.READ_PERSONAL})
CAPABILITIES: dict[Role, frozenset[Capability]] = {
    Role.CLERK: HANDLING,
    Role.HANDLER: HANDLING,
    Role.SUPERVISOR: HANDLING | {Capability.KEEP_REGISTERS, Capability.CLOSE_MONTHS},
    Role.STATISTICIAN: frozenset({Capability.EXPORT}),
    # who checks others changes nothing, and who gives out rights doesn't keep the log of their use
    Role.AUDITOR: frozenset({Capability.EXPORT, Capability.READ_PERSONAL, Capability.READ_AUDIT}),
    Role.ADMINISTRATOR: frozenset(
        {
            Capability.WRITE_CASES,
            Capability.EXPORT,
            Capability.KEEP_REGISTERS,
            Capability.CLOSE_MONTHS,
            Capability.MANAGE_USERS,
        }
    ),
}


def roles_with(capability: Capability) -> frozenset[Role]:
    """The roles that may do something."""
    return frozenset(role for role, able in CAPABILITIES.items() if capability in able)
