"""What follows the court's word: service and appeal, effect, performance, suggestions of court and procurators."""

from casetrack.kinds import litigation_guards as guards
from casetrack.kinds.base import Mark, Start, Step
from casetrack.kinds.litigation_clocks import (
    APPEALING,
    APPLY_RETRIAL,
    CLOSED,
    ENFORCE,
    NORM_REPLY,
    ON_EFFECT,
    ON_PERFORMANCE,
    ON_SERVICE,
    PENDING,
)

ANYTIME = (*PENDING, *CLOSED)

DELIVERED = (
    Step(
        "serve",
        "裁判文书送达",
        ("concluded",),
        None,
        "行政诉讼法第八十五条，民事诉讼法第一百七十一条",
        records=("served_to",),
        needs=("served_to",),
        starts=ON_SERVICE,
    ),
    # the appeal itself is a case of the second instance, linked to this one
    Step(
        "appeal",
        "当事人上诉",
        ("concluded",),
        "appealed",
        "行政诉讼法第八十五条",
        records=("appealed_by",),
        marks=(Mark("appealed", once=True),),
        ends=APPEALING,
    ),
    Step(
        "take_effect",
        "裁判生效",
        ("concluded",),
        "effective",
        "行政诉讼法第八十五条",
        marks=(Mark("effective", once=True), Mark("effective_lost", when=(("lost", True),), once=True)),
        starts=ON_EFFECT,
        drops=APPEALING,
        guards=(guards.appeal_over,),
    ),
    Step(
        "apply_retrial",
        "当事人申请再审",
        ("effective",),
        None,
        "行诉法解释（法释〔2018〕1号）第一百一十条",
        records=("appealed_by",),
        ends=(APPLY_RETRIAL,),
    ),
)
PERFORMED = (
    Step(
        "performance_over",
        "履行期间届满",
        ("concluded", "effective"),
        None,
        "行诉法解释（法释〔2018〕1号）第一百五十三条",
        starts=ON_PERFORMANCE,
        drops=(ENFORCE,),
    ),
    Step(
        "perform",
        "执行生效裁判",
        ("concluded", "effective"),
        None,
        "行政诉讼法第九十四条至第九十六条",
        marks=(Mark("judgments_performed", once=True),),
        drops=(ENFORCE,),
    ),
    Step(
        "enforce",
        "法院采取执行措施",
        ("concluded", "effective"),
        None,
        "行政诉讼法第九十六条",
        records=("measure",),
        needs=("measure",),
        ends=(ENFORCE,),
    ),
)
SUGGESTED = (
    Step(
        "judicial_suggestion",
        "收到司法建议",
        ANYTIME,
        None,
        "行政诉讼法第六十六条，行诉法解释（法释〔2018〕1号）第一百四十九条",
        records=("suggestion_about", "suggestion_received_on"),
        marks=(Mark("judicial_suggestions"),),
        starts=(Start(NORM_REPLY, when=(("suggestion_about", "normative"),), fact="suggestion_received_on"),),
    ),
    Step(
        "reply_suggestion",
        "回复司法建议",
        ANYTIME,
        None,
        "行诉法解释（法释〔2018〕1号）第一百四十九条",
        marks=(Mark("judicial_suggestions_replied"),),
        ends=(NORM_REPLY,),
        guards=(guards.suggestion_received,),
    ),
    Step(
        "procuratorial_suggestion",
        "收到检察建议",
        ANYTIME,
        None,
        "行政诉讼法第二十五条第四款、第九十三条",
        marks=(Mark("procuratorial_suggestions"),),
    ),
    Step(
        "reply_procurators",
        "回复检察建议",
        ANYTIME,
        None,
        "行政诉讼法第二十五条第四款、第九十三条",
        marks=(Mark("procuratorial_suggestions_replied"),),
        guards=(guards.procurators_suggested,),
    ),
    Step("archive", "归档", CLOSED, None, "归档没有查到条文，按办案惯例", marks=(Mark("archived", once=True),)),
)
AFTER = (*DELIVERED, *PERFORMED, *SUGGESTED)
