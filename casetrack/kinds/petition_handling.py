"""The steps of a petition from acceptance to its end."""

from casetrack.kinds import petition_guards as guards
from casetrack.kinds.base import Mark, Step
from casetrack.kinds.petition_clocks import ASSIGNED, CONCLUDE, OBJECT, ON_ACCEPTING, UNTIL_ACCEPTED, UNTIL_CLOSED
from casetrack.kinds.petition_intake import ANSWERED_IN_TIME, CLOSED, PASSED_ON, WAITING

OPEN = (*WAITING, "accepted")
CONCLUDED_IN_TIME = (
    Mark("conclusion_kept", kept=True, once=True),
    Mark("conclusion_overdue", kept=False, once=True),
)
REPLIED_PUBLICLY = Mark("replied_publicly", when=(("replied_publicly", True),))

HANDLING_STEPS = (
    Step(
        "accept",
        "受理",
        WAITING,
        "accepted",
        "信访工作条例第二十三条、第三十一条",
        marks=(Mark("accepted", persons="persons"), *ANSWERED_IN_TIME),
        starts=ON_ACCEPTING,
        ends=UNTIL_ACCEPTED,
        drops=(OBJECT,),
    ),
    Step(
        "contact",
        "联系信访人",
        OPEN,
        None,
        "信访工作条例第三十一条第六项",
        marks=(Mark("contacted", once=True),),
    ),
    Step(
        "investigate",
        "调查",
        ("accepted",),
        None,
        "信访工作条例第三十一条第六项",
        records=("record",),
    ),
    Step(
        "hear",
        "听证",
        ("accepted",),
        None,
        "信访工作条例第三十一条第六项",
        records=("record",),
        marks=(Mark("heard", once=True),),
    ),
    Step(
        "extend",
        "延期",
        ("accepted",),
        None,
        "信访工作条例第三十四条",
        records=("extended_days", "approved", "reasons_told"),
        needs=("extended_days", "approved", "reasons_told"),
        marks=(Mark("extended", once=True),),
        extends=((CONCLUDE, "extended_days"),),
        guards=(guards.approved_and_told,),
    ),
    Step(
        "extend_assignment",
        "延长交办期限",
        (*OPEN, "concluded", "settled"),
        None,
        "信访工作条例第二十二条",
        records=("extended_days", "assigner_agreed"),
        needs=("extended_days", "assigner_agreed"),
        extends=((ASSIGNED, "extended_days"),),
        guards=(guards.agreed_by_the_assigner,),
    ),
    Step(
        "conclude",
        "办结",
        OPEN,
        "concluded",
        "信访工作条例第三十二条、第三十四条",
        records=("opinion", "replied_publicly"),
        marks=(CLOSED, Mark("concluded"), REPLIED_PUBLICLY, *CONCLUDED_IN_TIME),
        ends=UNTIL_CLOSED,
        drops=(OBJECT,),
        sets=(("outcome", "concluded"),),
    ),
    Step(
        "settle",
        "和解、调解化解",
        ("accepted",),
        "settled",
        "信访工作条例第三十三条",
        records=("in_writing",),
        marks=(CLOSED, Mark("settled"), *CONCLUDED_IN_TIME),
        ends=UNTIL_CLOSED,
        sets=(("outcome", "settled"),),
        guards=(guards.agreed_in_writing,),
    ),
    Step(
        "withdraw",
        "撤回",
        OPEN,
        "withdrawn",
        "信访工作条例第三十一条",
        marks=(CLOSED, Mark("withdrawn")),
        drops=(*UNTIL_CLOSED, OBJECT),
        sets=(("outcome", "withdrawn"),),
    ),
    Step(
        "terminate",
        "终止",
        OPEN,
        "terminated",
        "山东省信访条例第四十六条（全国的条例没有规定终止）",
        records=("termination",),
        needs=("termination",),
        marks=(CLOSED, Mark("terminated")),
        drops=(*UNTIL_CLOSED, OBJECT),
        sets=(("outcome", "terminated"),),
    ),
    Step(
        "report",
        "报送办结报告",
        (
            *("accepted", "concluded", "served", "under_review", "final", "settled"),
            *("not_accepted", "told_elsewhere", "diverted", "withdrawn", "terminated", *PASSED_ON),
        ),
        None,
        "信访工作条例第二十二条",
        marks=(Mark("reported"),),
        ends=(ASSIGNED,),
        guards=(guards.was_assigned,),
    ),
)
