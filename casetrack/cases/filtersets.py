"""What lists of cases and clocks can be narrowed by, in the API and on the pages alike."""

from datetime import date
from typing import Any

from django_filters import FilterSet, filters

from casetrack.cases.models.folds import Deadline
from casetrack.cases.models.record import KIND_CHOICES, Case
from casetrack.cases.querysets import CaseQuerySet, DeadlineQuerySet
from casetrack.cases.sweep import Light
from casetrack.kinds import KINDS
from casetrack.organizations.filtersets import DayFilter, IdFilter, RegionCodeFilter, YesNoFilter

STATE_CHOICES = sorted({(state.code, state.code) for kind in KINDS.values() for state in kind.states})
ORDERS = (("-id", "最新登记在前"), ("id", "最早登记在前"))


class CaseFilterSet(FilterSet):
    """Each filter names a question of CaseQuerySet."""

    kind = filters.ChoiceFilter(label="案件种类", choices=KIND_CHOICES)
    state = filters.ChoiceFilter(label="状态", choices=STATE_CHOICES)
    organization = IdFilter(label="承办机构编号", field_name="organization_id")
    under = RegionCodeFilter(label="区划代码：该区划及其所有下级", method="narrow_to_branch")
    received_from = DayFilter(label="收到日期不早于", field_name="received_on", lookup_expr="gte")
    received_to = DayFilter(label="收到日期不晚于", field_name="received_on", lookup_expr="lte")
    closed_from = DayFilter(label="办结日期不早于", field_name="closed_on", lookup_expr="gte")
    closed_to = DayFilter(label="办结日期不晚于", field_name="closed_on", lookup_expr="lte")
    overdue_on = DayFilter(label="在该日已超期", method="narrow_to_overdue")
    due_before = DayFilter(label="最近期限在该日或之前", field_name="due_on", lookup_expr="lte")
    number = filters.CharFilter(label="案号（完全一致）", max_length=100)
    party = filters.CharFilter(
        label="当事人的电话号码或证件号码（完全一致）", max_length=64, min_length=5, method="narrow_to_party"
    )
    open = YesNoFilter(label="true 未办结，false 已办结", field_name="closed_on", lookup_expr="isnull")
    ordering = filters.ChoiceFilter(label="排序", choices=ORDERS, method="put_in_order")

    class Meta:
        model = Case
        fields: list[str] = []

    def narrow_to_branch(self, cases: CaseQuerySet, name: str, code: str) -> CaseQuerySet:
        return cases.under(code)

    def narrow_to_overdue(self, cases: CaseQuerySet, name: str, day: date) -> CaseQuerySet:
        return cases.overdue_on(day)

    def narrow_to_party(self, cases: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        return cases.with_party(value)

    def put_in_order(self, cases: CaseQuerySet, name: str, order: str) -> CaseQuerySet:
        return cases.order_by(order)


class DeadlineFilterSet(FilterSet):
    """The running clocks of a day; `today` is what `on` is when nobody says another day."""

    light = filters.ChoiceFilter(label="灯", choices=Light.choices, method="narrow_to_light")
    on = DayFilter(label="按哪一天看（默认今天）", method="leave")
    under = RegionCodeFilter(label="区划代码：该区划及其所有下级", method="narrow_to_branch")
    kind = filters.ChoiceFilter(label="案件种类", choices=KIND_CHOICES)
    organization = IdFilter(label="承办机构编号", field_name="organization_id")
    act_from = DayFilter(label="应办结日不早于", field_name="act_by", lookup_expr="gte")
    act_to = DayFilter(label="应办结日不晚于", field_name="act_by", lookup_expr="lte")

    class Meta:
        model = Deadline
        fields: list[str] = []

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    @property
    def day(self) -> date:
        """The day asked about."""
        asked: date | None = self.form.cleaned_data["on"]
        return asked or self.today

    def narrow_to_light(self, clocks: DeadlineQuerySet, name: str, light: str) -> DeadlineQuerySet:
        questions = {
            Light.OVERDUE: clocks.overdue_on,
            Light.RED: clocks.red_on_day,
            Light.YELLOW: clocks.yellow_on_day,
            Light.GREEN: clocks.green_on_day,
        }
        return questions[Light(light)](self.day)

    def narrow_to_branch(self, clocks: DeadlineQuerySet, name: str, code: str) -> DeadlineQuerySet:
        return clocks.under(code)

    def leave(self, clocks: DeadlineQuerySet, name: str, day: date) -> DeadlineQuerySet:
        return clocks
