"""The columns of the list of cases: which there are, which someone wants to see, and what stands in them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from django.contrib.sessions.backends.base import SessionBase

from casetrack.kinds import KINDS
from casetrack.kinds.base import Field
from casetrack.kinds.wording import in_words

COLUMNS = "columns"
KEPT_AS = "case_columns"
OF_THE_KIND = "values."
Row = Mapping[str, Any]


class Column(NamedTuple):
    """A column: the members of a case that it is made of, how, and the order that its head asks for."""

    name: str
    label: str
    members: tuple[str, ...]
    said: Callable[[Row], Any]
    order: str = ""
    bare: bool = False  # understood without its head, as on a telephone

    @property
    def exported(self) -> tuple[str, ...]:
        """The columns of a file that say the same: in it a light and its day are two, and a next step is none."""
        return {"state_label": ("state",), "light": ("light", "due_on"), "steps": ()}.get(
            self.name, (self.name.removeprefix(OF_THE_KIND),)
        )

    @property
    def short(self) -> bool:
        """Whether it never needs a second line."""
        return self.name in ("kind", "state_label", "light")


def plain(name: str, label: str, order: str = "", *, bare: bool = False) -> Column:
    return Column(name, label, (name,), lambda row: row[name] or "", order, bare)


def next_steps(row: Row) -> str:
    steps = KINDS[row["kind"]].step_named
    return "、".join(steps[name].label for name in row["allowed_steps"])


FIRST = Column("number", "案号", ("id", "number"), lambda row: row["number"], "number")
"""Always there: it leads to the case."""
OTHERS = {
    column.name: column
    for column in (
        plain("title", "标题", bare=True),
        Column("kind", "种类", ("kind",), lambda row: KINDS[row["kind"]].label, bare=True),
        Column("organization", "承办机构", ("organization",), lambda row: row["organization"]["name"], bare=True),
        plain("state_label", "状态", bare=True),
        Column("light", "期限", ("light", "due_on"), lambda row: row["due_on"] or "", "due_on", bare=True),
        plain("received_on", "收到", "received_on"),
        plain("closed_on", "办结", "closed_on"),
        Column("steps", "下一步", ("kind", "allowed_steps"), next_steps),
    )
}
USUAL = ("title", "kind", "organization", "state_label", "light", "received_on")


def columns_known(kind: str) -> dict[str, Column]:
    """What can be shown: of one kind of case also what its figures are divided by."""
    known = dict(OTHERS)
    if kind in KINDS:
        known |= {f"{OF_THE_KIND}{field.name}": of_field(field) for field in KINDS[kind].fields if field.dimension}
    return known


def of_field(field: Field) -> Column:
    def said(row: Row) -> str:
        value = row["values"].get(field.name)
        return "" if value is None else in_words(field, value)

    return Column(f"{OF_THE_KIND}{field.name}", field.label, ("values",), said)


def chosen(session: SessionBase, kind: str) -> list[Column]:
    """The columns that someone chose last, or the usual ones, in the order of the list."""
    wanted = session.get(KEPT_AS, USUAL)
    return [FIRST, *(column for name, column in columns_known(kind).items() if name in wanted)]


def keep(session: SessionBase, names: Sequence[str], kind: str) -> None:
    """Remember what someone wants to see, also of a kind that is not shown now. None at all: the usual ones again."""
    known = columns_known(kind)
    others = [name for name in session.get(KEPT_AS, USUAL) if name not in known]
    session[KEPT_AS] = [*(name for name in names if name in known), *others] if names else list(USUAL)


def members_of(columns: Sequence[Column]) -> list[str]:
    return list(dict.fromkeys(["id", *(member for column in columns for member in column.members)]))
