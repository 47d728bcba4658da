"""The project's own app: it has no models, and registers the checks that must hold before anything starts."""

from django.apps import AppConfig
from django.core.checks import register

from casetrack import checks


class CasetrackConfig(AppConfig):
    name = "casetrack"

    def ready(self) -> None:
        for check in checks.CHECKS:
            register(check, "casetrack")
