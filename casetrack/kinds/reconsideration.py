"""Administrative reconsideration (行政复议), from application to decision, service and performance."""

from casetrack.kinds.base import Choice, Deemed, Kind, State
from casetrack.kinds.reconsideration_after import AFTER
from casetrack.kinds.reconsideration_clocks import ANSWER, ANSWER_SIMPLIFIED, CORRECT, REVIEW
from casetrack.kinds.reconsideration_fields import FIELDS
from casetrack.kinds.reconsideration_intake import INTAKE
from casetrack.kinds.reconsideration_ledger import RECONSIDERATION_LEDGER
from casetrack.kinds.reconsideration_norms import NORM_REVIEW
from casetrack.kinds.reconsideration_trial import TRIAL

RECONSIDERATION = Kind(
    code="reconsideration",
    label="行政复议",
    statute="中华人民共和国行政复议法",
    number_word="政复",
    office="reconsideration_office",
    other_offices=("justice_bureau",),
    fields=FIELDS,
    states=(
        State("received", "已收到申请"),
        State("settling", "受理前调解、和解中"),
        State("correcting", "补正中"),
        State("accepted", "已受理"),
        State("suspended", "已中止"),
        State("proposed", "已提出处理意见"),
        State("unaccepted", "未受理", open=False),
        State("decided", "已决定", open=False),
        State("mediated", "调解结案", open=False),
        State("terminated", "已终止", open=False),
    ),
    steps=(*INTAKE, *TRIAL, *NORM_REVIEW, *AFTER),
    roles=(Choice("applicant", "申请人"), Choice("respondent", "被申请人"), Choice("third_party", "第三人")),
    courses=(("accept",), ("accept_simplified",), ("accept", "decide"), ("accept", "terminate"), ("refuse",)),
    # what the official table crosses with fields is as fine as the cases themselves: counted from these when asked
    breakdowns=(
        ("matter",),
        ("field",),
        ("outcome",),
        ("matter", "outcome"),
        ("field", "outcome"),
    ),
    governed_by="accepted",
    deemed=(
        Deemed(REVIEW, "accept_deemed"),
        Deemed(CORRECT, "abandon", day_after=True),
        Deemed(ANSWER, "no_answer", day_after=True),
        Deemed(ANSWER_SIMPLIFIED, "no_answer", day_after=True),
    ),
    ledgers=(RECONSIDERATION_LEDGER,),
)
