"""What can be exported: each list with its filters, its columns, and how its rows are read. A line for each."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django_filters import filters

from casetrack.accounts.models import User
from casetrack.cases.filtersets import CaseFilterSet, DeadlineFilterSet
from casetrack.cases.models import Case, Deadline
from casetrack.kinds.refusals import Refused
from casetrack.organizations.filters import AnyTextFilter, FilterSet, RegionCodeFilter
from casetrack.organizations.filtersets import (
    MediatorFilterSet,
    OrganizationFilterSet,
    RegionFilterSet,
    TrainingFilterSet,
)
from casetrack.organizations.models import Mediator, Organization, Region, Training
from casetrack.organizations.scope import scope_of
from reports.exporting import registers
from reports.exporting.cases import OF_DEADLINES, case_columns, case_rows, deadline_rows, usual_case_columns
from reports.exporting.columns import Column, Rows

Filters = Mapping[str, str]
HIDDEN = "***"


class ExportRefused(Refused):
    """A list can't be exported as it was asked for; `errors` maps each part of the wish to what is wrong with it."""

    code = "export_refused"

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("；".join(errors.values()))
        self.errors = dict(errors)


@dataclass(frozen=True, slots=True)
class Resource:
    """A list: `of_user` is all of it that a user may see, in the order in which the list shows it."""

    name: str
    label: str
    of_user: Callable[[User], QuerySet[Any]]
    filterset: type[FilterSet]
    read: Callable[[QuerySet[Any], Collection[str], date], Rows]
    columns: Callable[[Filters], Mapping[str, Column]]
    usual: Callable[[Filters], Sequence[str]]
    by_day: bool = False  # whether its filters look at the clocks of a day
    by_words: bool = False  # whether they look for words in what only those who handle cases are shown

    def narrowed(self, user: User, asked: Filters, *, today: date) -> QuerySet[Any]:
        """The rows that the user's list shows under these filters. Raises ExportRefused for a filter that can't be."""
        data = QueryDict(mutable=True)
        data.update(dict(asked))
        extra: dict[str, Any] = {"today": today} if self.by_day else {}
        if self.by_words:
            extra["handling"] = scope_of(user).is_handled
        filterset = self.filterset(data, queryset=self.of_user(user), **extra)
        known = list(filterset.every_filter())
        errors = {name: f"没有“{name}”这一条件，可用的有：{'、'.join(known)}" for name in asked if name not in known}
        errors |= {name: f"条件“{name}”没有值，请填写或去掉" for name in known if not asked.get(name, "-").strip()}
        if not filterset.is_valid():
            errors |= {name: "；".join(map(str, said)) for name, said in filterset.errors.items()}
        if errors:
            raise ExportRefused({f"filters.{name}": message for name, message in errors.items()})
        rows: QuerySet[Any] = filterset.qs
        return rows

    def chosen(self, fields: Sequence[str], asked: Filters) -> list[Column]:
        """The columns asked for, or the usual ones."""
        known = self.columns(asked)
        unknown = {name for name in fields if name not in known}
        if unknown:
            raise ExportRefused({"fields": f"没有{'、'.join(sorted(unknown))}这些列，可选：{'、'.join(known)}"})
        return [known[name] for name in dict.fromkeys(fields or self.usual(asked))]

    def day_of(self, asked: Filters, today: date) -> date:
        """The day whose lights are shown."""
        return date.fromisoformat(asked["on"]) if self.by_day and asked.get("on") else today

    def shown(self, asked: Filters) -> dict[str, str]:
        """The filters as others may read them: what a user typed freely may be somebody's name or telephone."""
        known = self.filterset.every_filter()
        return {name: HIDDEN if is_free(known.get(name)) else asked[name] for name in asked}


def is_free(narrowing: object) -> bool:
    return isinstance(narrowing, filters.CharFilter | AnyTextFilter) and not isinstance(narrowing, RegionCodeFilter)


def always(*columns: Column) -> dict[str, Any]:
    """The same columns whatever is asked for."""
    named = {column.name: column for column in columns}
    return {"columns": lambda asked: named, "usual": lambda asked: list(named)}


def cases_of(user: User) -> QuerySet[Any]:
    return Case.objects.visible_to(user).order_by("-id")


def deadlines_of(user: User) -> QuerySet[Any]:
    return Deadline.objects.visible_to(user).running().order_by("act_by", "pk")


RESOURCES: dict[str, Resource] = {
    resource.name: resource
    for resource in (
        Resource(
            "cases",
            "案件",
            cases_of,
            CaseFilterSet,
            case_rows,
            columns=lambda asked: case_columns(asked.get("kind", "")),
            usual=lambda asked: usual_case_columns(asked.get("kind", "")),
            by_day=True,
            by_words=True,
        ),
        Resource(
            "deadlines", "期限", deadlines_of, DeadlineFilterSet, deadline_rows, **always(*OF_DEADLINES), by_day=True
        ),
        Resource(
            "organizations",
            "机构",
            lambda user: Organization.objects.visible_to(user).order_by("pk"),
            OrganizationFilterSet,
            registers.organization_rows,
            **always(*registers.OF_ORGANIZATIONS),
        ),
        Resource(
            "mediators",
            "人民调解员",
            lambda user: Mediator.objects.visible_to(user).order_by("pk"),
            MediatorFilterSet,
            registers.mediator_rows,
            **always(*registers.OF_MEDIATORS),
        ),
        Resource(
            "trainings",
            "培训",
            lambda user: Training.objects.visible_to(user).order_by("-held_on", "-pk"),
            TrainingFilterSet,
            registers.training_rows,
            **always(*registers.OF_TRAININGS),
        ),
        Resource(
            "regions",
            "行政区划",
            lambda user: Region.objects.order_by("code"),
            RegionFilterSet,
            registers.region_rows,
            **always(*registers.OF_REGIONS),
        ),
    )
}
