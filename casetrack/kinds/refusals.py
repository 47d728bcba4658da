"""What the lifecycle refuses, in words for the person who asked."""

from collections.abc import Mapping, Sequence


class Refused(Exception):
    """A step that can't be taken. `code` is stable and English; the message is Chinese and says the way out."""

    code = "refused"


class StepRefused(Refused):
    """The state of the case doesn't allow the step; `allowed` are the names of those it does."""

    code = "step_not_allowed"

    def __init__(self, message: str, *, allowed: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.allowed = tuple(allowed)


class DateRefused(Refused):
    """The date of a step contradicts what happened before it."""

    code = "date_not_possible"


class FactsRefused(Refused):
    """Facts are missing, unknown or of the wrong type; `errors` maps each field to its message."""

    code = "facts_not_valid"

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("；".join(errors.values()))
        self.errors = dict(errors)


class TermRefused(Refused):
    """A term can't be lengthened or stopped as asked: the statute sets the most, or names no such ground."""

    code = "term_not_allowed"


class GuardRefused(Refused):
    """The state allows the step, but what the statute asks of it isn't there; the message says what is missing."""

    code = "step_not_ripe"
