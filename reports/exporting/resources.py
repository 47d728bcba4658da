"""What can be exported: each list with its filters, its columns, and how its rows are read. A line for each."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.http import QueryDict
from django_filters import filters

from casetrack.accounts.auditing import About
from casetrack.accounts.models import User
from casetrack.accounts.token_scopes import AUDIT
from casetrack.cases.filtersets import CaseFilterSet, DeadlineFilterSet
from casetrack.cases.models import Case, Deadline
from casetrack.kinds.refusals import Refused
from casetrack.organizations.auditing import entries_within
from casetrack.organizations.capabilities import REFUSED, Capability
from casetrack.organizations.divisions import complete
from casetrack.organizations.filters import REPEATABLE, AnyTextFilter, FilterSet, RegionCodeFilter
from casetrack.organizations.filtersets import (
    AuditFilterSet,
    MediatorFilterSet,
    OrganizationFilterSet,
    RegionFilterSet,
    TrainingFilterSet,
)
from casetrack.organizations.models import Mediator, Organization, Region, ReportedVersion, Training
from casetrack.organizations.reported.filterset import ReportedFilterSet
from casetrack.organizations.scope import Scope, scope_of
from reports.exporting import registers
from reports.exporting.audit import OF_AUDIT, audit_rows
from reports.exporting.cases import OF_DEADLINES, case_columns, case_rows, deadline_rows, usual_case_columns
from reports.exporting.columns import Column, Listing, Rows

Filters = Mapping[str, str | Sequence[str]]
HIDDEN = "***"


class ExportRefused(Refused):
    """A list can't be exported as it was asked for; `errors` maps each part of the wish to what is wrong with it."""

    code = "export_refused"

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("；".join(errors.values()))
        self.errors = dict(errors)


@dataclass(frozen=True, slots=True)
class Resource:
    """A list: `in_scope` is all of it that a scope opens, in the order in which the list shows it."""

    name: str
    label: str
    in_scope: Callable[[Scope], QuerySet[Any]]
    filterset: type[FilterSet]
    read: Callable[[QuerySet[Any], Collection[str], date], Rows]
    columns: Callable[[Filters], Mapping[str, Column]]
    usual: Callable[[Filters], Sequence[str]]
    by_day: bool = False  # whether its filters look at the clocks of a day
    by_words: bool = False  # whether they look for words in what only those who handle cases are shown
    needs: Capability = Capability.EXPORT  # what its rows ask for
    token_scope: str = ""  # what a token must have been issued for beside exporting

    def narrowed(self, user: User, asked: Filters, *, today: date) -> QuerySet[Any]:
        """The rows of the list under these filters, where the user may export.

        Raises ExportRefused for a filter that can't be.
        """
        scope = scope_of(user)
        if self.needs is not Capability.EXPORT and scope.able(self.needs).is_empty:
            raise ExportRefused({"resource": REFUSED[self.needs]})
        data = QueryDict(mutable=True)
        for name, value in asked.items():
            data.setlist(name, values_of(value))
        extra: dict[str, Any] = {"today": today} if self.by_day else {}
        if self.by_words:
            extra["handling"] = scope.is_handled
        filterset = self.filterset(data, queryset=self.in_scope(scope.able(self.needs)), **extra)
        errors = dict(self.refusals(asked))
        if not filterset.is_valid():
            errors |= {name: "；".join(map(str, said)) for name, said in filterset.errors.items()}
        if errors:
            raise ExportRefused({f"filters.{name}": message for name, message in errors.items()})
        return as_listed(filterset.qs)

    def check(self, user: User, asked: Filters, fields: Sequence[str], *, today: date) -> None:
        """Raises ExportRefused for filters or columns that the list doesn't have."""
        self.narrowed(user, asked, today=today)
        self.chosen(fields, asked)

    @contextmanager
    def listing(self, user: User, asked: Filters, fields: Sequence[str], *, today: date) -> Iterator[Listing]:
        rows, columns = self.narrowed(user, asked, today=today), self.chosen(fields, asked)
        read = self.read(rows, {column.name for column in columns}, self.day_of(asked, today))
        yield Listing(self.label, columns, read, rows.count())

    def about(self, asked: Filters) -> About:
        """What of the record an export concerns, as the log of readings names it."""
        under = only(asked, "under")
        return About(region_code=complete(under) if under else "", kind=only(asked, "kind"))

    def refusals(self, asked: Filters) -> Iterator[tuple[str, str]]:
        """What can't be meant, as the list itself would refuse it."""
        known = self.filterset.every_filter()
        for name, value in asked.items():
            values = values_of(value)
            if name not in known:
                yield name, f"没有“{name}”这一条件，可用的有：{'、'.join(known)}"
            elif not values or not all(each.strip() for each in values):
                yield name, f"条件“{name}”没有值，请填写或去掉"
            elif len(values) > 1 and not isinstance(known[name], REPEATABLE):
                yield name, f"条件“{name}”只能填写一个值"

    def chosen(self, fields: Sequence[str], asked: Filters) -> list[Column]:
        """The columns asked for, or the usual ones."""
        return chosen_of(self.columns(asked), fields or self.usual(asked))

    def day_of(self, asked: Filters, today: date) -> date:
        """The day whose lights are shown."""
        on = only(asked, "on") if self.by_day else ""
        return date.fromisoformat(on) if on else today

    def shown(self, asked: Filters) -> dict[str, str | list[str]]:
        """The filters as others may read them: what a user typed freely may be somebody's name or telephone."""
        known = self.filterset.every_filter()
        plain = {name: value if isinstance(value, str) else list(value) for name, value in asked.items()}
        return {name: HIDDEN if is_free(known.get(name)) else value for name, value in plain.items()}


