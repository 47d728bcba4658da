"""A chunk of a ledger's rows against what is known: new cases, changed ones, the same once more, and rejections."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from casetrack.cases.drafts import Checked
from casetrack.cases.ledgers.offices import Offices
from casetrack.cases.ledgers.reports import RowVerdict, Verdict
from casetrack.cases.ledgers.rows import CaseReader
from casetrack.cases.ledgers.tables import Row, Table
from casetrack.cases.ledgers.values import RowRefused, Values, digest_of
from casetrack.cases.models import Case, ImportBatch
from casetrack.cases.operations import open_cases
from casetrack.cases.reconcile import reconcile
from casetrack.kinds.base import ORGANIZATION
from casetrack.kinds.refusals import Refused
from casetrack.organizations.models import Region

Identity = tuple[str, str]  # what the number is unique within, and the number
Seen = dict[Identity, tuple[str, int, str]]  # the sheet and row where a file first had a number, and its digest


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row that could be read, and the case it is about."""

    row: Row
    values: Values
    identity: Identity
    digest: str


class CaseTaker:
    """Takes in the rows of one sheet of cases, a chunk at a time."""

    def __init__(self, table: Table, region: Region, batch: ImportBatch, now: datetime) -> None:
        self.sheet = table.sheet
        self.reader = CaseReader(table.recognised, region.code)
        self.offices = Offices(region, self.reader.kind)
        self.has_offices = ORGANIZATION in {column.name for column in self.reader.ledger.columns}
        self.said = self.reader.rows.names | dict(self.reader.ledger.gives).keys() | {ORGANIZATION}
        self.batch, self.now = batch, now
        self.today: date = localdate(now)
        self.seen: Seen = {}

    def take(self, rows: Sequence[Row]) -> list[RowVerdict]:
        """Verdicts on the rows, in their order. Call inside a transaction that holds the region."""
        verdicts: dict[int, RowVerdict] = {}
        read = [known for row in rows if (known := self.read(row, verdicts))]
        cases = self.known_cases([item.identity for item in read])
        new: list[tuple[ReadRow, Checked]] = []
        for item in read:
            if earlier := self.seen.get(item.identity):
                verdicts[item.row.number] = self.repetition(item, *earlier)
            elif (case := cases.get(item.identity)) and case.ledger_digest == item.digest:
                self.seen[item.identity] = (self.sheet, item.row.number, item.digest)
                verdicts[item.row.number] = verdict_on(item, Verdict.UNCHANGED, case.pk)
            else:
                self.judge(item, case, verdicts, new)
        opened = open_cases(
            checked=[checked for _, checked in new], actor=self.batch.actor, now=self.now, batch=self.batch
        )
        for (item, _), case in zip(new, opened, strict=True):
            verdicts[item.row.number] = verdict_on(item, Verdict.CREATED, case.pk)
        return [verdicts[row.number] for row in rows]

    def read(self, row: Row, verdicts: dict[int, RowVerdict]) -> ReadRow | None:
        try:
            values = self.reader.rows.values(row.cells)
            identity = (self.reader.scope_of(values), str(values["number"]))
        except RowRefused as refused:
            verdicts[row.number] = RowVerdict(row.number, Verdict.REJECTED, str(refused), cells=tuple(row.cells))
            return None
        return ReadRow(row, values, identity, digest_of(self.offices.with_short_name(values)))

    def known_cases(self, identities: Sequence[Identity]) -> dict[Identity, Case]:
        scopes, numbers = {scope for scope, _ in identities}, {number for _, number in identities}
        found = Case.objects.filter(kind=self.reader.kind.code, number_scope__in=scopes, number__in=numbers)
        return {
            (case.number_scope, case.number): case for case in found.only("number_scope", "number", "ledger_digest")
        }

    def judge(
        self, item: ReadRow, case: Case | None, verdicts: dict[int, RowVerdict], new: list[tuple[ReadRow, Checked]]
    ) -> None:
        """Find the case of a row lawful, new or changed, or reject the row."""
        try:
            organization = self.offices.of_row(item.values, has_column=self.has_offices)
            checked = self.reader.checked(item.values, organization, digest=item.digest, today=self.today)
            if case:
                verdicts[item.row.number] = self.change(item, case, checked)
            else:
                new.append((item, checked))
            self.seen[item.identity] = (self.sheet, item.row.number, item.digest)
        except (RowRefused, Refused) as refused:
            verdicts[item.row.number] = rejection(item, str(refused))

    def change(self, item: ReadRow, case: Case, checked: Checked) -> RowVerdict:
        reason = f"台账更正：{self.batch.file_name[-200:]} 第{item.row.number}行"
        with transaction.atomic():
            reconcile(
                case_id=case.pk,
                checked=checked,
                said=frozenset(self.said),
                reason=reason,
                actor=self.batch.actor,
                now=self.now,
                batch=self.batch,
            )
        return verdict_on(item, Verdict.CHANGED, case.pk)

    def repetition(self, item: ReadRow, sheet: str, row: int, digest: str) -> RowVerdict:
        """The first of two rows with one number stays; the second is the same once more, or it can't be right."""
        first = f"第{row}行" if sheet == self.sheet else f"工作表“{sheet}”第{row}行"
        if item.digest == digest:
            return RowVerdict(item.row.number, Verdict.UNCHANGED, f"与{first}完全相同", case_number=item.identity[1])
        heading = self.reader.heading("number")
        return rejection(item, f"{heading}{item.identity[1]}与{first}重复，但内容不同；{first}已采用")


def verdict_on(item: ReadRow, verdict: Verdict, case_id: int) -> RowVerdict:
    return RowVerdict(item.row.number, verdict, case_id=case_id, case_number=item.identity[1])


def rejection(item: ReadRow, reason: str) -> RowVerdict:
    return RowVerdict(
        item.row.number, Verdict.REJECTED, reason, case_number=item.identity[1], cells=tuple(item.row.cells)
    )
