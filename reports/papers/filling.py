"""What of a case can stand in a paper, under the names that the papers' words have for it."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from casetrack.cases.models import Case, Party, QueryCode
from casetrack.cases.reading import happenings_of
from casetrack.kinds.wording import facts_in_words
from casetrack.law.statutes import RULES
from reports.books.wording import chinese_day
from reports.papers.declaring import Paper

MARK = re.compile(r"\{([^{}]+)\}")
BLANK = "＿" * 12
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
TERMS = {"请求复查的期限": "XF-REV-ASK", "申请司法确认的期限": "PM-CONF-APPLY"}
CONCLUDE = "petition.conclude"


def steps_taken(case: Case) -> dict[str, date]:
    """The steps that stand, each with its last day."""
    events = list(case.events.select_related("actor").order_by("sequence"))
    return {
        each.now.event.step: each.now.event.occurred_on for each in happenings_of(case, events) if not each.retracted
    }


def words_of(case: Case, taken: Mapping[str, date], today: date) -> dict[str, str]:
    """Everything known, in the words of official papers. Names stand in full: who may read them was asked before."""
    people = list(case.parties.order_by("pk"))
    found = {label: in_chinese(text) for label, text in facts_in_words(case.declared, {**case.private, **case.values})}
    found |= {f"{case.declared.step_named[step].label}之日": chinese_day(on) for step, on in taken.items()}
    accepted = [on for step, on in taken.items() if step.startswith("accept")]
    found |= {"受理之日": chinese_day(accepted[-1])} if accepted else {}
    for role in case.declared.roles:
        found[role.label] = "、".join(party.name for party in people if party.role == role.code and party.name)
    found["案号"], found["机构"] = case.number, case.organization.name
    found["当事人基本情况"] = "\n".join(described(party, case) for party in people)
    found |= {name: RULES[rule].term_on(today).quote for name, rule in TERMS.items()}
    clock = case.deadlines.filter(duty=CONCLUDE).order_by("-counted_from").first()
    found["办理期限届满日"] = chinese_day(clock.rolled_on or clock.due_on) if clock else ""
    code = QueryCode.objects.filter(case=case).first()
    found["查询码"] = code.code if code else ""
    return {name: text for name, text in found.items() if text}


def described(party: Party, case: Case) -> str:
    """A party as an agreement names it, with what is known of it."""
    role = next((each.label for each in case.declared.roles if each.code == party.role), party.role)
    details = (("", party.name), ("证件号码", party.identity), ("联系电话", party.phone), ("住址", party.address))
    return f"{role}：" + "，".join(f"{label}{value or BLANK}" for label, value in details)


def in_chinese(text: str) -> str:
    day = ISO_DAY.fullmatch(text)
    return f"{int(day[1])}年{int(day[2])}月{int(day[3])}日" if day else text


def missing_in(paper: Paper, words: Mapping[str, str]) -> list[str]:
    """What the case doesn't say, in the order of the paper: left blank, to fill in by hand."""
    asked = dict.fromkeys(name for line in paper.lines for name in MARK.findall(line))
    return [name for name in asked if name not in words]


def filled(lines: Sequence[str], words: Mapping[str, str]) -> list[str]:
    """The lines with what is known; what was written in several lines stays so."""
    said = [MARK.sub(lambda mark: words.get(mark[1], BLANK), line) for line in lines]
    return [part for line in said for part in line.split("\n")]
