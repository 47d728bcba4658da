"""Review (信访复查) and re-review (信访复核) of a petition's opinion, to the end of the three levels.

Each level is a case of its own, linked to the opinion it looks into. What must be handled anew becomes a new petition.
"""

from casetrack.kinds import petition_review_guards as guards
from casetrack.kinds.base import Choice, Deemed, Field, FieldType, Kind, Mark, Pause, Start, State, Step, Whose
from casetrack.kinds.governing import GOVERNING_FIELDS, governing
from casetrack.kinds.petition_review_guards import REREVIEW_REQUEST, REVIEW_REQUEST
from casetrack.kinds.petition_review_ledger import DECISIONS, LEVELS, OUTCOMES, ledger_of

ACCEPT = "petition.review_accept"
DECIDE = ("petition.review_decide", "petition.rereview_decide")
REVIEW, REREVIEW = ("level", "review"), ("level", "rereview")
BOTH = "信访工作条例第三十五条、第三十六条"
REFUSALS = (
    Choice("late", "逾期提出"),
    Choice("not_reviewable", "不是针对处理意见、复查意见的请求"),
    Choice("final", "三级终结后仍以同一事实和理由提出"),
    Choice("other", "其他"),
)
FINALITIES = (Choice("three_levels", "三级终结"), Choice("rereview_lapsed", "逾期未请求复核"))

GOVERN = governing(
    ("requested", "accepted", "decided", "served"),
    "信访工作条例没有规定施行前已受理事项如何适用，按各步骤之日适用是推断，可以说明理由变更",
)

PETITION_REVIEW = Kind(
    code="petition_review",
    label="信访复查复核",
    statute="信访工作条例",
    number_word="信复",
    office="petition_office",
    other_offices=("responsible_body", "justice_bureau"),
    fields=(
        Field("level", "级别", FieldType.CHOICE, LEVELS, dimension=True),
        Field("reason", "申请理由", personal=True),
        Field("opinion_received_on", "收到处理意见（复查意见）之日", FieldType.DATE),
        Field("refusal", "不予受理的事由", FieldType.CHOICE, REFUSALS),
        Field("hearing_from", "听证开始之日", FieldType.DATE),
        Field("hearing_until", "听证结束、恢复计算之日", FieldType.DATE),
        Field("extended_days", "延长的日数", FieldType.INTEGER, most=3650),
        Field("approved", "复查复核委员会批准", FieldType.FLAG),
        Field("outcome", "结论", FieldType.CHOICE, OUTCOMES, dimension=True),
        Field("served_on", "收到复查（复核）意见之日", FieldType.DATE),
        Field("finality", "终结方式", FieldType.CHOICE, FINALITIES),
        *GOVERNING_FIELDS,
    ),
    states=(
        State("requested", "已收到申请"),
        State("accepted", "已受理"),
        State("decided", "已作出意见", open=False),
        State("served", "复查意见已送达", open=False),
        State("under_rereview", "已请求复核", open=False),
        State("final", "已终结", open=False),
        State("not_accepted", "不予受理", open=False),
        State("withdrawn", "已撤回", open=False),
    ),
    steps=(
        Step(
            "request",
            "收到申请",
            (),
            "requested",
            BOTH,
            records=("level", "reason", "opinion_received_on"),
            needs=("level",),
            marks=(Mark("received"),),
            starts=(
                Start("petition.review_decide", when=(REVIEW,)),
                Start("petition.rereview_decide", when=(REREVIEW,)),
                Start(REVIEW_REQUEST, Whose.PARTY, when=(REVIEW,), past=True),
                Start(REREVIEW_REQUEST, Whose.PARTY, when=(REREVIEW,), past=True),
                Start(ACCEPT, local=True),
            ),
        ),
        Step(
            "accept",
            "受理",
            ("requested",),
            "accepted",
            BOTH,
            marks=(Mark("accepted"),),
            ends=(ACCEPT,),
            guards=(guards.requested_in_time,),
        ),
        Step(
            "refuse",
            "不予受理",
            ("requested",),
            "not_accepted",
            BOTH,
            records=("refusal",),
            marks=(Mark("closed"), Mark("not_accepted")),
            ends=(ACCEPT, *DECIDE),
            sets=(("outcome", "not_accepted"),),
        ),
        Step(
            "hear",
            "听证",
            ("accepted",),
            None,
            "信访工作条例第三十六条",
            records=("hearing_from", "hearing_until"),
            needs=("hearing_from", "hearing_until"),
            marks=(Mark("heard", once=True),),
            # only at re-review does the time of the hearing not count
            pauses=(Pause(DECIDE, "hearing", start="hearing_from", end="hearing_until"),),
        ),
        Step(
            "extend",
            "延期",
            ("accepted",),
            None,
            "北京市信访条例第五十条（全国的条例没有规定延期）",
            records=("extended_days", "approved"),
            needs=("extended_days", "approved"),
            marks=(Mark("extended", once=True),),
            extends=tuple((duty, "extended_days") for duty in DECIDE),
            guards=(guards.approved_by_the_committee,),
        ),
        Step(
            "decide",
            "作出复查（复核）意见",
            ("accepted",),
            "decided",
            BOTH,
            records=("outcome",),
            needs=("outcome",),
            marks=(Mark("closed"), Mark("decided")),
            ends=DECIDE,
            only=(("outcome", DECISIONS),),
        ),
        Step(
            "withdraw",
            "撤回",
            ("requested", "accepted"),
            "withdrawn",
            "信访工作条例第三十五条",
            marks=(Mark("closed"), Mark("withdrawn")),
            drops=(ACCEPT, *DECIDE),
            sets=(("outcome", "withdrawn"),),
        ),
        Step(
            "serve",
            "送达复查意见",
            ("decided",),
            "served",
            "信访工作条例第三十六条",
            records=("served_on",),
            marks=(Mark("served"),),
            starts=(Start(REREVIEW_REQUEST, Whose.PARTY, fact="served_on"),),
            guards=(guards.of_a_review,),
        ),
        Step(
            "request_rereview",
            "请求复核",
            ("served",),
            "under_rereview",
            "信访工作条例第三十六条",
            marks=(Mark("rereview_requested"),),
            ends=(REREVIEW_REQUEST,),
            guards=(guards.rereview_still_open,),
        ),
        Step(
            "lapse",
            "逾期未请求复核",
            ("served",),
            "final",
            "信访工作条例第三十六条",
            marks=(Mark("finalized"),),
            drops=(REREVIEW_REQUEST,),
            sets=(("finality", "rereview_lapsed"),),
            guards=(guards.rereview_no_longer_open,),
        ),
        Step(
            "finalize",
            "送达复核意见（三级终结）",
            ("decided",),
            "final",
            "信访工作条例第三十六条第三款",
            records=("served_on",),
            marks=(Mark("served"), Mark("finalized")),
            sets=(("finality", "three_levels"),),
            guards=(guards.of_a_rereview,),
        ),
        GOVERN,
    ),
    deemed=(Deemed(REREVIEW_REQUEST, "lapse", day_after=True),),
    roles=(Choice("applicant", "申请人"),),
    courses=(("accept",), ("accept", "decide"), ("refuse",), ("withdraw",)),
    breakdowns=(("level",), ("outcome",), ("level", "outcome")),
    ledgers=(ledger_of("review", "复查"), ledger_of("rereview", "复核")),
)
