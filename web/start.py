"""The first page: what this person has to see to today."""

from django.views.generic import TemplateView

from web.guards import Guarded


class StartView(Guarded, TemplateView):
    template_name = "web/start.html"
