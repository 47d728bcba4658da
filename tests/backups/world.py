"""An office's record in a database of its own, and empty ones to restore into, beside the database of the tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.utils import timezone

from casetrack.accounts.models import User
from casetrack.cases.attachments import attach
from casetrack.cases.models import Attachment, Case
from casetrack.organizations.models import CommitteeKind, Organization, Region
from casetrack.organizations.regions import ensure_regions
from casetrack.stats import rollup
from tests.databases import at, made
from tests.stats.conftest import NAMES, committee
from tests.stats.test_closing import closed
from tests.stats.world import VILLAGE, day, log

PDF = b"%PDF-1.7 \xe5\xbc\xa0\xe4\xb8\x89"
TEMPLATE = "annual-620522000000.toml"
ROWS = (
    "SELECT md5(coalesce(string_agg(line, E'\\n' ORDER BY line), '')) FROM (SELECT t::text AS line FROM {} t) AS lines"
)
LATER = ("django_session", "accounts_cache", "accounts_auditentry")
AUDITED = (
    "SELECT array_agg(t::text ORDER BY id) FROM accounts_auditentry t WHERE action NOT IN ('backed_up', 'restored')"
)


BUILT = """
SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT indexname FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT conrelid::regclass || ' ' || conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL SELECT viewname FROM pg_views WHERE schemaname = 'public'
ORDER BY 1
"""
"""What guards and finds rows. By names where PostgreSQL words the same thing in two ways."""
NUMBERS = (
    "SELECT sequencename, last_value FROM pg_sequences WHERE sequencename <> 'accounts_auditentry_id_seq' ORDER BY 1"
)


@contextmanager
def nowhere(name: str, folder: Path) -> Iterator[None]:
    """An empty database and an empty data folder, to go on with."""
    with made(name) as database, at(database), data_in(folder):
        yield


@contextmanager
def data_in(path: Path) -> Iterator[None]:
    """Go on with another data folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.DATA_DIR", path)
        patch.setattr("django.conf.settings.REPORT_TEMPLATES", path / "templates")
        patch.setattr("django.conf.settings.SECRETS", path / "secrets")
        yield


def build() -> None:
    """Two disputes, one with a file; a closed month; a user who is logged in; a template of reports."""
    ensure_regions(names=NAMES)
    office = committee(Region.objects.in_bulk(), VILLAGE, "兴国镇第1村人民调解委员会", CommitteeKind.VILLAGE)
    clerk = User.objects.create_user("clerk", display_name="王敏")
    attached(dispute(office), clerk)
    dispute(office)
    rollup.settle()
    closed()
    SessionStore().save()
    settings.REPORT_TEMPLATES.mkdir()
    (settings.REPORT_TEMPLATES / TEMPLATE).write_text("报告模板")


def dispute(office: Organization) -> Case:
    taken = ("register", day("2024-03-05"), {"category": "neighbour"}), ("accept", day("2024-03-06"))
    return log("mediation", office, *taken)


def attached(case: Case, actor: User | None, content: bytes = PDF) -> Attachment:
    now = timezone.now()
    return attach(case_id=case.pk, name="申请书.pdf", content=content, sort="application", actor=actor, now=now)


def all_rows() -> dict[str, object]:
    """What every table holds, and what guards it; of those that go on being written to, what was there before."""
    found: dict[str, object] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table not in LATER:
                cursor.execute(ROWS.format(table))
                found[table] = cursor.fetchone()[0]
        cursor.execute(BUILT)
        found["triggers, indexes, constraints, functions, views"] = cursor.fetchall()
        cursor.execute(NUMBERS)
        found["next numbers"] = cursor.fetchall()
        cursor.execute(AUDITED)
        found["accounts_auditentry"] = cursor.fetchone()[0]
    return found
