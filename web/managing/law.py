"""/manage/calendars/ and /manage/rules/: what terms are counted by, to read: it changes with the program alone."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views import View

from casetrack.cases.ruled import governing, number_running, running_by
from casetrack.kinds import KINDS
from casetrack.law.describing import ROLLS
from casetrack.law.notices import FIRST_NOTICE, LAST_NOTICE, titles_of, year_table
from casetrack.law.statutes import RULES
from casetrack.law.terms import PAUSES, Rule
from casetrack.lib.paging import CursorRefused, page_of
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.scope import scope_of
from web.errors import told
from web.filters import ANY, turning
from web.guards import Guarded, scope_able, user_of

SIZE = 50


class CalendarsView(Guarded, View):
    """The notices of each year, and the years ahead that have none yet."""

    def get(self, request: HttpRequest) -> HttpResponse:
        scope_able(user_of(request), Capability.KEEP_REGISTERS)
        this_year = localdate().year
        newest = max(LAST_NOTICE, this_year + 1)
        years = [year_in_words(year) for year in range(newest, FIRST_NOTICE - 1, -1)]
        missing = [year for year in range(FIRST_NOTICE, newest + 1) if not year_table(year).official]
        return render(request, "web/managing/calendars.html", {"years": years, "missing": missing})


def year_in_words(year: int) -> dict[str, Any]:
    table = year_table(year)
    return {
        "year": year,
        "official": table.official,
        "notices": titles_of(year),
        "rest": table.rest.items(),
        "worked": table.worked.items(),
    }


class RulesView(Guarded, View):
    """Every rule with every version of it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        scope_able(user_of(request), Capability.KEEP_REGISTERS)
        kind, verified = request.GET.get("kind", ""), request.GET.get("verified", "")
        found = [rule for rule in RULES.values() if kind in ("", rule.kind)]
        if verified:
            found = [rule for rule in found if rule.verified is (verified == "true")]
        context = {
            "rules": [rule_in_words(rule) for rule in found],
            "kinds": [ANY, *((name, named.label) for name, named in KINDS.items())],
            "kind": kind,
            "verified": verified,
            "open": sum(not rule.verified for rule in RULES.values()),
        }
        return render(request, "web/managing/rules.html", context)


class RuleView(Guarded, View):
    """A rule with its versions, and the clocks that run by it among the cases that the reader may see."""

    def get(self, request: HttpRequest, rule_id: str) -> HttpResponse:
        user, today = user_of(request), localdate()
        scope_able(user, Capability.KEEP_REGISTERS)
        scope, rule = scope_of(user), RULES.get(rule_id)
        if rule is None:
            raise Http404(rule_id)
        try:
            page = page_of(running_by(rule, scope).shown(), cursor=request.GET.get("cursor"), size=SIZE)
        except CursorRefused as refused:
            return told(request, 400, "没有这一页", str(refused))
        context = {
            "each": rule_in_words(rule),
            "kind": KINDS[rule.kind].label if rule.kind in KINDS else "",
            "number": number_running(rule, scope),
            "clocks": [(clock, governing(clock, rule)) for clock in page.rows],
            "today": today,
            **turning(page, request.GET, reverse("manage-rule", args=[rule.id])),
        }
        return render(request, "web/managing/rule.html", context)


def rule_in_words(rule: Rule) -> dict[str, Any]:
    versions = [{"term": term, "roll": ROLLS[term.roll]} for term in reversed(rule.terms)]
    return {"rule": rule, "pauses": [PAUSES[code] for code in rule.pauses], "versions": versions}
