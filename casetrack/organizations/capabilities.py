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
    ERASE = "erase"  # ask that personal data be erased, and carry out what another asked for
    MANAGE_USERS = "manage_users"  # memberships, and the tokens of others


HANDLING = frozenset({Capability.WRITE_CASES, Capability.EXPORT, Capability.READ_PERSONAL})
CAPABILITIES: dict[Role, frozenset[Capability]] = {
    Role.CLERK: HANDLING,
    Role.HANDLER: HANDLING,
    Role.SUPERVISOR: HANDLING | {Capability.KEEP_REGISTERS, Capability.CLOSE_MONTHS, Capability.ERASE},
    Role.STATISTICIAN: frozenset({Capability.EXPORT}),
    # who checks others changes nothing, and who gives out rights doesn't keep the log of their use
    Role.AUDITOR: frozenset({Capability.EXPORT, Capability.READ_PERSONAL, Capability.READ_AUDIT}),
    Role.ADMINISTRATOR: frozenset(
        {
            Capability.WRITE_CASES,
            Capability.EXPORT,
            Capability.KEEP_REGISTERS,
            Capability.CLOSE_MONTHS,
            Capability.ERASE,
            Capability.MANAGE_USERS,
        }
    ),
}

REFUSED: dict[Capability, str] = {
    Capability.WRITE_CASES: "您的角色只能查看，不能登记或修改；如需办理，请管理员授予经办人、承办人或主管角色",
    Capability.EXPORT: "您的角色不能导出，请管理员授予相应角色",
    Capability.READ_PERSONAL: "您的角色不能查看完整的个人信息，请经办人、承办人或主管办理",
    Capability.READ_AUDIT: "审计记录只供审计员查看",
    Capability.KEEP_REGISTERS: "您的角色不能维护机构、调解员和培训名册，请主管或管理员办理",
    Capability.CLOSE_MONTHS: "您的角色不能催报、退回或结账，请主管或管理员办理",
    Capability.ERASE: "您的角色不能办理个人信息的依法删除，请主管或管理员办理",
    Capability.MANAGE_USERS: "您的角色不能管理他人的权限和访问令牌，请管理员办理",
}
"""What is said to those who may not."""


def roles_with(capability: Capability) -> frozenset[Role]:
    """The roles that may do something."""
    return frozenset(role for role, able in CAPABILITIES.items() if capability in able)
