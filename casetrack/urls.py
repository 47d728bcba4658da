"""Every address: health and metrics for machines, the API for programs, pages for people."""

from django.urls import include, path

from casetrack import health
from casetrack.metrics.page import metrics

handler400 = "casetrack.doors.bad_request"
handler500 = "casetrack.doors.server_error"
handler403 = "web.errors.forbidden"
handler404 = "web.errors.not_found"
handler429 = "web.errors.too_many"  # as allauth finds it, for its pages alone

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/open", health.takes_requests, name="health-open"),
    path("health/ready", health.ready, name="health-ready"),
    path("metrics", metrics, name="metrics"),
    path("api/", include("api.urls")),
    path("", include("web.urls")),
]
