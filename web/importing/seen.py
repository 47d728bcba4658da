"""What pages of imports ask for first: the import, and the sheets of a trial whose reading its sender may change."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from casetrack.accounts.models import User
from casetrack.cases.jobs.imports import may_be_taken_in
from casetrack.cases.models import Job
from web.entering.once import FormReused, done_once
from web.guards import user_of


def import_seen(request: HttpRequest, pk: int) -> Job:
    return get_object_or_404(Job.objects.imports_visible_to(user_of(request)), pk=pk)


def address_of(job: Job) -> str:
    return reverse("page-import", args=[job.pk])


def once_or_anew(request: HttpRequest, *, now: datetime, act: Callable[[], str]) -> HttpResponse:
    """Do what is harmless to do again: once for a form that is sent twice, anew for one that was gone back to."""
    try:
        return done_once(request, now=now, act=act)
    except FormReused:
        return redirect(act())


def may_be_mapped(job: Job, user: User) -> bool:
    return bool(job.parameters.get("dry_run")) and job.is_of(user) and may_be_taken_in(job)


def outlined_sheets(job: Job) -> list[dict[str, Any]]:
    """Those that were understood and those that were not, in the order of their addresses."""
    found = job.result
    sheets = [*found.get("sheets", []), *found.get("unread", []), *found.get("notes", [])]
    return [sheet for sheet in sheets if sheet.get("outline")]
