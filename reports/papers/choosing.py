"""Which papers can be printed of a case now, in which version, and which services of them there can be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casetrack.cases.models import Case, PaperIssued
from casetrack.cases.paper_numbers import Service, in_full
from casetrack.cases.parties import detail_shown, role_label
from casetrack.kinds.refusals import Refused
from reports.papers.catalogue import PAPER_NAMED, PAPERS
from reports.papers.declaring import Paper, Version
from reports.papers.filling import law_day, missing_in, people_of, steps_taken, words_of


class PaperRefused(Refused):
    """The paper can't be printed of this case, or not yet."""

    code = "paper_refused"


@dataclass(frozen=True, slots=True)
class Proof:
    """A slip of service that has its number: of which paper, on whom; it can be printed again."""

    number: str
    served: str
    party: int | None
    label: str


@dataclass(frozen=True, slots=True)
class Printable:
    """A paper of a case: `number` where it was printed before, `missing`: what is left to fill in by hand.

    `refused` says why it can't be printed of this case although its step was taken; then there is no `version`.
    Of a slip: what can be served (code and title), on whom (key and masked name), and the slips that have numbers.
    """

    paper: Paper
    version: Version | None
    number: str = ""
    missing: Sequence[str] = ()
    refused: str = ""
    to_serve: Sequence[tuple[str, str]] = ()
    parties: Sequence[tuple[int, str]] = ()
    proofs: Sequence[Proof] = ()

    @property
    def label(self) -> str:
        return self.paper.titled(self.version) if self.version else self.paper.label


@dataclass(frozen=True, slots=True)
class Chosen:
    """A paper in the version for a case, and the day whose law that follows."""

    paper: Paper
    version: Version
    day: date

    @property
    def title(self) -> str:
        return self.paper.titled(self.version)


def chosen(case: Case, code: str, taken: Mapping[str, date]) -> Chosen:
    """The paper as it can be printed of the case now, or PaperRefused."""
    paper = PAPER_NAMED.get(code)
    if paper is None or paper.kind != case.kind:
        raise PaperRefused(f"{case.declared.label}案件没有这种文书，请从案件的文书列表中选择")
    if taken.keys().isdisjoint(paper.after):
        steps = "、".join(case.declared.step_named[step].label for step in paper.after)
        raise PaperRefused(f"案件{case.number}还不能制作{paper.label}：须先登记“{steps}”")
    day = law_day(case, paper, taken)
    version = paper.version_on(day)
    if version is None:
        known = "、".join(f"{each.statute.law}（{each.since}起施行）" for each in paper.versions)
        raise PaperRefused(
            f"案件{case.number}适用{day}有效的法律，系统没有当时的{paper.label}：只有依据{known}制作的；请按当时的规定自行制作"
        )
    if version.only is not None and case.values.get(version.only[0]) not in version.only[1]:
        raise PaperRefused(version.otherwise)
    return Chosen(paper, version, day)


def printable(case: Case) -> list[Printable]:
    """What can be printed now. Of what would stand in it, only whom a slip can be made out to, masked.

    What can't is told where nothing else follows its step: a petition has an opinion or an answer, not both.
    """
    taken = steps_taken(case)
    papers = [paper for paper in PAPERS if paper.kind == case.kind and not taken.keys().isdisjoint(paper.after)]
    issued = list(PaperIssued.objects.filter(case=case).select_related("organization").order_by("pk"))
    found = [printable_of(case, each, taken, [row for row in issued if row.paper == each.code]) for each in papers]
    served = {each.paper.after for each in found if each.version and not each.paper.slip}
    return [each for each in found if each.version or each.paper.after not in served]


def printable_of(case: Case, paper: Paper, taken: Mapping[str, date], issued: Sequence[PaperIssued]) -> Printable:
    try:
        found = chosen(case, paper.code, taken)
    except PaperRefused as refused:
        return Printable(paper, None, refused=str(refused))
    if paper.slip:
        return slip_of(case, found, taken, issued)
    number = in_full(issued[0], paper.word) if issued else ""
    words = words_of(case, taken, found.version, found.day)
    return Printable(paper, found.version, number, missing_in(found.version.lines, words))


def slip_of(case: Case, slip: Chosen, taken: Mapping[str, date], issued: Sequence[PaperIssued]) -> Printable:
    people = list(case.parties.select_related("case").order_by("pk"))
    names = {party.pk: f"{role_label(party)} {detail_shown(party, 'name', whole=False)}".strip() for party in people}
    served = servable(case, taken)
    on_whom = [(party.pk, names[party.pk]) for party in people_of(case)]
    proofs = [
        Proof(
            in_full(each, slip.paper.word),
            each.served,
            each.party_id,
            "，".join(filter(None, (titles_of(each.served), names.get(each.party_id or 0, "")))),
        )
        for each in issued
    ]
    return Printable(slip.paper, slip.version, to_serve=served, parties=on_whom, proofs=proofs)


def servable(case: Case, taken: Mapping[str, date]) -> list[tuple[str, str]]:
    """The papers that can be printed of the case and are served, with their titles."""
    found = []
    for paper in PAPERS:
        if paper.kind == case.kind and paper.to_serve:
            try:
                found.append((paper.code, chosen(case, paper.code, taken).title))
            except PaperRefused:  # not of this case, or not yet: then it isn't offered
                continue
    return found


def titles_of(code: str) -> str:
    return PAPER_NAMED[code].label if code in PAPER_NAMED else code


def served_words(case: Case, service: Service, taken: Mapping[str, date]) -> dict[str, str]:
    """What a slip says of a service: which paper under which number, and on whom. Raises PaperRefused."""
    party = next((each for each in people_of(case) if each.pk == service.party), None)
    if party is None:
        raise PaperRefused("受送达人须是这一案件的当事人，请从列表中选择")
    served = chosen(case, service.paper, taken)
    if not served.paper.to_serve:
        raise PaperRefused(f"{served.title}不需要送达回证，请从列表中选择送达的文书")
    issued = PaperIssued.objects.select_related("organization").filter(case=case, paper=service.paper).first()
    number = f"，{in_full(issued, served.paper.word)}" if issued else ""
    return {"受送达人": party.name, "送达文书": f"《{served.title}》{number}"}
