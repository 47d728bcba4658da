"""Case numbers: an office's own series runs without gaps, also while many write at once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from django.db import connection

from casetrack.kinds import Kind
from casetrack.organizations.models import Organization

Series = tuple[int, str, int]
"""An office, a kind of case and a year."""
TAKE = (
    "INSERT INTO cases_numberseries AS series (organization_id, kind, year, last)"
    " SELECT * FROM unnest(%s::bigint[], %s::text[], %s::smallint[], %s::int[])"
    " ON CONFLICT (organization_id, kind, year) DO UPDATE SET last = series.last + EXCLUDED.last"
    " RETURNING organization_id, kind, year, last"
)
SUFFIXES = ("人民调解委员会", "调解委员会")


def scope_of_office(organization: Organization) -> str:
    """What the office's own numbers are unique within."""
    return f"office-{organization.pk}"


def scope_of_ledger(region_code: str) -> str:
    """What the numbers that a region's ledgers give are unique within."""
    return region_code


def next_numbers(asked: Sequence[tuple[Kind, Organization, date]]) -> list[str]:
    """Give the next numbers of the year, such as 兴国镇人调〔2026〕1号, in the order in which they are asked for.

    Call inside the transaction that saves the cases: the series stay locked until it ends, and a rollback gives the
    numbers back.
    """
    if not asked:
        return []
    series = [(organization.pk, kind.code, day.year) for kind, organization, day in asked]
    wanted = Counter(series)
    given = {each: last - wanted[each] for each, last in take_numbers(wanted).items()}
    numbers = []
    for each, (kind, organization, day) in zip(series, asked, strict=True):
        given[each] += 1
        numbers.append(number_of(kind=kind, organization=organization, year=day.year, number=given[each]))
    return numbers


def number_of(*, kind: Kind, organization: Organization, year: int, number: int) -> str:
    return f"{stem_of(organization)}{kind.number_word}〔{year}〕{number}号"


def take_numbers(wanted: Mapping[Series, int]) -> dict[Series, int]:
    """Take so many numbers from each series, in one statement: the last one taken of each.

    In the order of their keys, so that two writers of many series never wait for each other.
    """
    series = sorted(wanted)
    with connection.cursor() as cursor:
        cursor.execute(
            TAKE,
            [
                [organization for organization, _, _ in series],
                [kind for _, kind, _ in series],
                [year for _, _, year in series],
                [wanted[each] for each in series],
            ],
        )
        return {(organization, kind, year): last for organization, kind, year, last in cursor.fetchall()}


def stem_of(organization: Organization) -> str:
    for suffix in SUFFIXES:
        if organization.name.endswith(suffix):
            return organization.name.removesuffix(suffix)
    return organization.name
