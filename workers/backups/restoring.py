"""Restoring a backup into nothing: first everything is checked, then files, rows, migrations; then all is proved.

Killed at any moment, it is run again: files that are in place are found, the rows are there all or not at all, and a
mark in the database tells which backup they came from until everything was proved.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from casetrack import __version__
from casetrack.accounts.auditing import record
from casetrack.accounts.models import Action
from workers.backups import gathering, keyring, placing, programs, proving, reading, standing
from workers.backups.keyring import Keyring
from workers.backups.making import Progress
from workers.backups.manifest import Manifest
from workers.backups.reading import Archive
from workers.backups.refusals import RestoreRefused

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done. `wrong` is what does not agree with the backup."""

    manifest: Manifest
    fresh: int
    migrated: int
    wrong: list[str]


def restore(
    *, path: Path, keys: Keyring | None, now: datetime, progress: Progress, verify: Callable[[], None]
) -> Restored:
    """The backup into an empty database and into the data folder, then verified."""
    use(keys)
    with reading.opened(path) as archive:
        checked(archive, progress)
        here = standing.look()
        here.refuse(archive.digest)
        placing.refuse_others(archive)
        standing.mark(archive.digest)
        fresh = placing.put_all(archive, lambda: progress("放回文件", 1, archive.manifest.entries))
        if not here.tables:
            dumped = archive.manifest.dump.size
            programs.restore(spoken(archive, lambda done: progress("恢复数据库", done, dumped)))
        same = gathering.migrations() == archive.manifest.migrations  # else a killed run has been beyond this point
        wrong = list(proving.miscounted(archive.manifest.counts)) if same else []
        if keys:
            keep_in_trial(keys)
        return finished(archive, fresh, wrong, now, progress, verify)


def finished(
    archive: Archive, fresh: int, wrong: list[str], now: datetime, progress: Progress, verify: Callable[[], None]
) -> Restored:
    """From rows that are all there to a service that is proved."""
    migrated = migrate()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # without it the first figures would be read by plans for empty tables
    wrong += proving.unopened(set(archive.manifest.missing), lambda total: progress("打开附件", 1, total))
    if wrong:
        return Restored(archive.manifest, fresh, migrated, wrong)
    verify()
    details = {"digest": archive.digest, "made_at": archive.manifest.made_at.isoformat(), "migrated": migrated}
    record(action=Action.RESTORED, actor=None, now=now, details=details)
    standing.unmark()
    return Restored(archive.manifest, fresh, migrated, wrong)


def checked(archive: Archive, progress: Progress) -> None:
    """Everything that can be known before anything is touched."""
    archive.vouched_for(settings.FIELD_KEYS)
    if lacking := keyring.configured().lacking(archive.manifest.keys):
        raise RestoreRefused(reading.missing_keys(lacking))
    refuse_newer(archive.manifest)
    archive.check(lambda done: progress("核对备份", done, archive.size))
    placing.refuse_no_room(placing.refuse_misplaced(archive))
    programs.program("pg_restore", least=programs.server_major())


def refuse_newer(manifest: Manifest) -> None:
    """A backup of a release, or a server, that came after ours."""
    known: Collection[tuple[str, str]] = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    newer = [
        f"{app}.{name}" for app, names in manifest.migrations.items() for name in names if (app, name) not in known
    ]
    if newer:
        raise RestoreRefused(
            f"备份由 Casetrack {manifest.casetrack} 制作，比本程序（{__version__}）新（{'、'.join(newer[:3])}）；"
            "请用那个版本或更新的版本恢复"
        )
    if manifest.postgresql > programs.server_major():
        raise RestoreRefused(
            f"备份来自 PostgreSQL {manifest.postgresql}，这里是 {programs.server_major()}；请恢复到不低于它的版本"
        )


def use(keys: Keyring | None) -> None:
    """From now on this process opens with these keys, and seals with the first of them."""
    if keys:
        others = [key for key in settings.FIELD_KEYS if key not in keys.field]
        settings.FIELD_KEYS[:] = [*keys.field, *others]


def keep_in_trial(keys: Keyring) -> None:
    """Where the service keeps its secrets itself, those of the backup are kept from now on, and none is thrown away."""
    if keyring.kept_by_us():
        keyring.keep(Keyring(list(settings.FIELD_KEYS), keys.signing))


def migrate() -> int:
    """Bring the tables of an older release up to ours; how many migrations that took."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        call_command("migrate", interactive=False, verbosity=0)
    return len(plan)


def spoken(archive: Archive, said: Callable[[int], None]) -> Iterator[bytes]:
    for piece in archive.dump():
        said(len(piece))
        yield piece
