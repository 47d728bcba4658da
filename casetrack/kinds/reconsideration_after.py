"""Steps that end a reconsideration, and what follows when it has ended."""

from casetrack.kinds import reconsideration_guards as guards
from casetrack.kinds.base import Mark, Start, Step, Whose
from casetrack.kinds.reconsideration_clocks import (
    ACTIVE,
    BESIDE,
    CLOSED,
    CLOSED_MARKS,
    DECIDING,
    IN_TRIAL,
    OPINION,
    PRIOR,
    REMAKE,
    SUE_AFTER,
    SUE_PRIOR,
    SUING,
)
from casetrack.kinds.reconsideration_codes import DECIDED, ENDED, PRECEDENCE, codes, item

DISMISSED = ("outcome", "application_dismissed")
CLOSING = (*CLOSED_MARKS, Mark("concluded"))
SERVICE = ("served_to", "service_method")


def sue_after(*, who: str) -> tuple[Start, ...]:
    """Who was served may sue; where reconsideration had to come first, a dismissal has a provision of its own."""
    served = ("served_to", who)
    return (
        Start(SUE_AFTER, Whose.PARTY, when=(served,), unless=(DISMISSED,)),
        Start(SUE_AFTER, Whose.PARTY, when=(served, DISMISSED), unless=(PRIOR,)),
        Start(SUE_PRIOR, Whose.PARTY, when=(served, DISMISSED, PRIOR)),
    )


ENDING = (
    Step(
        "decide",
        "作出复议决定",
        ACTIVE,
        "decided",
        "行政复议法第三十三条、第六十一条至第七十二条",
        records=(
            "outcome",
            "compensation",
            *(item(code) for code in PRECEDENCE),
            "remake",
            "remake_days",
            "perform_by",
            "compensation_refused",
            "dismissal_ground",
        ),
        needs=("outcome",),
        marks=(*CLOSING, Mark("decided", cents="compensation"), Mark("compensated", given="compensation")),
        ends=DECIDING,
        drops=BESIDE,
        only=(("outcome", codes(DECIDED)),),
        guards=(guards.outcome_follows_the_items,),
    ),
    Step(
        "mediate",
        "调解结案",
        IN_TRIAL,
        "mediated",
        "行政复议法第五条、第七十三条",
        records=("mediation_sealed", "perform_by"),
        marks=(*CLOSING, Mark("mediated")),
        ends=DECIDING,
        drops=BESIDE,
        sets=(("outcome", "mediated"),),
        guards=(guards.sealed,),
    ),
    Step(
        "terminate",
        "终止",
        IN_TRIAL,
        "terminated",
        "行政复议法第四十一条、第七十四条",
        records=("outcome", "termination_ground", "respondent_changed"),
        needs=("outcome",),
        marks=(
            *CLOSING,
            Mark("withdrawn", when=(("outcome", "withdrawn"),)),
            Mark("reconciled", when=(("outcome", "reconciled"),)),
            Mark("ended_after_change", when=(("respondent_changed", True),)),
        ),
        ends=DECIDING,
        drops=BESIDE,
        only=(("outcome", codes(ENDED)),),
        guards=(guards.ground_of_that_end, guards.sixty_days_over),
    ),
)
SERVED = (
    Step(
        "serve",
        "送达复议决定书",
        ("decided",),
        None,
        "行政复议法第七十五条，行政诉讼法第四十五条",
        records=SERVICE,
        needs=("served_to",),
        marks=(Mark("delivered", once=True),),
        starts=(
            *sue_after(who="applicant"),
            *sue_after(who="third_party"),
            Start(REMAKE, Whose.OTHER, "remake_days", when=(("served_to", "respondent"), ("remake", True))),
        ),
    ),
    Step(
        "serve_end",
        "送达调解书、终止决定书",
        ("mediated", "terminated"),
        None,
        "行政复议法第七十三条、第七十四条",
        records=SERVICE,
        needs=("served_to",),
        marks=(Mark("delivered", once=True),),
    ),
    Step(
        "serve_refusal",
        "送达不予受理决定书",
        ("unaccepted",),
        None,
        "行政复议法第三十条、第三十四条",
        records=SERVICE,
        needs=("served_to",),
        marks=(Mark("delivered", once=True),),
        starts=(Start(SUE_PRIOR, Whose.PARTY, when=(("served_to", "applicant"), ("outcome", "not_accepted"), PRIOR)),),
    ),
    # the suit itself is a case of litigation, linked to this one
    Step(
        "sued",
        "被提起诉讼",
        (*ACTIVE, *CLOSED),
        None,
        "行政诉讼法第二十六条、第四十五条",
        marks=(Mark("sued", once=True), Mark("closed_and_sued", after="closed", once=True)),
        ends=SUING,
    ),
)
FOLLOWED = (
    Step(
        "perform",
        "履行完毕",
        ("decided", "mediated"),
        None,
        "行政复议法第七十七条",
        marks=(Mark("performed", once=True),),
    ),
    Step(
        "press_performance",
        "督促履行",
        ("decided", "mediated"),
        None,
        "行政复议法第七十七条、第七十八条",
        records=("measure",),
        needs=("measure",),
    ),
    Step(
        "remade",
        "重新作出行政行为",
        ("decided",),
        None,
        "行政复议法第六十四条第二款，行政复议法实施条例（2007）第四十九条",
        ends=(REMAKE,),
        guards=(guards.remake_ordered,),
    ),
    Step(
        "issue_opinion",
        "制发行政复议意见书、建议书",
        (*IN_TRIAL, *CLOSED),
        None,
        "行政复议法第七十六条，行政复议法实施条例（2007）第五十七条",
        records=("opinion_kind", "opinion_to"),
        marks=(Mark("opinions_issued"),),
    ),
    Step(
        "opinion_received",
        "有关机关收到意见书",
        (*IN_TRIAL, *CLOSED),
        None,
        "行政复议法第七十六条",
        records=("opinion_received_on",),
        starts=(Start(OPINION, Whose.OTHER, fact="opinion_received_on"),),
        guards=(guards.opinion_issued,),
    ),
    Step(
        "opinion_replied",
        "有关机关报告意见书落实情况",
        (*IN_TRIAL, *CLOSED),
        None,
        "行政复议法第七十六条",
        ends=(OPINION,),
        guards=(guards.opinion_issued,),
    ),
    Step("publish", "公开复议决定书", ("decided",), None, "行政复议法第七十九条"),
    Step("inform_superior", "抄告被申请人的上一级主管部门", ("decided",), None, "行政复议法第七十九条"),
    Step(
        "archive",
        "归档",
        CLOSED,
        None,
        "行政复议法实施条例（2007）第三条第四项",
        marks=(Mark("archived", once=True),),
    ),
)
AFTER = (*ENDING, *SERVED, *FOLLOWED)
