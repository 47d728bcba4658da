"""Case numbers: an office's own series runs without gaps, also while many write at once."""

from datetime import date

from casetrack.cases.models import NumberSeries
from casetrack.kinds import Kind
from casetrack.organizations.models import Organization

SUFFIXES = ("人民调解委员会", "调解委员会")


def scope_of_office(organization: Organization) -> str:
    """What the office's own numbers are unique within."""
    return f"office-{organization.pk}"


def scope_of_ledger(region_code: str) -> str:
    """What the numbers that a region's ledgers give are unique within."""
    return region_code


def next_number(*, kind: Kind, organization: Organization, day: date) -> str:
    """Give the next number of the year, such as 兴国镇人调〔2026〕1号.

    Call inside the transaction that saves the case: the series stays locked until it ends, and a rollback gives the
    number back.
    """
    NumberSeries.objects.get_or_create(organization=organization, kind=kind.code, year=day.year)
    series = NumberSeries.objects.select_for_update().get(organization=organization, kind=kind.code, year=day.year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{stem_of(organization)}{kind.number_word}〔{day.year}〕{series.last}号"


def stem_of(organization: Organization) -> str:
    for suffix in SUFFIXES:
        if organization.name.endswith(suffix):
            return organization.name.removesuffix(suffix)
    return organization.name
