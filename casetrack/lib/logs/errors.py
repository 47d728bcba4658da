"""What an error may say in the log: its kinds and where it happened, line by line, but no value.

The message of an error often holds what somebody entered: a number that is none, the row that a constraint refused.
"""

import traceback
from types import TracebackType

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
AGAIN = "\nwhich came of\n"


def without_values(exc_info: ExcInfo) -> str:
    """The error and those that it came of, the first of them last."""
    error = exc_info[1]
    told: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        where = "".join(traceback.format_tb(error.__traceback__))
        told.append(f"{where}{named(error)}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return AGAIN.join(told)


def named(error: BaseException) -> str:
    """Its kind; of one from the database also the code and the constraint, which are ours."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    diag = getattr(error, "diag", None)
    said = [getattr(error, "sqlstate", None), getattr(diag, "table_name", None), getattr(diag, "constraint_name", None)]
    known = " ".join(str(each) for each in said if each)
    return f"{kind} ({known})" if known else kind
