"""Every rule and every duty of the statutes, by id and by name."""

from types import ModuleType

from casetrack.law.statutes import (
    civil,
    legal_aid,
    litigation,
    litigation_1989,
    litigation_after,
    mediation,
    mediation_court,
    petition,
    petition_local,
    reconsideration,
    reconsideration_1999,
)
from casetrack.law.terms import Duty, Rule, Term, by_id

MODULES: tuple[ModuleType, ...] = (
    mediation,
    mediation_court,
    petition,
    petition_local,
    reconsideration,
    reconsideration_1999,
    litigation,
    litigation_1989,
    litigation_after,
    civil,
    legal_aid,
)


def _declared_duties() -> dict[str, Duty]:
    found: dict[str, Duty] = {}
    for module in MODULES:
        for value in vars(module).values():
            if not isinstance(value, Duty):
                continue
            if value.name in found and found[value.name] is not value:
                raise ValueError(f"the duty {value.name} is declared twice")
            found[value.name] = value
    return found


# A statute's rules are the module's constants: there is no second list to forget.
RULES: dict[str, Rule] = by_id(rule for module in MODULES for rule in vars(module).values() if isinstance(rule, Rule))
DUTIES: dict[str, Duty] = _declared_duties()


def rule(rule_id: str) -> Rule:
    """The rule of that id."""
    try:
        return RULES[rule_id]
    except KeyError:
        raise LookupError(f"没有编号为“{rule_id}”的期限规则") from None


def duty(name: str) -> Duty:
    """The duty of that name."""
    try:
        return DUTIES[name]
    except KeyError:
        raise LookupError(f"没有名为“{name}”的期限事项") from None


def unverified() -> list[tuple[Rule, Term]]:
    """What a person must still hold against the official text; each term's note says what is in doubt."""
    return [(rule, term) for rule in RULES.values() for term in rule.terms if not term.verified]
