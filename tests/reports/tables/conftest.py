"""Every official table of the small county, filled and traced once in a transaction that leaves nothing behind."""

from datetime import date

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from casetrack.lib.months import Period
from reports import workbook
from reports.tables.books import Wish, book_of, gather
from tests.reports.tables.county import MARCH, OFFICIAL_YEAR, make_county
from tests.reports.tables.reading import Tables, leads_of
from tests.reports.world import QINAN

OF_MARCH = ("mediation_cases", "mediation_teams", "petitions", "legal_aid")
OF_THE_YEAR = ("reconsiderations", "litigations")
THREE_MONTHS = tuple(Period.of_month(date(2024, month, 1)) for month in (1, 2, 3))


@pytest.fixture(scope="session")
def tables(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Tables:
    with django_db_blocker.unblock(), transaction.atomic():
        make_county()
        wishes = (
            Wish(OF_MARCH, QINAN, *MARCH),
            Wish(OF_THE_YEAR, QINAN, *OFFICIAL_YEAR),
            Wish(("monthly_summary",), QINAN, *MARCH, months=THREE_MONTHS),
        )
        found = [gather(wish) for wish in wishes]
        made = Tables(
            balanced={each.sheetful.table.title: each for contents in found for each in contents.all},
            files=tuple(workbook.write(book_of(contents)) for contents in found),
            leads=[lead for contents in found for each in contents.all for lead in leads_of(each.sheetful)],
        )
        transaction.set_rollback(True)
    return made
