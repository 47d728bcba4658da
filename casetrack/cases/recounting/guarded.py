"""Which steps were allowed by the last day of a clock: where one was taken, a moved day may turn it unlawful."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from types import FunctionType

from casetrack.kinds import KINDS
from casetrack.kinds.base import Step
from casetrack.kinds.standing import Standing

QUESTIONS = {Standing.last_day.__name__, Standing.too_late.__name__}


@cache
def guarded_steps() -> dict[str, frozenset[str]]:
    """By kind, the steps with a guard that asks for clocks."""
    return {code: frozenset(step.name for step in kind.steps if asks_for_clocks(step)) for code, kind in KINDS.items()}


def asks_for_clocks(step: Step) -> bool:
    return any(asks(guard, ()) for guard in step.guards)


def asks(function: Callable[..., object], seen: Sequence[object]) -> bool:
    """Whether a guard, or a function it calls, names a question about clocks. One that can't be read is taken to."""
    if not isinstance(function, FunctionType):
        return True
    names = set(names_in(function))
    if names & QUESTIONS:
        return True
    inner = [cell.cell_contents for cell in function.__closure__ or ()]
    called = [function.__globals__.get(name) for name in names] + inner
    return any(
        asks(other, (*seen, function))
        for other in called
        if isinstance(other, FunctionType) and other not in seen and other is not function
    )


def names_in(function: FunctionType) -> Iterator[str]:
    """The names that a function uses, those of the functions written inside it included."""
    waiting = [function.__code__]
    while waiting:
        code = waiting.pop()
        yield from code.co_names
        waiting.extend(constant for constant in code.co_consts if isinstance(constant, type(code)))
