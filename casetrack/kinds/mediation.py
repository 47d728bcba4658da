"""People's mediation (人民调解), from registration to performance and judicial confirmation.

A dispute taken up anew, after a rejected confirmation for instance, is a new case linked to this one.
"""

from casetrack.kinds.base import Choice, Deemed, Kind, State
from casetrack.kinds.governing import GOVERNING_FIELDS, governing
from casetrack.kinds.mediation_after import CONFIRMATION_STEPS, FOLLOW_UP_STEPS, PERFORMANCE_STEPS
from casetrack.kinds.mediation_codes import COMMITTEE_KIND, FIELDS
from casetrack.kinds.mediation_ledger import LEDGER
from casetrack.kinds.mediation_steps import ENDING_STEPS, INTAKE_STEPS, WORKING_STEPS

GOVERN = governing(
    ("registered", "accepted", "signing", "agreed", "performing"),
    "人民调解的期限随规定修改而不同，按各步骤之日适用是推断，可以说明理由变更",
)

MEDIATION = Kind(
    code="mediation",
    label="人民调解",
    statute="中华人民共和国人民调解法",
    number_word="人调",
    office="mediation_committee",
    other_offices=("mediation_room",),
    fields=(*FIELDS, *GOVERNING_FIELDS),
    states=(
        State("registered", "已登记"),
        State("accepted", "已受理"),
        State("signing", "待签协议"),
        State("agreed", "达成协议", open=False),
        State("performing", "履行中", open=False),
        State("performed", "已履行", open=False),
        State("unperformed", "未按约定履行", open=False),
        State("in_court", "转入诉讼、仲裁", open=False),
        State("failed", "调解不成", open=False),
        State("refused", "不予受理", open=False),
        State("withdrawn", "已撤回", open=False),
        State("transferred", "已移送", open=False),
        State("merged", "已并案", open=False),
    ),
    steps=(
        *INTAKE_STEPS,
        *WORKING_STEPS,
        *ENDING_STEPS,
        *PERFORMANCE_STEPS,
        *CONFIRMATION_STEPS,
        *FOLLOW_UP_STEPS,
        GOVERN,
    ),
    deemed=(
        Deemed("mediation.term.medical", "deem_failed", day_after=True),
        Deemed("mediation.confirm_apply", "lapse_confirmation", day_after=True),
    ),
    roles=(Choice("applicant", "申请人"), Choice("respondent", "被申请人")),
    breakdowns=(
        ("category",),
        ("source",),
        ("agreement",),
        ("outcome",),
        ("committee_kind",),
        ("difficult",),
        ("category", "agreement"),
        ("category", "outcome"),
    ),
    context=(COMMITTEE_KIND,),
    courses=(
        ("accept",),
        ("accept", "agree"),
        ("accept", "fail"),
        ("refuse",),
        ("withdraw",),
        ("transfer",),
    ),
    ledgers=(LEDGER,),
)
