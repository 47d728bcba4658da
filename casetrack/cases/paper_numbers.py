"""Numbers of printed papers: an office's series of a paper and year has no gaps, and a case keeps the number it got."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils.timezone import localdate

from casetrack.accounts.models import User
from casetrack.cases.models import Case, PaperIssued
from casetrack.cases.numbering import stem_of

TAKE = (
    "INSERT INTO cases_paperseries AS series (organization_id, paper, year, last) VALUES (%s, %s, %s, 1)"
    " ON CONFLICT (organization_id, paper, year) DO UPDATE SET last = series.last + 1 RETURNING last"
)


@dataclass(frozen=True, slots=True)
class Service:
    """Which paper is served on whom."""

    paper: str
    party: int


def number_for(
    case: Case, paper: str, *, service: Service | None = None, actor: User | None, now: datetime
) -> PaperIssued:
    """The number of a paper of a case: the one it has, or the next of the year. A slip of service: one for each.

    Call with the case locked, inside the transaction that makes the paper: the series stays locked until it ends, and
    a rollback gives the number back.
    """
    served, party = (service.paper, service.party) if service else ("", None)
    before = PaperIssued.objects.select_related("organization").filter(case=case, paper=paper)
    issued = before.filter(served=served, party=party).first()
    if issued is not None:
        return issued
    office, year = case.organization, localdate(now).year
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [office.pk, paper, year])
        number = int(cursor.fetchone()[0])
    return PaperIssued.objects.create(
        case=case,
        organization=office,
        paper=paper,
        served=served,
        party_id=party,
        year=year,
        number=number,
        issued_by=actor,
        issued_at=now,
    )


def in_full(issued: PaperIssued, word: str) -> str:
    """麦积区道北街道人调协〔2026〕1号: of the office that gave it, wherever the case went since."""
    return f"{stem_of(issued.organization)}{word}〔{issued.year}〕{issued.number}号"
