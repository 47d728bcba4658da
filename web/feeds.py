"""/account/calendar/: the address of one's own calendar of deadlines; /deadlines/feed/…: that calendar."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import View

from casetrack.accounts.feeds import end_feeds, issue_feed
from casetrack.accounts.models import CalendarFeed
from casetrack.cases.feed import deadlines_feed
from web.guards import Guarded, user_of


@method_decorator(never_cache, name="dispatch")
class CalendarAddressView(Guarded, View):
    """Made anew or ended at a press; the address is shown once, since only its digest is kept."""

    def get(self, request: HttpRequest) -> HttpResponse:
        feed = CalendarFeed.objects.standing().filter(user=user_of(request)).first()
        return render(request, "web/account/calendar.html", {"feed": feed})

    def post(self, request: HttpRequest) -> HttpResponse:
        user, now = user_of(request), timezone.now()
        if "end" in request.POST:
            end_feeds(user=user, actor=user, now=now)
            return redirect("account-calendar")
        secret = issue_feed(user=user, now=now)
        address = request.build_absolute_uri(reverse("deadlines-feed", args=[secret]))
        return render(request, "web/account/calendar.html", {"address": address})


@method_decorator(never_cache, name="dispatch")
class FeedView(View):
    """No log-in but the secret in the address: calendars have no other way. It shows what its user sees now."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        feed = CalendarFeed.objects.find(token)  # of 256 random bits, which nobody guesses
        if feed is None:
            raise Http404
        file = deadlines_feed(user=feed.user, now=timezone.now())
        disposition = {"Content-Disposition": 'inline; filename="deadlines.ics"'}
        return HttpResponse(file, content_type="text/calendar; charset=utf-8", headers=disposition)
