"""What must add up, checked whenever figures are computed; figures that do not are never shown."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from casetrack.kinds import KINDS
from casetrack.stats.dimensions import always_known, applies, label_of
from casetrack.stats.equalities import EQUALITIES, WORDS, Equality
from casetrack.stats.figures import Answer, Figure
from casetrack.stats.indicators import SUBJECTS, Form, Indicator, Term, Window
from casetrack.stats.questions import Question, Tally, is_stock
from casetrack.stats.refusals import BalanceBroken

Number = int | Decimal
SUMMED = (Form.COUNT, Form.AMOUNT, Form.REGISTER)
CHECK = "请运行 manage.py verify 核查"


@dataclass(frozen=True, slots=True)
class Inequality:
    """Something declared to add up that does not: which equality, of what, in which group, with its two sides."""

    name: str
    label: str
    subject: str
    dimensions: Mapping[str, str]
    left: Number
    right: Number
    words: str

    def __str__(self) -> str:
        return self.words


def broken(answer: Answer) -> list[Inequality]:
    """Everything in an answer that does not add up, though it is declared to: nothing, if the record is sound."""
    return [*unequal_sides(answer), *unequal_parts(answer)]


def unequal_sides(answer: Answer) -> Iterator[Inequality]:
    place = answer.organization_name or answer.region_name
    for equality in EQUALITIES:
        groups = {frozenset(figure.dimensions.items()): figure.dimensions for figure in answer.of(equality.subject)}
        for dimensions in groups.values():
            if not equality.divided_by(tuple(dimensions)):
                continue
            names = (*equality.left, *equality.right)
            found = {name: answer.find(equality.subject, name, **dimensions) for name in names}
            if any(each and each.indicator.is_reported for each in found.values()):
                continue  # bodies state some of a sum where the record has no cases, and nobody states the rest
            numbers = {name: number(each) for name, each in found.items()}
            where = f"{SUBJECTS[equality.subject].label}（{place}，{answer.first} – {answer.last}）"
            yield from compared(equality, numbers, dimensions, where + said(equality.subject, dimensions))


def compared(
    equality: Equality, numbers: Mapping[str, Number], dimensions: Mapping[str, str], where: str
) -> Iterator[Inequality]:
    left, right = (sum((numbers[name] for name in side), 0) for side in (equality.left, equality.right))
    if left != right or min(numbers.values()) < 0:
        words = f"{where}不平衡：{sum_of(equality, equality.left, numbers)}≠{sum_of(equality, equality.right, numbers)}"
        yield Inequality(equality.name, equality.label, equality.subject, dict(dimensions), left, right, words)


def sum_of(equality: Equality, side: tuple[str, ...], numbers: Mapping[str, Number]) -> str:
    measures = SUBJECTS[equality.subject].measures
    return "＋".join(f"{WORDS.get(name, measures[name].label)}{numbers[name]}{measures[name].unit}" for name in side)


def unequal_parts(answer: Answer) -> Iterator[Inequality]:
    """The groups of a breakdown that divides everything counted add up to the figure of all together."""
    added: dict[tuple[str, str, tuple[str, ...]], Number] = {}
    for figure in answer.figures:
        names = tuple(sorted(figure.dimensions))
        if names and divides(figure.indicator, names):
            key = (figure.subject, figure.measure, names)
            added[key] = added.get(key, 0) + number(figure)
    for (subject, measure, names), parts in added.items():
        whole = answer.find(subject, measure)
        if whole is not None and not whole.indicator.is_reported and number(whole) != parts:
            by = "、".join(names)
            words = f"{SUBJECTS[subject].label}“{whole.label}”按“{by}”各组之和{parts}，与合计{number(whole)}不符"
            yield Inequality("parts", "分组之和", subject, dict.fromkeys(names, ""), parts, number(whole), words)


def divides(indicator: Indicator, names: tuple[str, ...]) -> bool:
    """Whether every case counted falls into one of the groups, so that these add up to the whole."""
    if indicator.form not in SUMMED or not applies(indicator, names):
        return False
    return indicator.form is Form.REGISTER or all(
        set(names) <= always_known(indicator.subject, term.name) for term in indicator.terms
    )


def number(figure: Figure | None) -> Number:
    return figure.value or 0 if figure else 0


def check_cases(question: Question, tally: Tally) -> None:
    """Every equality whose terms were counted, in every group that it holds in."""
    for equality in EQUALITIES:
        if equality.subject != question.kind or not equality.divided_by(question.by):
            continue
        terms = {name: SUBJECTS[equality.subject].measures[name].terms for name in (*equality.left, *equality.right)}
        if not all(set(each) <= set(question.terms) for each in terms.values()):
            continue
        for key, found in tally.items():
            numbers: dict[str, Number] = {name: sum(found[term] for term in each) for name, each in terms.items()}
            for unequal in compared(equality, numbers, {}, f"{where(question)}{group(question, key)}"):
                raise BalanceBroken(f"{unequal}；{CHECK}")


def check_parts(question: Question, parts: Tally, whole: Tally) -> None:
    """The values of a dimension that all that is counted has add up to the total."""
    for term in question.terms:
        if not set(question.by) <= always_known(question.kind, term.name):
            continue
        total = sum(counted[term] for counted in whole.values())
        added = sum(counted[term] for counted in parts.values())
        if added != total:
            raise BalanceBroken(
                f"{where(question)}按“{'、'.join(question.by)}”分组的{name_of(term)}合计{added}，与总数{total}不符；{CHECK}"
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
                f"而上期末未办结{before.pending}件；{CHECK}"
            )
        before = period


def where(question: Question) -> str:
    return f"{KINDS[question.kind].label}（{question.place.name}，{question.days.period}）"


def group(question: Question, key: tuple[int | str, ...]) -> str:
    values = [str(value) for value in key]
    return said(question.kind, dict(zip(question.by, values[len(values) - len(question.by) :], strict=True)))


def said(subject: str, dimensions: Mapping[str, str]) -> str:
    named = [label_of(subject, name, value) for name, value in dimensions.items()]
    return f"“{'、'.join(named)}”" if named else ""


def name_of(term: Term) -> str:
    if is_stock(term):
        return "上期结转" if term.window is Window.CARRIED_OVER else "未办结"
    return f"{term.name}（{term.counted}）"
