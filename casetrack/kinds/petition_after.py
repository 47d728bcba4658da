"""What follows an opinion, and what goes on beside a petition: service, review, rating, supervision, leaders."""

from casetrack.kinds import petition_guards as guards
from casetrack.kinds.base import Mark, Step
from casetrack.kinds.petition_clocks import ACCEPTING, CONCLUDING, ON_PROPOSING, ON_SERVING, REVIEW, SUGGESTION
from casetrack.kinds.petition_handling import OPEN

ANSWERED = ("concluded", "served", "under_review", "final")
ENDED = (*ANSWERED, "settled", "not_accepted", "told_elsewhere", "diverted", "returned", "withdrawn", "terminated")
ANY = (*OPEN, *ENDED)

REVIEW_STEPS = (
    Step(
        "serve",
        "送达处理意见",
        ("concluded",),
        "served",
        "信访工作条例第三十五条",
        records=("service_proved",),
        marks=(Mark("served"),),
        starts=ON_SERVING,
        guards=(guards.service_can_be_proved,),
    ),
    Step(
        "request_review",
        "请求复查",
        ("served",),
        "under_review",
        "信访工作条例第三十五条",
        marks=(Mark("review_requested"),),
        ends=(REVIEW,),
        guards=(guards.review_still_open,),
    ),
    Step(
        "lapse",
        "逾期未请求复查",
        ("served",),
        "final",
        "信访工作条例第三十五条",
        marks=(Mark("finalized"),),
        drops=(REVIEW,),
        sets=(("finality", "review_lapsed"),),
        guards=(guards.review_no_longer_open,),
    ),
    Step(
        "finalize",
        "终结",
        ("under_review",),
        "final",
        "信访工作条例第三十六条第三款",
        records=("finality",),
        needs=("finality",),
        marks=(Mark("finalized"),),
        only=(("finality", ("three_levels", "rereview_lapsed")),),
    ),
    Step(
        "rate",
        "满意度评价",
        (*ANSWERED, "settled"),
        None,
        "信访事项办理群众满意度评价工作办法",
        records=("satisfaction",),
        needs=("satisfaction",),
        marks=(
            Mark("rated", once=True),
            Mark("satisfied", when=(("satisfaction", "satisfied"),), once=True),
            Mark("basically_satisfied", when=(("satisfaction", "basically_satisfied"),), once=True),
        ),
    ),
)
BESIDE_STEPS = (
    # noted by the daily sweep. What is logged later may show that it was not so: then the note says nothing
    Step(
        "note_acceptance_overdue",
        "受理（告知）期限届满",
        ANY,
        None,
        "信访工作条例第二十二条、第二十三条",
        marks=(Mark("acceptance_overdue", lapsed=ACCEPTING, once=True),),
    ),
    Step(
        "note_conclusion_overdue",
        "办理期限届满",
        ANY,
        None,
        "信访工作条例第三十四条",
        marks=(Mark("conclusion_overdue", lapsed=CONCLUDING, once=True),),
    ),
    Step(
        "visit_again",
        "就同一事项再次信访",
        ANY,
        None,
        "信访工作条例第十九条第三款、第二十条",
        records=("visitors", "representatives"),
        marks=(Mark("repeat_visits", persons="visitors"), Mark("came_back", once=True)),
        guards=(guards.few_enough_representatives,),
    ),
    Step(
        "report_urgent",
        "报告重大、紧急事项",
        OPEN,
        None,
        "信访工作条例第二十五条",
        marks=(Mark("urgent_reported"),),
    ),
    Step(
        "supervise",
        "督办",
        ANY,
        None,
        "信访工作条例第三十九条、第四十条",
        records=("ground", "measure"),
        needs=("ground", "measure"),
        marks=(Mark("supervised"), Mark("listed", when=(("measure", "listed"),))),
    ),
    Step(
        "propose",
        "提出建议",
        ANY,
        None,
        "信访工作条例第四十条",
        records=("proposal", "proposal_received_on"),
        needs=("proposal",),
        marks=(Mark("proposals"),),
        starts=ON_PROPOSING,
    ),
    Step(
        "answer_proposal",
        "书面反馈建议",
        ANY,
        None,
        "信访工作条例第四十条",
        records=("adopted",),
        marks=(Mark("proposals_answered"), Mark("proposals_adopted", when=(("adopted", True),))),
        ends=(SUGGESTION,),
        guards=(guards.a_proposal_to_answer,),
    ),
    Step(
        "lead",
        "领导包案",
        ANY,
        None,
        "信访工作条例第十八条",
        records=("leader_post", "measures"),
        needs=("leader_post",),
        marks=(Mark("leader_led", once=True),),
    ),
    Step(
        "resolve",
        "化解",
        ENDED,
        None,
        "信访工作条例第十八条",
        records=("measures",),
        marks=(Mark("resolved", once=True),),
    ),
)
