"""Printing a paper of a case: its number is given and kept, and who printed whose names is in the audit log."""

from collections.abc import Mapping, Sequence
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
from reports.papers.catalogue import PAPER_NAMED, PAPERS
from reports.papers.declaring import Paper, Version
from reports.papers.filling import filled, law_day, missing_in, steps_taken, words_of
from reports.papers.writing import written

PRINTING = "打印文书"


class PaperRefused(Refused):
    """The paper can't be printed of this case, or not yet."""

    code = "paper_refused"


@dataclass(frozen=True, slots=True)
class Printable:
    """A paper of a case: `number` where it was printed before, `missing`: what is left to fill in by hand.

    `refused` says why it can't be printed of this case although its step was taken; then there is no `version`.
    """

    paper: Paper
    version: Version | None
    number: str = ""
    missing: Sequence[str] = ()
    refused: str = ""

    @property
    def label(self) -> str:
        return self.paper.titled(self.version) if self.version else self.paper.label


@dataclass(frozen=True, slots=True)
class Printed:
    """A file to hand out."""

    name: str
    content: bytes


def may_print(user: User, case: Case) -> bool:
    """Who deals with the case and may read whole names: a paper with masked ones is none."""
    return may(user, Capability.WRITE_CASES, case) and may(user, Capability.READ_PERSONAL, case)


def version_for(case: Case, paper: Paper, day: date) -> Version:
    """The version that the law of a day has for the case. Raises PaperRefused where it has none."""
    version = paper.version_on(day)
    if version is None:
        known = "、".join(f"{each.statute.law}（{each.since}起施行）" for each in paper.versions)
        raise PaperRefused(
            f"案件{case.number}适用{day}有效的法律，系统没有当时的{paper.label}：只有依据{known}制作的；请按当时的规定自行制作"
        )
    if version.only is not None and case.values.get(version.only[0]) not in version.only[1]:
        raise PaperRefused(version.otherwise)
    return version


def printable(case: Case) -> list[Printable]:
    """What can be printed now, without anything of what would stand in it."""
    taken = steps_taken(case)
    papers = [paper for paper in PAPERS if paper.kind == case.kind and not taken.keys().isdisjoint(paper.after)]
    issued = {each.paper: each for each in PaperIssued.objects.filter(case=case).select_related("organization")}
    return [printable_of(case, paper, taken, issued.get(paper.code)) for paper in papers]


def printable_of(case: Case, paper: Paper, taken: Mapping[str, date], issued: PaperIssued | None) -> Printable:
    day = law_day(case, paper, taken)
    try:
        version = version_for(case, paper, day)
    except PaperRefused as refused:
        return Printable(paper, None, refused=str(refused))
    number = in_full(issued, paper.word) if issued else ""
    return Printable(paper, version, number, missing_in(version.lines, words_of(case, taken, version, day)))


@transaction.atomic
def print_paper(*, case_id: int, code: str, actor: User, now: datetime) -> Printed:
    """The paper with its number, the same as before where it was printed before."""
    case = locked(case_id)
    paper, taken = PAPER_NAMED.get(code), steps_taken(case)
    if paper is None or paper.kind != case.kind:
        raise PaperRefused(f"{case.declared.label}案件没有这种文书，请从案件的文书列表中选择")
    if taken.keys().isdisjoint(paper.after):
        steps = "、".join(case.declared.step_named[step].label for step in paper.after)
        raise PaperRefused(f"案件{case.number}还不能制作{paper.label}：须先登记“{steps}”")
    day = law_day(case, paper, taken)
    version = version_for(case, paper, day)
    issued = number_for(case, code, actor=actor, now=now)
    number, title = in_full(issued, paper.word), paper.titled(version)
    content = written(
        title=title,
        office=issued.organization.name,
        number=number,
        lines=filled(version.lines, words_of(case, taken, version, day)),
        signed=paper.signed,
        dated=localdate(issued.issued_at),
    )
    details = {"paper": code, "year": issued.year, "number": issued.number}
    record(action=Action.READ_PERSONAL, actor=actor, now=now, about=about(case), purpose=PRINTING, details=details)
    return Printed(f"{number}{title}.docx", content)