def chosen_of(known: Mapping[str, Column], fields: Sequence[str]) -> list[Column]:
    """These columns of all that there are; all of them where none is named."""
    unknown = {name for name in fields if name not in known}
    if unknown:
        raise ExportRefused({"fields": f"没有{'、'.join(sorted(unknown))}这些列，可选：{'、'.join(known)}"})
    return [known[name] for name in dict.fromkeys(fields or known)]


def values_of(value: str | Sequence[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def only(asked: Filters, name: str) -> str:
    """The value of a filter that has exactly one; empty where there is none, or any of several."""
    values = values_of(asked.get(name, ""))
    return values[0] if len(values) == 1 else ""


def as_listed(rows: QuerySet[Any]) -> QuerySet[Any]:
    """In the order of the list, where rows without a value come last whichever way the others run."""
    terms = [str(term) for term in rows.query.order_by]
    fields = [(F(term.removeprefix("-")), term.startswith("-")) for term in terms]
    return rows.order_by(
        *(field.desc(nulls_last=True) if falling else field.asc(nulls_last=True) for field, falling in fields)
    )


def is_free(narrowing: object) -> bool:
    return isinstance(narrowing, filters.CharFilter | AnyTextFilter) and not isinstance(narrowing, RegionCodeFilter)


def always(*columns: Column) -> dict[str, Any]:
    """The same columns whatever is asked for."""
    named = {column.name: column for column in columns}
    return {"columns": lambda asked: named, "usual": lambda asked: list(named)}


def cases_in(scope: Scope) -> QuerySet[Any]:
    return Case.objects.in_scope(scope).order_by("-id")


def deadlines_in(scope: Scope) -> QuerySet[Any]:
    return Deadline.objects.in_scope(scope).running().order_by("act_by", "pk")


RESOURCES: dict[str, Resource] = {
    resource.name: resource
    for resource in (
        Resource(
            "cases",
            "案件",
            cases_in,
            CaseFilterSet,
            case_rows,
            columns=lambda asked: case_columns(only(asked, "kind")),
            usual=lambda asked: usual_case_columns(only(asked, "kind")),
            by_day=True,
            by_words=True,
        ),
        Resource(
            "deadlines", "期限", deadlines_in, DeadlineFilterSet, deadline_rows, **always(*OF_DEADLINES), by_day=True
        ),
        Resource(
            "organizations",
            "机构",
            lambda scope: Organization.objects.in_scope(scope).order_by("pk"),
            OrganizationFilterSet,
            registers.organization_rows,
            **always(*registers.OF_ORGANIZATIONS),
        ),
        Resource(
            "mediators",
            "人民调解员",
            lambda scope: Mediator.objects.in_scope(scope).order_by("pk"),
            MediatorFilterSet,
            registers.mediator_rows,
            **always(*registers.OF_MEDIATORS),
        ),
        Resource(
            "trainings",
            "培训",
            lambda scope: Training.objects.in_scope(scope).order_by("-held_on", "-pk"),
            TrainingFilterSet,
            registers.training_rows,
            **always(*registers.OF_TRAININGS),
        ),
        Resource(
            "reported",
            "报送数字",
            lambda scope: ReportedVersion.objects.latest_of().in_scope(scope).order_by("-pk"),
            ReportedFilterSet,
            registers.reported_rows,
            **always(*registers.OF_REPORTED),
        ),
        Resource(
            "regions",
            "行政区划",
            lambda scope: Region.objects.order_by("code"),
            RegionFilterSet,
            registers.region_rows,
            **always(*registers.OF_REGIONS),
        ),
        Resource(
            "audit",
            "审计记录",
            lambda scope: entries_within(scope).order_by("-id"),
            AuditFilterSet,
            audit_rows,
            **always(*OF_AUDIT),
            needs=Capability.READ_AUDIT,
            token_scope=AUDIT.name,
        ),
    )
}
