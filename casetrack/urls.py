"""Every address: health and metrics for machines, the API for programs."""

from django.urls import include, path

from casetrack import health
from casetrack.metrics.page import metrics

# what breaks outside any view, or was foreseen by nobody, is answered as the API answers
handler400 = "api.errors.bad_request"
handler500 = "api.errors.server_error"

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("metrics", metrics, name="metrics"),
    path("api/", include("api.urls")),
]
