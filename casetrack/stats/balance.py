"""What must add up, checked whenever figures are computed; figures that do not are never shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casetrack.kinds import KINDS
from casetrack.stats.dimensions import from_opening, label_of
from casetrack.stats.indicators import Term, Window
from casetrack.stats.indicators.general import CARRIED_OVER, CLOSED, PENDING, RECEIVED
from casetrack.stats.questions import Question, Tally, is_stock
from casetrack.stats.refusals import BalanceBroken

BALANCED = (CARRIED_OVER, RECEIVED, CLOSED, PENDING)


def check_cases(question: Question, tally: Tally) -> None:
    """Carried over + received = closed + pending, in every group whose dimensions are known from the first day."""
    if not set(BALANCED) <= set(question.terms) or not set(question.by) <= from_opening(question.kind):
        return
    for key, counted in tally.items():
        carried_over, received, closed, pending = (counted[term] for term in BALANCED)
        if carried_over + received != closed + pending or min(carried_over, pending) < 0:
            raise BalanceBroken(
                f"{where(question)}{group(question, key)}不平衡：上期结转{carried_over}件＋本期收到{received}件"
                f"≠本期办结{closed}件＋未办结{pending}件；请运行 manage.py verify 核查"
            )


def check_parts(question: Question, parts: Tally, whole: Tally) -> None:
    """The values of a dimension known from the first day add up to the total, whatever is counted."""
    if not set(question.by) <= from_opening(question.kind):
        return
    for term in question.terms:
        total = sum(counted[term] for counted in whole.values())
        added = sum(counted[term] for counted in parts.values())
        if added != total:
            raise BalanceBroken(
                f"{where(question)}按“{'、'.join(question.by)}”分组的{name_of(term)}合计{added}，"
                f"与总数{total}不符；请运行 manage.py verify 核查"
            )


@dataclass(frozen=True, slots=True)
class Stocks:
    """What a period found open and what it left open."""

    first: date
    carried_over: int
    pending: int


def check_succession(what: str, periods: Iterable[Stocks]) -> None:
    """What one period left pending is what the next one carries over."""
    before: Stocks | None = None
    for period in periods:
        if before and period.carried_over != before.pending:
            raise BalanceBroken(
                f"{what}自{period.first}起的一期不衔接：上期结转{period.carried_over}件，"
                f"而上期末未办结{before.pending}件；请运行 manage.py verify 核查"
            )
        before = period


def where(question: Question) -> str:
    return f"{KINDS[question.kind].label}（{question.place.name}，{question.days.period}）"


def group(question: Question, key: tuple[int | str, ...]) -> str:
    values = [str(value) for value in key]
    named = [
        label_of(question.kind, name, value)
        for name, value in zip(question.by, values[len(values) - len(question.by) :], strict=True)
    ]
    return f"“{'、'.join(named)}”" if named else ""


def name_of(term: Term) -> str:
    if is_stock(term):
        return "上期结转" if term.window is Window.CARRIED_OVER else "未办结"
    return f"{term.name}（{term.counted}）"
