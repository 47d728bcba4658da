"""Every address: health for machines, the API for programs."""

from django.urls import include, path

from casetrack import health

# what breaks outside any view, or was foreseen by nobody, is answered as the API answers
handler400 = "api.errors.bad_request"
handler500 = "api.errors.server_error"

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("api/", include("api.urls")),
]
