"""How its sender wants a sheet to be read: which ledger it is, and which field each of its headings is. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from casetrack.cases.ledgers.recognise import LOOK_WITHIN, TEMPLATES, Template
from casetrack.cases.ledgers.workbooks import MOST_COLUMNS

Key = TypeVar("Key")

MOST_SHEETS = 400
LONGEST = 255
BY_CODE: Mapping[str, Template] = {template.code: template for template in TEMPLATES}


class MappingRefused(ValueError):
    """No sheet can be read so; the message says why, and what may be said."""


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A heading of a sheet and the field that it is, none to leave it out.

    `column`, counted from 1, is needed only where several columns have the heading; else 0.
    """

    heading: str
    field: str
    column: int = 0


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """How a sheet is to be read; a sheet without a `ledger` is left out.

    Without `file` and `sheet` it holds for all that have no mapping of their own. `heading_row` is the first row of
    headings as Excel counts, 0 where they are to be looked for; without `columns` each is told by its heading.
    """

    ledger: str
    file: str = ""
    sheet: str = ""
    heading_row: int = 0
    heading_rows: int = 1
    columns: tuple[MappedColumn, ...] | None = None

    def __post_init__(self) -> None:
        if not self.ledger:
            return
        if self.ledger not in BY_CODE:
            known = "、".join(f"{code}（{template.title}）" for code, template in BY_CODE.items())
            raise MappingRefused(f"没有“{self.ledger}”这种台账或名册，可写：{known}")
        if not 0 <= self.heading_row <= LOOK_WITHIN or self.heading_rows not in (1, 2):
            raise MappingRefused(f"表头应在第1至{LOOK_WITHIN}行，占1行或2行，请核对")
        if self.columns is not None:
            refuse_contradictions(self.template, self.columns)

    @property
    def template(self) -> Template:
        return BY_CODE[self.ledger]

    @property
    def where(self) -> str:
        return f"{self.file}［{self.sheet}］" if self.sheet else self.file or "各文件"


def refuse_contradictions(template: Template, columns: Sequence[MappedColumn]) -> None:
    """An unknown field, one field or column twice, a field that every row needs left out."""
    labels = {column.name: column.headings[0] for column in template.columns}
    read = [column for column in columns if column.field]
    for column in read:
        if column.field not in labels:
            known = "、".join(f"{name}（{label}）" for name, label in labels.items())
            raise MappingRefused(f"“{template.title}”没有“{column.field}”这个字段，可写：{known}")
    for name in repeated(column.field for column in read):
        headings = "、".join(f"“{column.heading}”" for column in read if column.field == name)
        raise MappingRefused(f"“{labels[name]}”对应了不止一列（{headings}），请只留一列，其余选“不导入”")
    for number in repeated(column.column for column in columns if column.column):
        raise MappingRefused(f"第{number}列写了两次，请只留一次")
    for key in repeated((column.heading, column.column) for column in columns):
        raise MappingRefused(f"表头“{key[0]}”写了两次，请只留一次，或写明各是第几列")
    said = {column.field for column in read}
    missing = [column.headings[0] for column in template.columns if column.required and column.name not in said]
    if missing:
        raise MappingRefused(f"“{template.title}”必须有：{'、'.join(missing)}；请为其选定一列，或改选别的台账")


def repeated(keys: Iterable[Key]) -> list[Key]:
    return [key for key, times in Counter(keys).items() if times > 1]


