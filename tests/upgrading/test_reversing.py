"""Every migration can be taken back, or docs/upgrading.md says which can't and why."""

from pathlib import Path

from django.conf import settings
from django.db.migrations.loader import MigrationLoader

OURS = {"accounts", "organizations", "cases", "stats"}


def test_whatever_cannot_be_taken_back_is_named_in_the_docs() -> None:
    graph = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    stuck = [
        f"{app}.{name}"
        for (app, name), migration in sorted(graph.items())
        if app in OURS and not all(operation.reversible for operation in migration.operations)
    ]
    said = (Path(settings.BASE_DIR) / "docs" / "upgrading.md").read_text()

    assert [name for name in stuck if f"`{name}`" not in said] == []
    assert len([key for key in graph if key[0] in OURS]) >= 63
