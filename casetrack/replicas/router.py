"""Which tables are read from a replica, inside `reading_from`: those of the record. Everything is written to the first.

Who asks and what they may see are never read there: a right that was taken away is gone at once.
"""

from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model

from casetrack.lib.databases import alias_to_read

APPS = frozenset({"cases", "stats", "organizations"})
NEVER = frozenset({"organizations.membership"})


class Router:
    """Asked by Django for each query."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        apart = model._meta.app_label in APPS and model._meta.label_lower not in NEVER
        return alias_to_read() if apart else DEFAULT_DB_ALIAS

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        return True  # a copy's rows are the rows of the first

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS
