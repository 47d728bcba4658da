"""The list behind a published figure, asked for by the key of its edition (`closing`), where the user may export."""

from collections.abc import Sequence

from casetrack.accounts.auditing import About
from casetrack.accounts.models import User
from casetrack.kinds import KINDS
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.scope import Scope, scope_of
from casetrack.stats.closing.models import Edition
from casetrack.stats.closing.published import Asked
from casetrack.stats.forms import PublishedForm, dimensions_named
from casetrack.stats.indicators import SUBJECTS
from casetrack.stats.refusals import StatisticsRefused
from reports.exporting import behind as lists
from reports.exporting.columns import Column
from reports.exporting.filling import CLOSING, filled_in, plain
from reports.exporting.resources import ExportRefused, Filters, only


def columns_of(user: User, asked: Filters) -> Sequence[Column]:
    """Raises ExportRefused for what is no figure of the edition, has no list, or is not open; reads no case."""
    edition, figure, scope = understood(user, asked)
    try:
        return lists.columns_of(figure, lists.published_for(edition, figure, scope))
    except StatisticsRefused as refused:
        raise ExportRefused({"filters": str(refused)}) from refused


def behind(user: User, asked: Filters) -> tuple[str, lists.Behind]:
    """The list, with the name of its figure."""
    edition, figure, scope = understood(user, asked)
    try:
        found = lists.of_edition(edition, figure, scope)
    except StatisticsRefused as refused:
        raise ExportRefused({"filters": str(refused)}) from refused
    return SUBJECTS[figure.subject].measures[figure.measure].label, found


def understood(user: User, asked: Filters) -> tuple[Edition, Asked, Scope]:
    form, names = PublishedForm(plain(asked)), dimensions_named(only(asked, "subject"))
    given, scope = filled_in(form, asked, names), scope_of(user).able(Capability.EXPORT)
    said = form.cleaned_data
    edition = Edition.objects.in_scope(scope).filter(pk=said[CLOSING]).first()
    kind = said["subject"] if said["subject"] in KINDS else None
    if edition is None or not scope.allows_region(edition.region_id, kind=kind):
        raise ExportRefused({f"filters.{CLOSING}": f"没有编号为{said[CLOSING]}的一版，或其数字不在您可以导出的范围内"})
    dimensions = {name: given[name] for name in names if name in given}
    return edition, Asked(said["subject"], said["measure"], dimensions, said["region"], said["organization"]), scope


def about(asked: Filters) -> About:
    """The place of the figure, as the log of readings names it."""
    form = PublishedForm(plain(asked))
    form.full_clean()
    region, kind = form.cleaned_data.get("region"), only(asked, "subject")
    if not region:
        region = Edition.objects.get(pk=form.cleaned_data[CLOSING]).region_id
    organization = form.cleaned_data.get("organization")
    return About(region_code=region, organization_id=organization, kind=kind if kind in KINDS else "")
