"""A region that keeps no cases of a kind may state a whole year: its months are then no parts of it."""

from datetime import date

from casetrack.organizations.models import Organization, OrganizationKind, Region
from reports.books import annual, monthly
from tests.reports.world import QINAN, settle, total
from tests.stats.stating import state


def test_books_show_what_was_stated_for_the_year_and_ask_no_month_to_add_up_to_it(county: Region) -> None:
    bureau = Organization.objects.create(
        region=county, county=county, name="秦安县司法局", kind=OrganizationKind.JUSTICE_BUREAU
    )
    for measure, value in (("received", "68"), ("handled", "71")):
        state(bureau, f"litigation.{measure}", ("2024-01-01", "2024-12-31"), value, whole_region=True)
    settle()

    year, december = annual.write(region=QINAN, year=2024), monthly.write(region=QINAN, month=date(2024, 12, 1))

    assert [total(year, "行政应诉")[name] for name in ("收到", "办理")] == [68, 71]
    assert total(december, "行政应诉")["办理"] == 0
