"""What lists of cases, clocks and jobs can be narrowed by, in the API and on the pages alike."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.forms import Form
from django_filters import filters

from casetrack.cases import dimensions
from casetrack.cases.models.folds import Deadline
from casetrack.cases.models.jobs import Job, JobQuerySet
from casetrack.cases.models.record import KIND_CHOICES, Case
from casetrack.cases.querysets import CaseQuerySet, DeadlineQuerySet
from casetrack.cases.sweep import Light
from casetrack.kinds import KINDS
from casetrack.kinds.refusals import Refused
from casetrack.organizations.filters import (
    UNDER,
    AnyChoiceFilter,
    AnyIdFilter,
    AnyRegionFilter,
    AnyTextFilter,
    DayFilter,
    FilterSet,
    OrderFilter,
    YesNoFilter,
)

STATE_CHOICES = list({state.code: state.label for kind in KINDS.values() for state in kind.states}.items())
DUTY_LENGTH = 64
DAY_NEEDED = "请用 on 填写按哪一天看灯"


NOT_BY_NUMBER = "您的角色不办理案件，不能按当事人的电话或证件号码查询；请由经办人、承办人、主管或审计员查询"


class NumbersHidden(Refused):
    """Someone asks by a number of a person who is shown such numbers masked, and so would find out what is hidden."""

    code = "permission_denied"


class CaseForm(Form):
    """What only several parameters together show to be wrong."""

    def clean(self) -> dict[str, Any]:
        asked = self.cleaned_data
        if asked.get("kind"):
            named = {name: asked[name] for name in dimensions.NAMES if asked.get(name)}
            for name, said in dimensions.refusals(named, asked["kind"]).items():
                self.add_error(name, said)
        return asked


class CaseFilterSet(FilterSet):
    """Each filter names a question of CaseQuerySet. A parameter that is repeated asks for any of its values.

    `today` is what `on` is when nobody says another day. Names and accounts are searched, and numbers of parties asked
    for, only by those who handle cases wherever they see any (`handling`): what isn't shown to others, they don't find
    out by asking, nor by trying the four digits of a number that a mask leaves out. `wider` are the
    cases before those filters were applied that may leave few of many, which no planner foresees.
    """

    kind = AnyChoiceFilter(label="案件种类", choices=KIND_CHOICES, method="narrow_to_any", distinct=False)
    state = AnyChoiceFilter(label="状态", choices=STATE_CHOICES, method="narrow_to_any", distinct=False)
    organization = AnyIdFilter(label="承办机构编号", method="narrow_to_any")
    under = AnyRegionFilter(label=UNDER, method="narrow_to_branches")
    received_from = DayFilter(label="收到日期不早于", field_name="received_on", lookup_expr="gte")
    received_to = DayFilter(label="收到日期不晚于", field_name="received_on", lookup_expr="lte")
    closed_from = DayFilter(label="办结日期不早于", field_name="closed_on", lookup_expr="gte")
    closed_to = DayFilter(label="办结日期不晚于", field_name="closed_on", lookup_expr="lte")
    entered_from = DayFilter(label="录入日期不早于", method="narrow_to_entered_from")
    entered_to = DayFilter(label="录入日期不晚于", method="narrow_to_entered_to")
    number = AnyTextFilter(label="案号（完全一致）", max_length=100, method="narrow_to_any")
    party = AnyTextFilter(
        label="当事人的电话号码或证件号码（完全一致）", max_length=64, min_length=5, method="narrow_to_party"
    )
    open = YesNoFilter(label="true 未办结，false 已办结", field_name="closed_on", lookup_expr="isnull")
    ordering = OrderFilter("id", "received_on", "closed_on", "due_on", "number")
    due_from = DayFilter(label="最近期限不早于", field_name="due_on", method="narrow_to_due_from")
    due_to = DayFilter(label="最近期限不晚于", field_name="due_on", method="narrow_to_due_to")
    due_before = DayFilter(label="最近期限在该日或之前（同 due_to）", field_name="due_on", method="narrow_to_due_to")
    overdue_on = DayFilter(label="在该日已超期", method="narrow_to_overdue")
    on = DayFilter(label="按哪一天看灯（默认今天）", method="leave")
    light = AnyChoiceFilter(label="最紧的期限亮什么灯", choices=Light.choices, method="narrow_to_light", distinct=False)
    search = filters.CharFilter(
        label="案号、案由中的字词，办理案件的还有姓名和案情；一个字也可以，以空格分开的须全部出现",
        max_length=100,
        method="narrow_to_words",
    )

    class Meta:
        model = Case
        form = CaseForm
        fields: list[str] = []

    def __init__(self, *args: Any, today: date | None = None, handling: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.handling = today, handling
        self.wider: CaseQuerySet | None = None

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        """The declared dimensions stand before what may leave few of many."""
        own = super().get_filters()
        of_kinds = {name: dimensions.filter_of(name) for name in dimensions.NAMES}
        if clash := own.keys() & of_kinds.keys():
            raise ValueError(f"a dimension can't be called {', '.join(clash)}: a list of cases has that parameter")
        return {**of_kinds, **own}

    def narrow_to_any(self, cases: CaseQuerySet, name: str, values: Sequence[Any]) -> CaseQuerySet:
        return cases.filter(**{f"{name}__in": values})

    def narrow_to_branches(self, cases: CaseQuerySet, name: str, codes: Sequence[str]) -> CaseQuerySet:
        return cases.under_any(codes)

    def narrow_to_values(self, cases: CaseQuerySet, name: str, values: Sequence[str]) -> CaseQuerySet:
        if name in dimensions.OF_OFFICES:
            return cases.of_committees(values)
        return cases.with_values(name, [dimensions.meant(value, name) for value in values])

    def narrow_to_entered_from(self, cases: CaseQuerySet, name: str, day: date) -> CaseQuerySet:
        return cases.entered_between(day, None)

    def narrow_to_entered_to(self, cases: CaseQuerySet, name: str, day: date) -> CaseQuerySet:
        return cases.entered_between(None, day)

    def narrow_to_party(self, cases: CaseQuerySet, name: str, values: Sequence[str]) -> CaseQuerySet:
        if not self.handling:
            raise NumbersHidden(NOT_BY_NUMBER)
        return cases.with_party(*values)

    def narrow_to_due_from(self, cases: CaseQuerySet, name: str, day: date) -> CaseQuerySet:
        return self.sparsely(cases).filter(due_on__gte=day)

    def narrow_to_due_to(self, cases: CaseQuerySet, name: str, day: date) -> CaseQuerySet:
        return self.sparsely(cases).filter(due_on__lte=day)

    def narrow_to_overdue(self, cases: CaseQuerySet, name: str, day: date) -> CaseQuerySet:
        return self.sparsely(cases).overdue_on(day)

    def narrow_to_light(self, cases: CaseQuerySet, name: str, lights: Sequence[str]) -> CaseQuerySet:
        day = self.form.cleaned_data.get("on") or self.today
        if day is None:
            raise ValueError(DAY_NEEDED)
        return self.sparsely(cases).showing(lights, day)

    def narrow_to_words(self, cases: CaseQuerySet, name: str, text: str) -> CaseQuerySet:
        return self.sparsely(cases).matching(text, whole=self.handling)

    def leave(self, cases: CaseQuerySet, name: str, day: date) -> CaseQuerySet:
        return cases

    def sparsely(self, cases: CaseQuerySet) -> CaseQuerySet:
        """Remember what there was before the first filter that may leave few of many."""
        self.wider = self.wider if self.wider is not None else cases
        return cases


class DeadlineFilterSet(FilterSet):
    """The running clocks of a day; `today` is what `on` is when nobody says another day."""

    light = AnyChoiceFilter(label="灯", choices=Light.choices, method="narrow_to_light", distinct=False)
    on = DayFilter(label="按哪一天看（默认今天）", method="leave")
    under = AnyRegionFilter(label=UNDER, method="narrow_to_branches")
    kind = AnyChoiceFilter(label="案件种类", choices=KIND_CHOICES, method="narrow_to_any", distinct=False)
    organization = AnyIdFilter(label="承办机构编号", method="narrow_to_any")
    duty = AnyTextFilter(label="职责，见案件种类的步骤", max_length=DUTY_LENGTH, method="narrow_to_any")
    act_from = DayFilter(label="应办结日不早于", field_name="act_by", lookup_expr="gte")
    act_to = DayFilter(label="应办结日不晚于", field_name="act_by", lookup_expr="lte")
    ordering = OrderFilter("act_by")

    class Meta:
        model = Deadline
        fields: list[str] = []

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    @property
    def day(self) -> date:
        """The day asked about."""
        asked: date | None = self.form.cleaned_data.get("on")
        return asked or self.today

    def narrow_to_light(self, clocks: DeadlineQuerySet, name: str, lights: Sequence[str]) -> DeadlineQuerySet:
        return clocks.showing(lights, self.day)

    def narrow_to_branches(self, clocks: DeadlineQuerySet, name: str, codes: Sequence[str]) -> DeadlineQuerySet:
        return clocks.under_any(codes)

    def narrow_to_any(self, clocks: DeadlineQuerySet, name: str, values: Sequence[Any]) -> DeadlineQuerySet:
        return clocks.filter(**{f"{name}__in": values})

    def leave(self, clocks: DeadlineQuerySet, name: str, day: date) -> DeadlineQuerySet:
        return clocks


class JobFilterSet(FilterSet):
    """Imports and exports by what has become of them."""

    state = AnyChoiceFilter(label="状态", choices=Job.State.choices, method="narrow_to_any", distinct=False)

    class Meta:
        model = Job
        fields: list[str] = []

    def narrow_to_any(self, jobs: JobQuerySet, name: str, values: Sequence[str]) -> JobQuerySet:
        return jobs.filter(**{f"{name}__in": values})
