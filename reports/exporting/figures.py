"""The list behind a figure as an export: asked for as its address asks, and read as of one moment with the figure."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from casetrack.accounts.auditing import About
from casetrack.accounts.models import User
from casetrack.kinds import KINDS
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.scope import scope_of
from casetrack.stats import tracing
from casetrack.stats.forms import PlaceForm, TraceForm, dimensions_named, question_of
from casetrack.stats.refusals import StatisticsRefused
from casetrack.stats.snapshot import one_view
from casetrack.stats.tracing import Traced
from reports.exporting import published
from reports.exporting.behind import Behind, of_figure
from reports.exporting.columns import Listing
from reports.exporting.filling import CLOSING, filled_in, plain
from reports.exporting.resources import ExportRefused, Filters, chosen_of, only


class FigureLists:
    """Whatever lies behind figures, cases, registers or what bodies reported; with `closing` behind published ones."""

    name, label, token_scope = "figures", "数字背后的清单", ""

    def check(self, user: User, asked: Filters, fields: Sequence[str], *, today: date) -> None:
        """Raises ExportRefused for what is no figure, lies outside the scope, or for columns that its list has not."""
        of_edition = CLOSING in asked
        found = published.columns_of(user, asked) if of_edition else of_figure(self.traced(user, asked, today)).columns
        chosen_of({column.name: column for column in found}, fields)

    @contextmanager
    def listing(self, user: User, asked: Filters, fields: Sequence[str], *, today: date) -> Iterator[Listing]:
        with one_view():
            label, found = self.behind(user, asked, today)
            columns = chosen_of({column.name: column for column in found.columns}, fields)
            yield Listing(f"{label}清单", columns, found.rows, found.expected, found.above)

    def behind(self, user: User, asked: Filters, today: date) -> tuple[str, Behind]:
        """The list, with the name of its figure."""
        if CLOSING in asked:
            return published.behind(user, asked)
        traced = self.traced(user, asked, today)
        return traced.indicator.label, of_figure(traced)

    def traced(self, user: User, asked: Filters, today: date) -> Traced:
        """The figure, where the user may export."""
        form, names = TraceForm(plain(asked), today=today), dimensions_named(only(asked, "subject"))
        given = filled_in(form, asked, names)
        query, part = question_of(form.cleaned_data, given, names)
        try:
            traced = tracing.understood(query, part, scope_of(user).able(Capability.EXPORT))
        except StatisticsRefused as refused:
            raise ExportRefused({"filters": str(refused)}) from refused
        refuse_closed(traced)
        return traced

    def shown(self, asked: Filters) -> dict[str, str | list[str]]:
        """Nothing in it is anyone's own words: all are codes and days."""
        return {name: value if isinstance(value, str) else list(value) for name, value in asked.items()}

    def about(self, asked: Filters) -> About:
        if CLOSING in asked:
            return published.about(asked)
        form = PlaceForm(plain(asked))
        form.full_clean()
        kind, organization = only(asked, "subject"), form.cleaned_data.get("organization")
        region = form.cleaned_data.get("region") or ""
        return About(region_code=region, organization_id=organization, kind=kind if kind in KINDS else "")


def refuse_closed(traced: Traced) -> None:
    """A figure of a place that is not open as a whole is not there."""
    kind, place = traced.indicator.subject, traced.place
    if not traced.scope.allows(
        region_code=place.region, organization_id=place.organization, kind=kind if kind in KINDS else None
    ):
        raise ExportRefused({"filters": f"“{traced.indicator.label}”的地区或机构不在您可以导出的范围内"})


FIGURES = FigureLists()
