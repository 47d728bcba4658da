"""Petitions (信访), from registration to the written opinion, its review and its rating.

It follows matters and the duties of offices; nothing here is kept of or held against a person. The same matter taken
up anew, after an opinion was revoked for instance, is a new case linked to this one.

Accusations (检举控告) are shown to those cleared only. Reviews need no such rule: only the opinion on an appeal
(申诉求决) can be reviewed.
"""

from casetrack.kinds.base import Choice, Deemed, Kind, State
from casetrack.kinds.governing import GOVERNING_FIELDS, governing
from casetrack.kinds.petition_after import BESIDE_STEPS, REVIEW_STEPS
from casetrack.kinds.petition_clocks import ACCEPTING, CONCLUDING
from casetrack.kinds.petition_codes import FIELDS
from casetrack.kinds.petition_handling import HANDLING_STEPS
from casetrack.kinds.petition_intake import INTAKE_STEPS
from casetrack.kinds.petition_ledger import LEDGER

GOVERN = governing(
    ("registered", "forwarded", "assigned", "accepted", "concluded", "served"),
    "信访工作条例没有规定施行前已受理事项如何适用，按各步骤之日适用是推断，可以说明理由变更",
)

PETITION = Kind(
    code="petition",
    label="信访",
    statute="信访工作条例",
    number_word="信",
    office="petition_office",
    other_offices=("responsible_body", "justice_bureau"),
    fields=(*FIELDS, *GOVERNING_FIELDS),
    states=(
        State("registered", "已登记"),
        State("forwarded", "已转送"),
        State("assigned", "已交办"),
        State("accepted", "已受理"),
        State("concluded", "已办结", open=False),
        State("served", "意见已送达", open=False),
        State("under_review", "复查复核中", open=False),
        State("final", "已终结", open=False),
        State("settled", "已化解", open=False),
        State("not_accepted", "不予受理", open=False),
        State("told_elsewhere", "已告知向有权机关提出", open=False),
        State("diverted", "已导入法定程序", open=False),
        State("returned", "已退回", open=False),
        State("withdrawn", "已撤回", open=False),
        State("terminated", "已终止", open=False),
    ),
    steps=(*INTAKE_STEPS, *HANDLING_STEPS, *REVIEW_STEPS, *BESIDE_STEPS, GOVERN),
    deemed=(
        Deemed("petition.review_request", "lapse", day_after=True),
        *(Deemed(duty, "note_acceptance_overdue", day_after=True, unless="acceptance_overdue") for duty in ACCEPTING),
        *(Deemed(duty, "note_conclusion_overdue", day_after=True, unless="conclusion_overdue") for duty in CONCLUDING),
    ),
    roles=(Choice("petitioner", "信访人"),),
    courses=(
        ("accept",),
        ("forward",),
        ("assign",),
        ("accept", "conclude"),
        ("accept", "settle"),
        ("refuse",),
        ("tell_elsewhere",),
        ("divert",),
    ),
    breakdowns=(
        ("channel",),
        ("purpose",),
        ("category",),
        ("outcome",),
        ("repeat",),
        ("channel", "outcome"),
        ("channel", "purpose"),
        ("channel", "repeat"),
        ("purpose", "repeat"),
        ("channel", "purpose", "repeat"),
    ),
    ledgers=(LEDGER,),
    restricted_when=(("purpose", "accusation"),),
)
