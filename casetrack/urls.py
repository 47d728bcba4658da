"""Every address: health for machines, the API for programs."""

from django.urls import include, path

from casetrack import health

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("api/", include("api.urls")),
]