def said_of(mappings: Sequence[SheetMapping], file: str, sheet: str) -> SheetMapping | None:
    """What was said of a sheet; of two, what names it more exactly."""
    fitting = [each for each in mappings if each.file in ("", file) and each.sheet in ("", sheet)]
    return max(fitting, key=lambda each: (bool(each.file), bool(each.sheet)), default=None)


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of the sheets of an import, and, by their headings, of others before."""

    sheets: Sequence[SheetMapping] = ()
    remembered: Mapping[str, SheetMapping] = field(default_factory=dict)
    used: set[SheetMapping] = field(default_factory=set)

    def of(self, file: str, sheet: str) -> SheetMapping | None:
        if found := said_of(self.sheets, file, sheet):
            self.used.add(found)
        return found

    @property
    def unused(self) -> list[SheetMapping]:
        return [each for each in self.sheets if each not in self.used]


def with_mapping(mappings: Sequence[SheetMapping], new: SheetMapping) -> tuple[SheetMapping, ...]:
    """The mappings, with another one for the sheet of the new one."""
    others = [each for each in mappings if (each.file, each.sheet) != (new.file, new.sheet)]
    return (*others, new)


def as_json(mappings: Sequence[SheetMapping]) -> list[dict[str, Any]]:
    return [
        {
            "file": each.file,
            "sheet": each.sheet,
            "ledger": each.ledger,
            "heading_row": each.heading_row,
            "heading_rows": each.heading_rows,
            "columns": None if each.columns is None else [column_as_json(column) for column in each.columns],
        }
        for each in mappings
    ]


def column_as_json(column: MappedColumn) -> dict[str, Any]:
    return {"heading": column.heading, "field": column.field, "column": column.column}


def mappings_of(said: object) -> tuple[SheetMapping, ...]:
    """Mappings from JSON as `as_json` writes it, what isn't said left out. Raises MappingRefused."""
    listed = said if isinstance(said, list) else [said]
    if len(listed) > MOST_SHEETS:
        raise MappingRefused(f"对照最多写{MOST_SHEETS}张表")
    mappings = tuple(sheet_of(each) for each in listed)
    for file, sheet in repeated((each.file, each.sheet) for each in mappings):
        where = f"{file}［{sheet}］" if file or sheet else "同一张表"
        raise MappingRefused(f"{where}写了两次对照，请只留一次；两个文件同名的，请改名后再导入")
    return mappings


def sheet_of(said: object) -> SheetMapping:
    known = read_object(said, {"file": str, "sheet": str, "ledger": str, "heading_row": int, "heading_rows": int})
    if "ledger" not in known:
        raise MappingRefused("每张表的对照要写明 ledger：哪种台账或名册，空的不导入")
    columns = said.get("columns") if isinstance(said, dict) else None
    if columns is None:
        return SheetMapping(**known)
    if not isinstance(columns, list) or len(columns) > MOST_COLUMNS:
        raise MappingRefused(f"columns 应是各列的列表，最多{MOST_COLUMNS}列")
    return SheetMapping(**known, columns=tuple(column_of(each) for each in columns))


def column_of(said: object) -> MappedColumn:
    known = read_object(said, {"heading": str, "field": str, "column": int})
    if "field" not in known or not (known.get("heading") or known.get("column")):
        raise MappingRefused("每一列要写明 heading（表头）和 field（字段，空的不导入）")
    column = known.get("column", 0)
    if not 0 <= column <= MOST_COLUMNS:
        raise MappingRefused(f"column 应是1至{MOST_COLUMNS}的列号")
    return MappedColumn(known.get("heading", ""), known["field"], column)


def read_object(said: object, types: Mapping[str, type]) -> dict[str, Any]:
    """What an object says under known names, each of its type."""
    if not isinstance(said, dict):
        raise MappingRefused("对照应是一组对象，每张表一个，各含 ledger 和 columns")
    if strange := [name for name in said if name not in (*types, "columns")]:
        raise MappingRefused(f"对照中没有“{str(strange[0])[:40]}”这一项，可写：{'、'.join(types)}")
    known = {name: said[name] for name in types if name in said}
    for name, value in known.items():
        if type(value) is not types[name] or (isinstance(value, str) and len(value) > LONGEST):
            what = f"文字，最多{LONGEST}字" if types[name] is str else "整数"
            raise MappingRefused(f"对照中的 {name} 应是{what}")
    return known
