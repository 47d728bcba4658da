"""Steps by which a reconsideration reviews the document or basis that an act rests on (附带审查)."""

from casetrack.kinds import reconsideration_guards as guards
from casetrack.kinds.base import Start, Step, Whose
from casetrack.kinds.reconsideration_clocks import (
    IN_TRIAL,
    LAW_OF_2023,
    NORM,
    NORM_ASK,
    NORM_BACK,
    NORM_REPLY,
    NORM_TRANSFER,
)

ASKED = (guards.norm_asked,)

NORM_REVIEW = (
    Step(
        "request_norm_review",
        "附带审查规范性文件或者依据",
        IN_TRIAL,
        None,
        "行政复议法第五十六条、第五十七条",
        records=("norm_competent",),
        needs=("norm_competent",),
        starts=(
            Start(NORM, when=(("norm_competent", True),)),
            Start(NORM_TRANSFER, when=(("norm_competent", False),)),
        ),
    ),
    Step(
        "transfer_norm",
        "转送有权机关",
        IN_TRIAL,
        None,
        "行政复议法第五十六条、第五十七条",
        ends=(NORM_TRANSFER,),
        guards=ASKED,
    ),
    Step(
        "norm_received",
        "有权机关收到转送",
        IN_TRIAL,
        None,
        "行政复议法第六十条",
        records=("norm_received_on",),
        starts=(Start(NORM_BACK, Whose.OTHER, fact="norm_received_on"),),
        guards=ASKED,
    ),
    Step(
        "norm_answered",
        "有权机关回复处理意见",
        IN_TRIAL,
        None,
        "行政复议法第六十条",
        ends=(NORM_BACK,),
        guards=ASKED,
    ),
    Step(
        "ask_drafter",
        "书面通知制定机关答复",
        IN_TRIAL,
        None,
        "行政复议法第五十八条",
        ends=(NORM_ASK,),
        guards=ASKED,
    ),
    Step(
        "drafter_received",
        "制定机关收到通知",
        IN_TRIAL,
        None,
        "行政复议法第五十八条",
        starts=(Start(NORM_REPLY, Whose.OTHER, since=LAW_OF_2023),),
        guards=ASKED,
    ),
    Step(
        "drafter_replied",
        "制定机关书面答复",
        IN_TRIAL,
        None,
        "行政复议法第五十八条",
        ends=(NORM_REPLY,),
        guards=ASKED,
    ),
    Step(
        "dispose_norm",
        "处理规范性文件或者依据",
        IN_TRIAL,
        None,
        "行政复议法第五十九条",
        ends=(NORM,),
        drops=(NORM_ASK, NORM_REPLY),
        guards=ASKED,
    ),
)
