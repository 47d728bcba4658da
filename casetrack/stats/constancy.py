"""What of a case stays as it was when a milestone was made: such values divide the cases as they divide milestones."""

from functools import cache

from casetrack.kinds import KINDS
from casetrack.kinds.base import Step


@cache
def never_reopens(kind_code: str) -> bool:
    """Whether a case is received once and closed at most once, so that each milestone stands for one case."""
    kind = KINDS[kind_code]
    is_open = {state.code: state.open for state in kind.states}
    turns = [(step, source) for step in kind.steps for source in step.sources]
    reopened = any(step.target and is_open[step.target] and not is_open[source] for step, source in turns)
    closed_again = any(marks(step, "closed") and not is_open[source] for step, source in turns)
    received_later = any(marks(step, "received") for step in kind.steps if not step.opens_case)
    return not (reopened or closed_again or received_later)


@cache
def fixed_when_received(kind_code: str) -> frozenset[str]:
    """The dimensions of the case itself that its opening alone can set."""
    return fixed(kind_code, "received")


@cache
def fixed_when_closed(kind_code: str) -> frozenset[str]:
    """The dimensions that only the steps that close a case can set."""
    return fixed(kind_code, "closed")


def fixed(kind_code: str, name: str) -> frozenset[str]:
    kind = KINDS[kind_code]
    own = {each.name for each in kind.dimensions} - {each.name for each in kind.context}
    setting = {each: [step for step in kind.steps if each in {*step.records, *dict(step.sets)}] for each in own}
    return frozenset(each for each, steps in setting.items() if all(makes(step, name) for step in steps))


def marks(step: Step, name: str) -> bool:
    return any(mark.name == name for mark in step.marks)


def makes(step: Step, name: str) -> bool:
    """Whether the step surely leaves the milestone, whatever the values of the case."""
    return any(mark.name == name and not mark.when for mark in step.marks)
