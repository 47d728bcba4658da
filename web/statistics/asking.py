"""What an address of the figures asks for: a place, a period, as known when; and the controls that ask for it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, QueryDict
from django.utils.timezone import localdate

from casetrack.accounts.models import User
from casetrack.lib.months import Period
from casetrack.organizations.divisions import NATION, is_under
from casetrack.organizations.models import Organization, Region
from casetrack.organizations.posts import office_of, place_of
from casetrack.organizations.scope import Scope, scope_of
from casetrack.stats.access import subjects_open
from casetrack.stats.asking import refuse_not_yet_known
from casetrack.stats.indicators import SUBJECTS, Subject
from casetrack.stats.refusals import StatisticsRefused
from web.controls import day_written, number_in
from web.filters import FilterForm, day, offices, places, whole_code
from web.guards import user_of
from web.statistics.spans import SPANS, Span, label_of, span_in

YEARS_BACK = 12
NAMES = ("under", "organization", "year", "span", "from", "to", "as_of", "known_on")
"""All that the pages of figures take along from one to the next."""


@dataclass(slots=True)
class Asked:
    """A place and a period that someone may see figures of, and what was wrong with the address."""

    data: QueryDict
    scope: Scope
    today: date
    region: str
    organization: int | None
    name: str
    open_subjects: list[str]
    span: Span | None
    period: Period
    as_of: date | None = None
    known_on: date | None = None
    refused: list[str] = field(default_factory=list)

    @property
    def cutoff(self) -> date:
        """What has not happened yet is not counted, so that a period that lasts is compared with as much of another."""
        return self.as_of or min(self.period.end, max(self.today, self.period.start))

    @property
    def label(self) -> str:
        return self.span.label if self.span else label_of(self.period)

    @property
    def question(self) -> dict[str, Any]:
        """What the core is asked, but for the subject and what to compare with."""
        place: dict[str, Any] = (
            {"organization": self.organization} if self.organization is not None else {"region": self.region}
        )
        days = {"first": self.period.start, "last": self.period.end, "as_of": self.cutoff}
        return {**place, **days, "known_on": self.known_on, "scope": self.scope}

    @property
    def subjects(self) -> list[Subject]:
        """Those that can be told: of what was known once, none that is read from the registers."""
        return [SUBJECTS[code] for code in self.open_subjects if not self.known_on or SUBJECTS[code].keeps_history]

    def subject(self, code: str) -> Subject:
        found = SUBJECTS.get(code)
        if found not in self.subjects:
            raise Http404(code)
        return found

    def form(self) -> FilterForm:
        years = [(str(year), f"{year}年") for year in range(self.today.year, self.today.year - YEARS_BACK, -1)]
        shown = self.data.copy()
        if self.organization is None:
            shown["under"] = self.region
        else:
            shown["organization"] = str(self.organization)
        if self.span:
            shown["year"], shown["span"] = str(self.span.year), self.span.name
        fields = {
            "under": places(shown, self.scope),
            "organization": offices(shown, self.scope),
            "year": forms.Field(label="年度", widget=forms.Select(choices=years)),
            "span": forms.Field(label="期间", widget=forms.Select(choices=list(SPANS.items()))),
            "from": day("或者自"),
            "to": day("至"),
            "as_of": day("截止日"),
            "known_on": day("按该日已录入的记录"),
        }
        usual = ("under", "organization", "year", "span")
        return FilterForm(shown, fields, {}, usual=usual)


def asked_in(request: HttpRequest) -> Asked:
    """Read an address. A place outside the scope is not there (404); what can't be meant is told on the page."""
    user, today = user_of(request), localdate()
    data, scope, refused = request.GET, scope_of(user), list[str]()
    region, organization, name = place_in(data, user, scope)
    found_open = subjects_open(scope, region=region, organization=organization)
    if not found_open:
        raise Http404(organization or region)
    days = {each: day_in(data, each, refused) for each in ("from", "to", "as_of", "known_on")}
    span: Span | None = span_in(data.get("year", ""), data.get("span", ""), today)
    period = span.period if span else Period(today, today)
    if days["from"] and days["to"]:
        if days["to"] < days["from"]:
            refused.append(f"结束日{days['to']}早于开始日{days['from']}")
        else:
            span, period = None, Period(days["from"], days["to"])
    elif days["from"] or days["to"]:
        refused.append("起止日须同时填写")
    asked = Asked(data, scope, today, region, organization, name, found_open, span, period)
    asked.as_of, asked.known_on, asked.refused = days["as_of"], days["known_on"], refused
    try:
        refuse_not_yet_known(asked.known_on, today)
    except StatisticsRefused as refusal:
        asked.refused.append(str(refusal))
    if period.start > today:
        asked.refused.append(f"统计期间（{asked.label}）尚未开始，今天是{today}")
    return asked


def place_in(data: QueryDict, user: User, scope: Scope) -> tuple[str, int | None, str]:
    """The place that an address names, or the one that its reader answers for."""
    code = whole_code(data) or data.get("under", "")
    if (pk := number_in(data.get("organization", ""))) is not None:
        office = Organization.objects.in_scope(scope).filter(pk=pk).first()
        if office is None:
            raise Http404(pk)
        if not code or is_under(office.region_id, code):  # else the form was sent with another region chosen
            return office.region_id, office.pk, office.name
    if not code:
        if own := office_of(user):
            return own.region_id, own.pk, own.name
        code = place_of(user) or NATION
    found = Region.objects.filter(pk=code).first()
    if found is None:
        raise Http404(code)
    return found.code, None, found.name


def day_in(data: QueryDict, name: str, refused: list[str]) -> date | None:
    given = data.get(name, "").strip()
    found = day_written(given)
    if given and found is None:
        refused.append(f"“{given[:20]}”不是日期，应如2024-03-01")
    return found
