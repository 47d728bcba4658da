"""The stats app."""

from django.apps import AppConfig


class StatsConfig(AppConfig):
    name = "casetrack.stats"
    default_auto_field = "django.db.models.BigAutoField"
