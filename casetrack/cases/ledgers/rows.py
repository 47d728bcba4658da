"""One row of a ledger: the case it describes, or the reasons why it describes none. Pure."""

import re
from collections.abc import Mapping
from datetime import date

from casetrack.cases.drafts import CaseDraft, Checked, PartyDraft, StepDraft, check
from casetrack.cases.ledgers.recognise import Recognised
from casetrack.cases.ledgers.values import RowReader, RowRefused, Value, Values
from casetrack.cases.numbering import scope_of_ledger
from casetrack.kinds.base import Fact, Kind, Ledger, LedgerStep
from casetrack.kinds.refusals import DateRefused, Refused, StepRefused
from casetrack.organizations.models import Organization

YEAR = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)")


class CaseReader:
    """Reads the rows of one recognised ledger into cases."""

    def __init__(self, recognised: Recognised, region_code: str) -> None:
        template = recognised.template
        if template.kind is None or template.ledger is None:
            raise ValueError(f"{template.code} holds no cases")
        self.kind: Kind = template.kind
        self.ledger: Ledger = template.ledger
        self.rows = RowReader(recognised)
        self.recognised = recognised
        self.region_code = region_code
        self.parties = sorted({n.partition(".")[0] for n in self.rows.names if "." in n})
        self.dated = tuple(dict.fromkeys(name for step in self.ledger.steps for name in step.on))
        self.alone = {name for name in self.dated if sum(name in step.on for step in self.ledger.steps) == 1}

    def scope_of(self, values: Mapping[str, Value]) -> str:
        """What the number is unique within: a bare number, without a year, begins anew each year."""
        scope = scope_of_ledger(self.region_code)
        return scope if YEAR.search(str(values["number"])) else f"{scope}-{self.opened_on(values).year}"

    def opened_on(self, values: Mapping[str, Value]) -> date:
        opening = next(step for step in self.ledger.steps if step.step == self.kind.opening.name)
        day = day_of(opening, values)[1]
        if day is None:
            raise RowRefused([self.undated(opening, values)])
        return day

    def draft(self, values: Values, organization: Organization, *, digest: str) -> CaseDraft:
        """The case of a row. Raises RowRefused where dates and results contradict each other."""
        return CaseDraft(
            kind=self.kind.code,
            organization=organization,
            steps=self.steps(values),
            parties=self.party_drafts(values),
            number=str(values["number"]),
            number_scope=self.scope_of(values),
            ledger_digest=digest,
        )

    def checked(self, values: Values, organization: Organization, *, digest: str, today: date) -> Checked:
        """The case of a row, held against the lifecycle. Raises RowRefused in the words of the ledger."""
        draft = self.draft(values, organization, digest=digest)
        try:
            return check(draft, today=today)
        except (StepRefused, DateRefused) as refused:
            raise RowRefused(self.disorder(draft, values) or [str(refused)]) from refused
        except Refused as refused:
            raise RowRefused([str(refused)]) from refused

    def steps(self, values: Values) -> tuple[StepDraft, ...]:
        taken: list[StepDraft] = []
        used: set[str] = set()
        reasons: list[str] = []
        for step in self.ledger.steps:
            if step.absent and step.absent in values:
                continue
            column, day = day_of(step, values)
            if not self.is_taken(step, values, day):
                continue
            if day is None:
                reasons.append(self.undated(step, values))
                continue
            used.add(column)
            taken.append(StepDraft(step.step, day, self.facts(step, values)))
        reasons.extend(self.unexplained(name, values) for name in self.dated if name in values and name not in used)
        if reasons:
            raise RowRefused(reasons)
        return tuple(sorted(taken, key=lambda step: step.on))

    def is_taken(self, step: LedgerStep, values: Values, day: date | None) -> bool:
        if step.when is None:
            return day is not None or step.step == self.kind.opening.name
        name, accepted = step.when
        if name in values:
            return values[name] in accepted
        # 司法确认日期 alone says that there was one; a day of closing does not say how the case was closed
        return day is not None and len(accepted) == 1 and set(step.on) <= self.alone

    def facts(self, step: LedgerStep, values: Values) -> dict[str, Fact]:
        declared = self.kind.step_named[step.step]
        facts: dict[str, Fact] = {}
        for name in declared.records:
            if name in values:
                value = values[name]
                facts[name] = value.isoformat() if isinstance(value, date) else value
        if declared.opens_case:
            facts.update(self.ledger.gives)
        return facts

    def party_drafts(self, values: Values) -> tuple[PartyDraft, ...]:
        found = []
        for role in self.parties:
            details = {n.partition(".")[2]: str(v) for n, v in values.items() if n.startswith(f"{role}.")}
            if details:
                found.append(PartyDraft(role, **details))
        return tuple(found)

    def undated(self, step: LedgerStep, values: Mapping[str, Value]) -> str:
        heading = self.heading(next((name for name in step.on if name in self.rows.names), step.on[0]))
        if step.when is None or step.when[0] not in values:
            return f"{heading}未填"
        return f"{self.heading(step.when[0])}为{self.rows.said(step.when[0], values)}，但没有{heading}"

    def unexplained(self, name: str, values: Values) -> str:
        """A date that nothing in the row accounts for."""
        when = next((step.when[0] for step in self.ledger.steps if name in step.on and step.when), "")
        if not when:
            return f"{self.heading(name)}{values[name]}与本行其他内容不符，请核对"
        stated = (
            f"{self.heading(when)}为{self.rows.said(when, values)}" if when in values else f"{self.heading(when)}未填"
        )
        return f"有{self.heading(name)}，但{stated}"

    def disorder(self, draft: CaseDraft, values: Values) -> list[str]:
        """Dates that run backwards against the order of the ledger, by their headings."""
        taken = {step.step for step in draft.steps}
        columns = [day_of(step, values)[0] for step in self.ledger.steps if step.step in taken]
        dated = [(name, day) for name in columns if isinstance(day := values.get(name), date)]
        backwards = [
            f"{self.heading(later)}{day}早于{self.heading(earlier)}{before}"
            for place, (later, day) in enumerate(dated)
            for earlier, before in dated[:place]
            if day < before
        ]
        return list(dict.fromkeys(backwards))

    def heading(self, name: str) -> str:
        return self.recognised.heading_of(name)


def day_of(step: LedgerStep, values: Mapping[str, Value]) -> tuple[str, date | None]:
    """The first of a step's date columns that is filled, and its day."""
    for name in step.on:
        if isinstance(day := values.get(name), date):
            return name, day
    return step.on[0], None
