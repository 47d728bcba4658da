"""/indicators/: what each figure means, from the declarations that it is counted by."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from casetrack.stats.equalities import EQUALITIES
from casetrack.stats.indicators import SUBJECTS
from casetrack.stats.unfolding import dimensions_of
from web.guards import Guarded


class IndicatorsView(Guarded, View):
    """All of them, by subject."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "web/statistics/indicators.html", {"subjects": SUBJECTS.values()})


class IndicatorView(Guarded, View):
    """One of them whole: definition, numerator and denominator, rounding, official column, and what it must equal."""

    def get(self, request: HttpRequest, subject: str, measure: str) -> HttpResponse:
        of = SUBJECTS.get(subject)
        if of is None or measure not in of.measures:
            raise Http404(measure)
        indicator = of.measures[measure]
        named = indicator.label.partition("（")[0]
        context = {
            "of": of,
            "indicator": indicator,
            "dimensions": [field.label for field in of.dimensions if field.name in dimensions_of(indicator)],
            "variants": [
                each for each in of.indicators if each != indicator and each.label.partition("（")[0] == named
            ],
            "equalities": [
                (
                    each.label,
                    *(" ＋ ".join(of.measures[name].label for name in side) for side in (each.left, each.right)),
                )
                for each in EQUALITIES
                if each.subject == subject and measure in (*each.left, *each.right)
            ],
        }
        return render(request, "web/statistics/indicator.html", context)
