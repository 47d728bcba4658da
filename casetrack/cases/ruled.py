"""The clocks that run by one rule, and the version of the rule that governs each."""

from casetrack.cases.counting import counted
from casetrack.cases.models import Deadline
from casetrack.cases.querysets import DeadlineQuerySet
from casetrack.law.terms import NoTermInForce, Rule, Term
from casetrack.organizations.scope import Scope


def running_by(rule: Rule, scope: Scope) -> DeadlineQuerySet:
    """The offices' own clocks that run by a rule, as far as the scope opens their cases."""
    return Deadline.objects.by_office(scope).filter(rule=rule.id)


def number_running(rule: Rule, scope: Scope) -> int:
    """How many there are, no further than anyone reads the figure."""
    return counted({"running": running_by(rule, scope)})["running"]


def governing(clock: Deadline, rule: Rule) -> Term | None:
    """The version that governs a clock; None where its day was not kept, or no version is declared for it any more."""
    if clock.governed_on is None:
        return None
    try:
        return rule.term_on(clock.governed_on)
    except NoTermInForce:
        return None
