"""Whose cases a ledger's rows are: the organization that its column names, or the region's own office."""

import difflib
import re

from casetrack.cases.ledgers.cells import key_of
from casetrack.cases.ledgers.values import RowRefused, Values
from casetrack.kinds.base import ORGANIZATION, Kind
from casetrack.organizations.models import Organization, Region
from casetrack.organizations.moving import with_moves

COMMITTEE = re.compile(r"(人民)?(调解委员会|调委会)$")


class Offices:
    """The organizations of a region that may take a kind of case, by name."""

    def __init__(self, region: Region, kind: Kind) -> None:
        self.region = region
        self.kind = kind
        of_kind = Organization.objects.under(region.code).filter(kind__in=(kind.office, *kind.other_offices))
        competent = list(of_kind.order_by("pk"))
        with_moves(competent)
        self.names: list[str] = []
        self.known: dict[str, list[Organization]] = {}
        self.short: dict[str, list[Organization]] = {}
        self.own: Organization | None = None
        for organization in competent:
            self.names.append(organization.name)
            self.known.setdefault(key_of(organization.name), []).append(organization)
            self.short.setdefault(self.stem(organization.name), []).append(organization)
            if organization.region_id == region.code and organization.kind == kind.office and self.own is None:
                self.own = organization

    def stem(self, name: str) -> str:
        """兴国镇调委会, 秦安县兴国镇人民调解委员会: one committee, written shorter or longer."""
        return COMMITTEE.sub("", key_of(name)).removeprefix(key_of(self.region.name))

    def with_short_name(self, values: Values) -> Values:
        """The values of a row, whichever way the committee was written."""
        return {**values, ORGANIZATION: self.stem(str(values[ORGANIZATION]))} if ORGANIZATION in values else values

    def of_row(self, values: Values, *, has_column: bool) -> Organization:
        """The organization in charge of a row. Raises RowRefused with the name and what to do."""
        if not has_column:
            return self.office()
        name = str(values[ORGANIZATION])
        found = self.known.get(key_of(name)) or self.short.get(self.stem(name)) or []
        if len(found) == 1:
            return found[0]
        if found:
            raise RowRefused([f"{self.region.name}有{len(found)}个“{name}”，请写明全称或分县导入"])
        near = difflib.get_close_matches(name, self.names, n=1, cutoff=0.8)
        hint = f"（是否为“{near[0]}”？）" if near else ""
        raise RowRefused([f"名册中没有“{name}”{hint}，请先导入调解组织名册或改正名称"])

    def office(self) -> Organization:
        if self.own is None:
            raise RowRefused([f"{self.region.name}没有办理{self.kind.label}案件的机构，请用县级以上区划代码导入"])
        return self.own
