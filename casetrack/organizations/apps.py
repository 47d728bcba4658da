"""The organizations app."""

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "casetrack.organizations"
    default_auto_field = "django.db.models.BigAutoField"
