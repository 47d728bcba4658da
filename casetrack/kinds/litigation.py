"""Litigation response (行政应诉), instance by instance; civil cases of the government stand beside (民事应诉)."""

from casetrack.kinds.base import Choice, Deemed, Kind, State
from casetrack.kinds.governing import GOVERNING_FIELDS, governing
from casetrack.kinds.litigation_after import AFTER
from casetrack.kinds.litigation_clocks import APPEALING
from casetrack.kinds.litigation_course import COURSE
from casetrack.kinds.litigation_fields import FIELDS
from casetrack.kinds.litigation_ledger import LITIGATION_LEDGER
from casetrack.kinds.litigation_trial import TRIAL

GOVERN = governing(
    ("noticed", "answered", "concluded", "appealed"),
    "诉讼期限按各步骤之日有效的法律计算是推断，可以说明理由变更",
)

LITIGATION = Kind(
    code="litigation",
    label="行政应诉",
    statute="中华人民共和国行政诉讼法",
    number_word="应诉",
    office="litigation_office",
    other_offices=("responsible_body", "justice_bureau"),
    fields=(*FIELDS, *GOVERNING_FIELDS),
    states=(
        State("noticed", "已收到应诉通知"),
        State("answered", "已答辩"),
        State("concluded", "已裁判", open=False),
        State("appealed", "已上诉", open=False),
        State("effective", "已生效", open=False),
    ),
    steps=(*TRIAL, *COURSE, *AFTER, GOVERN),
    roles=(Choice("plaintiff", "原告"), Choice("defendant", "被告"), Choice("third_party", "第三人")),
    courses=(("answer",), ("answer", "judge"), ("judge",)),
    breakdowns=(
        ("division",),
        ("instance",),
        ("outcome",),
        ("division", "outcome"),
        ("division", "instance"),
    ),
    deemed=tuple(Deemed(duty, "take_effect", day_after=True) for duty in APPEALING),
    ledgers=(LITIGATION_LEDGER,),
)
