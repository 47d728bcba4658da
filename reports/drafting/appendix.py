"""The list of figures behind a draft: what each means, of which parts it is, and how else it may be rounded."""

from dataclasses import dataclass
from decimal import Decimal

from casetrack.stats.indicators import SUBJECTS
from reports.drafting.sources import Cited
from reports.drafting.wording import cut, plain
from reports.drafting.writing import Draft

TITLE = "附：文中数字的来源"
HEADINGS = ("序号", "数字", "指标", "定义", "分子／分母", "取位说明", "案件清单")
PLACES = (0, 1, 2)


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of the list."""

    number: int
    cited: Cited
    shown: str
    label: str
    definition: str
    parts: str
    rounding: str

    @property
    def links(self) -> tuple[str, ...]:
        """Where its cases are listed."""
        return self.cited.links

    @property
    def cells(self) -> tuple[str, ...]:
        return (str(self.number), self.shown, self.label, self.definition, self.parts, self.rounding)


def rows_of(draft: Draft) -> list[Row]:
    return [row_of(number, cited) for number, cited in enumerate(draft.cited, start=1)]


def row_of(number: int, cited: Cited) -> Row:
    indicator = cited.indicator
    version = f"（口径：{indicator.version}）" if indicator.version else ""
    parts = f"{cited.numerator}／{cited.denominator}" if cited.denominator is not None else ""
    if cited.denominator is not None and cited.numerator is None:
        parts = f"共{cited.denominator}件"
    return Row(
        number=number,
        cited=cited,
        shown=cited.shown,
        label=f"{SUBJECTS[indicator.subject].label}·{cited.label}",
        definition=f"{indicator.definition}{version}",
        parts=parts,
        rounding=rounding(cited),
    )


def rounding(cited: Cited) -> str:
    """How a rate reads with none, one and two decimals, rounded half up; and where cutting off would differ, how."""
    if cited.unit != "%" or cited.value is None or not cited.denominator:
        return ""
    value = Decimal(100 * (cited.numerator or 0)) / Decimal(cited.denominator)
    said = []
    for places in PLACES:
        rounded, truncated = plain(value, places), cut(value, places)
        differs = f"（截尾为{truncated}%）" if rounded != truncated else ""
        said.append(f"{rounded}%{differs}")
    return "、".join(dict.fromkeys(said))
