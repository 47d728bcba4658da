"""Steps of an instance of a suit in which the office takes part: answer, evidence, hearings, judgment."""

from casetrack.kinds import litigation_guards as guards
from casetrack.kinds.base import Mark, Start, Step
from casetrack.kinds.litigation_clocks import (
    ADMINISTRATIVE,
    ANSWERING,
    BESIDE,
    EVIDENCE,
    HEAD_NOTICE,
    JURISDICTION,
    ON_NOTICE,
    ON_SETTING,
    PENDING,
)

HEARD_HEAD = (ADMINISTRATIVE, ("head_present", True))
CALLED = ("head_called", True)


NOTICED = (
    Step(
        "notice",
        "收到应诉通知",
        (),
        "noticed",
        "行政诉讼法第六十七条",
        records=(
            *("division", "instance", "court", "persons", "claim", "capacity", "organ_level"),
            *("attached_review", "we_appealed", "remanded"),
        ),
        needs=("division",),
        marks=(
            Mark("received", persons="persons"),
            Mark("accepted", persons="persons"),
            Mark("attached_reviews", when=(ADMINISTRATIVE, ("attached_review", True))),
        ),
        starts=ON_NOTICE,
    ),
    Step(
        "assign",
        "分办（承办单位、代理人、拟出庭负责人）",
        PENDING,
        None,
        "行政诉讼法第三条第三款（分办依地方规定）",
        records=("handling_unit", "agents", "attending_head"),
    ),
    Step(
        "answer",
        "提交答辩状和证据",
        ("noticed",),
        "answered",
        "行政诉讼法第六十七条",
        marks=(Mark("answered"),),
        ends=ANSWERING,
    ),
    Step(
        "ask_evidence_time",
        "申请延期提供证据",
        PENDING,
        None,
        "行诉法解释（法释〔2018〕1号）第三十四条",
        records=("evidence_reason",),
        guards=(guards.evidence_in_time,),
    ),
    Step(
        "grant_evidence_time",
        "法院准许延期提供证据",
        PENDING,
        None,
        "行诉法解释（法释〔2018〕1号）第三十四条",
        guards=(guards.evidence_asked,),
    ),
    Step(
        "evidence_cause_ended",
        "延期的正当事由消除",
        PENDING,
        None,
        "行诉法解释（法释〔2018〕1号）第三十四条",
        starts=(Start(EVIDENCE),),
        guards=(guards.evidence_granted,),
    ),
    Step(
        "submit_evidence",
        "提供延期的证据",
        PENDING,
        None,
        "行诉法解释（法释〔2018〕1号）第三十四条",
        ends=(EVIDENCE,),
        guards=(guards.evidence_granted,),
    ),
    Step(
        "object_jurisdiction",
        "提出管辖异议",
        PENDING,
        None,
        "行诉法解释（法释〔2018〕1号）第十条",
        ends=(JURISDICTION,),
        guards=(guards.objection_in_time,),
    ),
    Step(
        "rule_jurisdiction",
        "法院裁定管辖异议",
        PENDING,
        None,
        "行诉法解释（法释〔2018〕1号）第十条、第一百零一条",
        records=("jurisdiction_upheld",),
        needs=("jurisdiction_upheld",),
        guards=(guards.objection_made,),
    ),
)
HEARINGS = (
    Step(
        "set_hearing",
        "收到开庭通知",
        PENDING,
        None,
        "负责人出庭应诉规定（法释〔2020〕3号）第四条、第五条",
        records=("hearing_on", "must_call"),
        needs=("hearing_on",),
        starts=ON_SETTING,
        drops=(HEAD_NOTICE,),
        guards=(guards.hearing_ahead,),
    ),
    Step(
        "call_head",
        "收到负责人出庭通知书",
        PENDING,
        None,
        "负责人出庭应诉规定（法释〔2020〕3号）第四条、第五条",
        ends=(HEAD_NOTICE,),
        sets=(CALLED,),
        guards=(guards.head_of_an_administrative_suit,),
    ),
    # the marks let a rate be asked as each province defines it: of the hearings, of those called, without the excused
    Step(
        "hear",
        "开庭",
        PENDING,
        None,
        "行政诉讼法第三条第三款，负责人出庭应诉规定（法释〔2020〕3号）第二条、第七条至第九条",
        records=(
            "head_present",
            "heads",
            "attendance",
            "head_rank",
            "head_name",
            "excuse",
            "excuse_accepted",
            "staff_present",
        ),
        marks=(
            Mark("hearings_attended", persons="attendance", unsaid=0),
            Mark("heard", when=(ADMINISTRATIVE,), once=True),
            Mark("head_appearances", when=(("head_present", True),), persons="heads"),
            Mark("head_appeared", when=HEARD_HEAD, once=True),
            Mark("head_owed", when=(ADMINISTRATIVE,), unless=(("excuse_accepted", True),), once=True),
            Mark("heard_called", when=(ADMINISTRATIVE, CALLED), once=True),
            Mark("head_appeared_called", when=(*HEARD_HEAD, CALLED), once=True),
            Mark("chief_appeared", when=(*HEARD_HEAD, ("head_rank", "chief")), once=True),
            Mark(
                "head_excused",
                when=(ADMINISTRATIVE, ("head_present", False), ("excuse_accepted", True)),
                once=True,
            ),
            Mark("nobody_appeared", when=(ADMINISTRATIVE, ("head_present", False), ("staff_present", False))),
        ),
        drops=(HEAD_NOTICE,),
        guards=(guards.running, guards.excused_when_absent),
    ),
)
JUDGED = (
    Step(
        "judge",
        "裁判",
        PENDING,
        "concluded",
        "行政诉讼法第六十条、第六十九条至第七十九条、第八十九条",
        records=("outcome", "lost", "compensation", "document", "reconsideration_outcome", "withdrawal", "end_ground"),
        needs=("outcome",),
        marks=(
            Mark("closed"),
            Mark("concluded", cents="compensation"),
            Mark("compensated", given="compensation"),
            Mark("withdrawn_after_change", when=(("withdrawal", "after_change"),)),
        ),
        drops=BESIDE,
        guards=(
            guards.outcome_of_the_instance,
            guards.lost_where_the_outcome_does_not_say,
            guards.withdrawal_of_a_withdrawn_suit,
            guards.two_defendants,
            guards.ninety_days_over,
        ),
    ),
)
TRIAL = (*NOTICED, *HEARINGS, *JUDGED)
