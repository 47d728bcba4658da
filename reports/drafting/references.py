"""How a template names a figure: `petition.received channel=online+delegated`, or each value of a dimension."""

from collections.abc import Mapping
from dataclasses import dataclass

from casetrack.kinds.base import Field
from casetrack.kinds.refusals import Refused
from casetrack.stats.dimensions import UNSPECIFIED, applies, values_of
from casetrack.stats.indicators import SUBJECTS, Indicator

Where = tuple[tuple[str, tuple[str, ...]], ...]


class TemplateRefused(Refused):
    """A template that can't be meant: what it says, and what it could say."""

    code = "template_refused"


@dataclass(frozen=True, slots=True)
class Reference:
    """A figure by its name. Of several values of a dimension it is what they make together; `by` asks for each value.

    `top` limits those to the largest.
    """

    subject: str
    measure: str
    where: Where = ()
    by: str = ""
    top: int = 0

    @property
    def indicator(self) -> Indicator:
        return SUBJECTS[self.subject].measures[self.measure]

    @property
    def name(self) -> str:
        where = "".join(f" {name}={'+'.join(values)}" for name, values in self.where)
        return f"{self.subject}.{self.measure}{where}{f' by {self.by}' if self.by else ''}"

    @property
    def breakdown(self) -> tuple[str, ...]:
        names = [name for name, _ in self.where]
        return tuple([*names, self.by] if self.by else names)


def reference_of(words: list[str]) -> Reference:
    """The figure that words name: `subject.measure`, `dimension=value+value`, `by dimension`, `top 3`."""
    subject, _, measure = words[0].partition(".")
    indicator = known(subject, measure)
    where: dict[str, tuple[str, ...]] = {}
    by, top, left = "", 0, list(words[1:])
    while left:
        word = left.pop(0)
        if word == "by" and left:
            by = declared(indicator, left.pop(0)).name
        elif word == "top" and left and left[0].isascii() and left[0].isdigit():
            top = int(left.pop(0))
        elif "=" in word:
            name, _, values = word.partition("=")
            field = declared(indicator, name)
            where[name] = tuple(valid(field, indicator, value) for value in values.split("+"))
        else:
            raise TemplateRefused(f"模板中的“{' '.join(words)}”读不懂：“{word}”应为“维度=取值”、“by 维度”或“top 数目”")
    found = Reference(subject, measure, tuple(where.items()), by, top)
    if not applies(indicator, found.breakdown):
        raise TemplateRefused(f"模板中的“{found.name}”不能同时按{'、'.join(found.breakdown)}分组")
    return found


def known(subject: str, measure: str) -> Indicator:
    if subject not in SUBJECTS:
        raise TemplateRefused(f"模板中的“{subject}.{measure}”不是指标：统计主题有{'、'.join(SUBJECTS)}")
    measures: Mapping[str, Indicator] = SUBJECTS[subject].measures
    if measure not in measures:
        raise TemplateRefused(f"模板中的“{subject}.{measure}”不是指标：{subject}有{'、'.join(measures)}")
    return measures[measure]


def declared(indicator: Indicator, name: str) -> Field:
    subject = SUBJECTS[indicator.subject]
    found = subject.dimension(name)
    if found is None or not applies(indicator, (name,)):
        names = "、".join(field.name for field in subject.dimensions if applies(indicator, (field.name,))) or "无"
        raise TemplateRefused(f"模板中的“{indicator.name}”不能按“{name}”分组，可用的维度：{names}")
    return found


def valid(field: Field, indicator: Indicator, value: str) -> str:
    choices = (*values_of(indicator.subject, field.name), UNSPECIFIED)
    if value not in choices:
        raise TemplateRefused(f"模板中的“{field.name}={value}”没有这一取值，可用的有：{'、'.join(choices)}")
    return value
