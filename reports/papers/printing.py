"""Printing a paper of a case: its number is given and kept, and who printed whose names is in the audit log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from casetrack.accounts.auditing import record
from casetrack.accounts.models import Action, User
from casetrack.cases.auditing import about
from casetrack.cases.models import Case, PaperIssued
from casetrack.cases.operations import locked
from casetrack.cases.paper_numbers import in_full, number_for
from casetrack.cases.rights import may
from casetrack.kinds.refusals import Refused
from casetrack.organizations.capabilities import Capability
from reports.papers.declaring import PAPER_NAMED, PAPERS, Paper
from reports.papers.filling import filled, missing_in, steps_taken, words_of
from reports.papers.writing import written

PRINTING = "打印文书"


class PaperRefused(Refused):
    """The paper can't be printed of this case, or not yet."""

    code = "paper_refused"


@dataclass(frozen=True, slots=True)
class Printable:
    """A paper that can be printed now; `number` where it was before, `missing`: what is left to fill in by hand."""

    paper: Paper
    number: str
    missing: Sequence[str]


@dataclass(frozen=True, slots=True)
class Printed:
    """A file to hand out."""

    name: str
    content: bytes


def may_print(user: User, case: Case) -> bool:
    """Who deals with the case and may read whole names: a paper with masked ones is none."""
    return may(user, Capability.WRITE_CASES, case) and may(user, Capability.READ_PERSONAL, case)


def printable(case: Case, today: date) -> list[Printable]:
    """What can be printed now, without anything of what would stand in it."""
    taken = steps_taken(case)
    papers = [paper for paper in PAPERS if paper.kind == case.kind and not taken.keys().isdisjoint(paper.after)]
    words = words_of(case, taken, today) if papers else {}
    issued = {each.paper: each for each in PaperIssued.objects.filter(case=case).select_related("organization")}
    return [
        Printable(
            paper,
            in_full(issued[paper.code], paper.word) if paper.code in issued else "",
            missing_in(paper, words),
        )
        for paper in papers
    ]


@transaction.atomic
def print_paper(*, case_id: int, code: str, actor: User, now: datetime) -> Printed:
    """The paper with its number, the same as before where it was printed before."""
    case, today = locked(case_id), localdate(now)
    paper, taken = PAPER_NAMED.get(code), steps_taken(case)
    if paper is None or paper.kind != case.kind:
        raise PaperRefused(f"{case.declared.label}案件没有这种文书，请从案件的文书列表中选择")
    if taken.keys().isdisjoint(paper.after):
        steps = "、".join(case.declared.step_named[step].label for step in paper.after)
        raise PaperRefused(f"案件{case.number}还不能制作{paper.label}：须先登记“{steps}”")
    issued = number_for(case, code, actor=actor, now=now)
    number = in_full(issued, paper.word)
    content = written(
        title=paper.label,
        office=issued.organization.name,
        number=number,
        lines=filled(paper.lines, words_of(case, taken, today)),
        signed=paper.signed,
        dated=localdate(issued.issued_at),
    )
    details = {"paper": code, "year": issued.year, "number": issued.number}
    record(action=Action.READ_PERSONAL, actor=actor, now=now, about=about(case), purpose=PRINTING, details=details)
    return Printed(f"{number}{paper.label}.docx", content)
