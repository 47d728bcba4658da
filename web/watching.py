"""Pages of work that a worker does: how far it is, asked for again by htmx until it is over, and called off."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from casetrack.cases.jobs.asking import JobFinished, cancel
from casetrack.cases.models import Job


def watched(request: HttpRequest, job: Job, context: dict[str, Any], *, page: str, part: str) -> HttpResponse:
    """The page; to htmx only the part that changes, and all of it anew once the job is over and has a result."""
    if not request.headers.get("HX-Request"):
        return render(request, page, context)
    answer = render(request, part, context)
    if job.is_finished:
        answer["HX-Refresh"] = "true"
    return answer


def called_off(request: HttpRequest, job: Job, page: str) -> HttpResponse:
    """Call one's own job off, and back to its page; one that is over already says so there."""
    try:
        cancel(job_id=job.pk, now=timezone.now())
    except JobFinished as refused:
        messages.error(request, str(refused))
    return redirect(page, job.pk)
