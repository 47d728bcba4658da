"""What of a case can stand in a paper, under the names that the papers' words have for it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casetrack.cases.models import Case, Party, QueryCode
from casetrack.cases.reading import happenings_of
from casetrack.kinds.wording import facts_in_words
from casetrack.law.statutes import RULES
from casetrack.lib.masking import ERASED
from reports.books.wording import chinese_day
from reports.papers.declaring import MARK, Paper, Version

BLANK = "＿" * 12
HEADING, IF_KNOWN = "#", "?"
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
TERMS = {"请求复查的期限": "XF-REV-ASK", "请求复核的期限": "XF-RER-ASK", "申请司法确认的期限": "PM-CONF-APPLY"}
CONCLUDE = "petition.conclude"
GOVERNING, DEEMED = "governing_on", "accept_deemed"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a paper, filled."""

    text: str
    heading: bool = False
    addressed: bool = False  # to whom it goes, without an indent


def steps_taken(case: Case) -> dict[str, date]:
    """The steps that stand, each with its last day."""
    events = list(case.events.select_related("actor").order_by("sequence"))
    return {
        each.now.event.step: each.now.event.occurred_on for each in happenings_of(case, events) if not each.retracted
    }


def law_day(case: Case, paper: Paper, taken: Mapping[str, date]) -> date:
    """The day whose law a paper follows: as decided by a person, else of what governs its kind, else of its step."""
    chosen = case.values.get(GOVERNING)
    if isinstance(chosen, str):
        return date.fromisoformat(chosen)
    governs = case.declared.governed_by
    steps = case.declared.step_named
    governing = [on for step, on in taken.items() if any(mark.name == governs for mark in steps[step].marks)]
    return min(governing) if governing else max(taken[step] for step in paper.after if step in taken)


def words_of(case: Case, taken: Mapping[str, date], version: Version, law_of: date) -> dict[str, str]:
    """Everything known, in the words of official papers. Names stand in full: who may read them was asked before."""
    people = people_of(case)
    found = {label: in_chinese(text) for label, text in facts_in_words(case.declared, {**case.private, **case.values})}
    found |= {f"{case.declared.step_named[step].label}之日": chinese_day(on) for step, on in taken.items()}
    found |= days_of_acceptance(taken)
    for role in case.declared.roles:
        found[role.label] = "、".join(party.name for party in people if party.role == role.code and party.name)
    found["案号"], found["机构"], found["依据"] = case.number, case.organization.name, version.said
    found["当事人基本情况"] = "\n".join(described(party, case) for party in people)
    terms = {name: RULES[rule] for name, rule in TERMS.items()}
    found |= {name: rule.term_on(law_of).quote for name, rule in terms.items() if rule.in_force(law_of)}
    clock = case.deadlines.filter(duty=CONCLUDE).order_by("-counted_from").first()
    found["办理期限届满日"] = chinese_day(clock.rolled_on or clock.due_on) if clock else ""
    code = QueryCode.objects.filter(case=case).first()
    found["查询码"] = code.code if code else ""
    return {name: text for name, text in found.items() if text}


def people_of(case: Case) -> list[Party]:
    """The parties that a paper may name: not those whose data were erased, whose place is left to fill in by hand."""
    people = case.parties.select_related("case").order_by("pk")
    return [each for each in people if ERASED not in (each.name, each.phone, each.identity, each.address)]


def days_of_acceptance(taken: Mapping[str, date]) -> dict[str, str]:
    """When a case was accepted, and whether someone decided so or days went by."""
    accepted = [(step, on) for step, on in taken.items() if step.startswith("accept")]
    if not accepted:
        return {}
    step, on = accepted[-1]
    return {"受理之日": chinese_day(on), "视为受理之日" if step == DEEMED else "决定受理之日": chinese_day(on)}


def described(party: Party, case: Case) -> str:
    """A party as an agreement names it, with what is known of it."""
    role = next((each.label for each in case.declared.roles if each.code == party.role), party.role)
    details = (("", party.name), ("证件号码", party.identity), ("联系电话", party.phone), ("住址", party.address))
    return f"{role}：" + "，".join(f"{label}{value or BLANK}" for label, value in details)


def in_chinese(text: str) -> str:
    day = ISO_DAY.fullmatch(text)
    return f"{int(day[1])}年{int(day[2])}月{int(day[3])}日" if day else text


def kept(lines: Sequence[str], words: Mapping[str, str]) -> Iterator[str]:
    """The lines that are said of a case with these words."""
    for line in lines:
        if not line.startswith(IF_KNOWN):
            yield line
        elif all(name in words for name in MARK.findall(line)):
            yield line.removeprefix(IF_KNOWN)


def missing_in(lines: Sequence[str], words: Mapping[str, str]) -> list[str]:
    """What the case doesn't say, in the order of the paper: left blank, to fill in by hand."""
    asked = dict.fromkeys(name for line in kept(lines, words) for name in MARK.findall(line))
    return [name for name in asked if name not in words]


def filled(lines: Sequence[str], words: Mapping[str, str]) -> list[Line]:
    """The lines with what is known; what was written in several lines stays so, and makes no heading of its own."""
    found: list[Line] = []
    for line in kept(lines, words):
        addressed = not found and line.endswith("：")
        heading = line.startswith(HEADING)
        said = MARK.sub(lambda mark: words.get(mark[1], BLANK), line.removeprefix(HEADING))
        found += [Line(part, heading, addressed) for part in said.splitlines()]
    return found
