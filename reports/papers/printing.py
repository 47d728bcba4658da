"""Printing a paper of a case: its number is given and kept, and who printed whose names is in the audit log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from casetrack.accounts.auditing import record
from casetrack.accounts.models import Action, User
from casetrack.cases.auditing import about
from casetrack.cases.holding import locked
from casetrack.cases.models import Case, PaperIssued
from casetrack.cases.paper_numbers import Service, in_full, number_for
from casetrack.cases.paper_templates import content_of, template_for
from casetrack.cases.rights import may
from casetrack.organizations.capabilities import Capability
from reports.books.wording import chinese_day
from reports.papers.choosing import Chosen, PaperRefused, chosen, served_words
from reports.papers.filling import filled, steps_taken, words_of
from reports.papers.own.filling import filled_template
from reports.papers.own.templates import words_of_paper
from reports.papers.writing import Dated, written

PRINTING = "打印文书"


@dataclass(frozen=True, slots=True)
class Printed:
    """A file to hand out."""

    name: str
    content: bytes


def may_print(user: User, case: Case) -> bool:
    """Who deals with the case and may read whole names: a paper with masked ones is none."""
    return may(user, Capability.WRITE_CASES, case) and may(user, Capability.READ_PERSONAL, case)


@transaction.atomic
def print_paper(*, case_id: int, code: str, actor: User, now: datetime, service: Service | None = None) -> Printed:
    """The paper with its number, the same as before where it was printed before. A slip: of one service."""
    case = locked(case_id)
    taken = steps_taken(case)
    found = chosen(case, code, taken)
    if found.paper.slip and service is None and not numbered_for_all(case, code):
        raise PaperRefused("请选择送达的文书和受送达人，每次送达各有一份送达回证")
    words = words_of(case, taken, found.version, found.day)
    if found.paper.slip and service is not None:
        words |= served_words(case, service, taken)
    of_one = service if found.paper.slip else None
    issued = number_for(case, code, service=of_one, actor=actor, now=now)
    details = {"paper": code, "year": issued.year, "number": issued.number}
    if of_one:
        details |= {"party": of_one.party}
    record(action=Action.READ_PERSONAL, actor=actor, now=now, about=about(case), purpose=PRINTING, details=details)
    return made(found, issued, words)


def numbered_for_all(case: Case, code: str) -> bool:
    """Whether the case has a slip from when one number stood for all its services: that can be printed again."""
    return PaperIssued.objects.filter(case=case, paper=code, served="", party=None).exists()


def made(found: Chosen, issued: PaperIssued, words: Mapping[str, str]) -> Printed:
    """By the template of the nearest place that has one of its own, else as we write it."""
    number, office, day = in_full(issued, found.paper.word), issued.organization, localdate(issued.issued_at)
    template = template_for(office, found.paper.code, found.version.since)
    if template is not None:
        said = words_of_paper(words, number=number, title=found.title, office=office.name, day=chinese_day(day))
        content = filled_template(content_of(template), said)
    else:
        content = written(
            title=found.title,
            office=office.name,
            number=number,
            lines=filled(found.version.lines, words),
            signed=found.paper.signed,
            seal=found.paper.seal,
            dated=Dated(chinese_day(day), day),
        )
    return Printed(f"{number}{found.title}.docx", content)
