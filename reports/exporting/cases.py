"""Cases and their clocks as rows: in the words of the declarations, and naming nobody in full."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import QuerySet

from casetrack.cases.models import Deadline, Party
from casetrack.cases.sweep import Light, light_of
from casetrack.cases.titles import subject_of
from casetrack.kinds import KINDS
from casetrack.kinds.base import Field, FieldType, Kind
from casetrack.lib.masking import masked_name
from reports.exporting.columns import Column, Form, Rows, Value, fetched, yes_no

WORST_FIRST = (Light.OVERDUE, Light.RED, Light.YELLOW, Light.GREEN)
NAMES_SHOWN = 3
FORMS = {FieldType.DATE: Form.DATE, FieldType.INTEGER: Form.NUMBER, FieldType.MONEY: Form.MONEY}
OF_ALL_CASES = (
    Column("id", "编号", Form.NUMBER),
    Column("number", "案号"),
    Column("kind", "案件种类"),
    Column("organization", "承办机构"),
    Column("region", "区划代码"),
    Column("region_name", "所在区划"),
    Column("state", "状态"),
    Column("received_on", "收到日期", Form.DATE),
    Column("closed_on", "办结日期", Form.DATE),
    Column("due_on", "最近期限", Form.DATE),
    Column("light", "灯"),
    Column("title", "标题（隐去姓名）"),
)
OF_DEADLINES = (
    Column("case", "案件编号", Form.NUMBER),
    Column("number", "案号"),
    Column("kind", "案件种类"),
    Column("organization", "承办机构"),
    Column("region", "区划代码"),
    Column("label", "期限"),
    Column("light", "灯"),
    Column("act_by", "应办结日", Form.DATE),
    Column("counted_from", "起算日", Form.DATE),
    Column("due_on", "届满日", Form.DATE),
    Column("rolled_on", "顺延后的届满日", Form.DATE),
    Column("yellow_on", "黄灯日", Form.DATE),
    Column("red_on", "红灯日", Form.DATE),
    Column("rule", "规则"),
    Column("article", "依据"),
    Column("verified", "依据已核实"),
    Column("provisional", "暂定"),
)


@cache
def case_columns(kind_code: str = "") -> dict[str, Column]:
    """What cases can be exported by: what all have, and what the kinds record, or one of them alone."""
    kinds = [KINDS[kind_code]] if kind_code in KINDS else list(KINDS.values())
    columns = {column.name: column for column in OF_ALL_CASES}
    for kind in kinds:
        for field in public_fields(kind):
            columns.setdefault(field.name, Column(field.name, field.label, FORMS.get(field.type, Form.TEXT)))
    return distinct(columns)


def usual_case_columns(kind_code: str) -> list[str]:
    """What is exported when nobody says what: of one kind also what its ledger holds and its figures divide by."""
    names = [column.name for column in OF_ALL_CASES]
    if kind_code not in KINDS:
        return names
    kind = KINDS[kind_code]
    kept = {column.name for ledger in kind.ledgers for column in ledger.columns}
    return names + [field.name for field in public_fields(kind) if field.dimension or field.name in kept]


def public_fields(kind: Kind) -> list[Field]:
    own = {column.name for column in OF_ALL_CASES}
    return [field for field in kind.fields if not field.personal and field.name not in own]


def distinct(columns: Mapping[str, Column]) -> dict[str, Column]:
    """Two headings alike would be one column to whoever reads the file: the later carries its name."""
    found: dict[str, Column] = {}
    taken: set[str] = set()
    for name, column in columns.items():
        label = f"{column.label}（{name}）" if column.label in taken else column.label
        taken.add(label)
        found[name] = Column(name, label, column.form)
    return found


def case_rows(cases: QuerySet[Any], names: Collection[str], today: date) -> Rows:
    """A case a row, as of a day."""
    read = ("pk", "number", "kind", "organization__name", "region_code", "organization__region__name", "state")
    for chunk in fetched(cases, *read, "received_on", "closed_on", "due_on", "values"):
        ids = [row["pk"] for row in chunk]
        people = names_of(ids) if "title" in names else {}
        lights = lights_of(ids, today) if "light" in names else {}
        for row in chunk:
            yield case_row(row, people.get(row["pk"], ()), lights.get(row["pk"]))


def case_row(row: Mapping[str, Any], people: Sequence[str], light: Light | None) -> dict[str, Value]:
    kind: Kind = KINDS[row["kind"]]
    state = kind.state_named.get(row["state"])
    shown: dict[str, Value] = {
        name: said(kind.field_named[name], value) for name, value in row["values"].items() if name in kind.field_named
    }
    return shown | {
        "id": row["pk"],
        "number": row["number"],
        "kind": kind.label,
        "organization": row["organization__name"],
        "region": row["region_code"],
        "region_name": row["organization__region__name"],
        "state": state.label if state else row["state"],
        "received_on": row["received_on"],
        "closed_on": row["closed_on"],
        "due_on": row["due_on"],
        "light": light.label if light else None,
        "title": f"{'、'.join(map(masked_name, people))} {subject_of(kind.code, row['values'])}".strip(),
    }


def said(field: Field, value: Any) -> Value:
    """A recorded value in the words of the form; personal facts stand elsewhere, and are not exported."""
    if field.personal or value is None:
        return None
    if field.type is FieldType.CHOICE:
        return field.label_of(str(value))
    if field.type is FieldType.FLAG:
        return yes_no(bool(value))
    if field.type is FieldType.DATE:
        return date.fromisoformat(value)
    if field.type is FieldType.MOMENT:
        return datetime.fromisoformat(value).strftime("%Y-%m-%d %H:%M")
    return value if isinstance(value, int) else str(value)


def names_of(cases: Sequence[int]) -> dict[int, list[str]]:
    """Who is in each case: of the first few, those who are named."""
    found: dict[int, list[str]] = defaultdict(list)
    for case_id, name in Party.objects.filter(case__in=cases).order_by("pk").values_list("case_id", "name"):
        found[case_id].append(name)
    return {case_id: [name for name in names[:NAMES_SHOWN] if name] for case_id, names in found.items()}


def lights_of(cases: Sequence[int], today: date) -> dict[int, Light]:
    """The worst light that each case shows."""
    shown: dict[int, set[Light | None]] = defaultdict(set)
    clocks = Deadline.objects.running().filter(case__in=cases)
    for clock in clocks.only("case", "act_by", "red_on", "yellow_on", "ended_on", "paused_on", "whose"):
        shown[clock.case_id].add(light_of(clock, today))
    return {case: light for case, lights in shown.items() for light in reversed(WORST_FIRST) if light in lights}


def deadline_rows(clocks: QuerySet[Any], names: Collection[str], day: date) -> Rows:
    """A running clock a row, with the light it shows on a day."""
    plain = ("region_code", "label", "act_by", "counted_from", "due_on", "rolled_on", "yellow_on", "red_on", "rule")
    beside = ("case_id", "case__number", "kind", "organization__name", "article", "verified", "provisional")
    for chunk in fetched(clocks, *plain, *beside):
        for row in chunk:
            light = light_of(Deadline(whose="office", **{n: row[n] for n in ("act_by", "red_on", "yellow_on")}), day)
            yield {
                **{name: row[name] for name in plain},
                "region": row["region_code"],
                "case": row["case_id"],
                "number": row["case__number"],
                "kind": KINDS[row["kind"]].label,
                "organization": row["organization__name"],
                "light": light.label if light else None,
                "article": row["article"],
                "verified": yes_no(row["verified"]),
                "provisional": yes_no(row["provisional"]),
            }
