"""What a form of a register says, kept once; what stands in the way is told on the page of the form."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from casetrack.accounts.versions import RowChanged
from casetrack.kinds.refusals import Refused
from web.entering.once import done_once
from web.managing.forms import refuse_in

Page = Callable[..., HttpResponse]


def kept_once(request: HttpRequest, form: Any, page: Page, act: Callable[[datetime], str]) -> HttpResponse:
    """Keep what a form says, once, and go where that leads; what is wrong is told on the page of the form."""
    if not form.is_valid():
        return page(request, form, status=400)
    now = timezone.now()
    try:
        return done_once(request, now=now, act=lambda: act(now))
    except Refused as refused:
        refuse_in(form, refused)
        now_said = {"now": form.differing()} if isinstance(refused, RowChanged) else {}
        return page(request, form, status=409, **now_said)
