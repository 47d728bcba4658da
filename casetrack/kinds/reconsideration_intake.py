"""Steps of a reconsideration up to its acceptance, or to its end without one."""

from casetrack.kinds import reconsideration_guards as guards
from casetrack.kinds.base import Mark, Start, Step, Whose
from casetrack.kinds.reconsideration_clocks import (
    CLOSED_MARKS,
    COMPETENCE,
    COPY,
    COPY_SIMPLIFIED,
    CORRECT,
    CORRECT_NOTICE,
    DECIDE,
    DECIDE_SIMPLIFIED,
    INTAKE_CLOCKS,
    LAW_OF_2023,
    RECEIVED,
    REVIEW,
)
from casetrack.kinds.reconsideration_fields import APPLICATION

REAL = ("real_property", True)
ACCEPTED = (Mark("accepted", persons="persons"),)

# what was over before the office had the application, others' and the applicant's: in time or late, where known
WINDOWS = (
    Start(
        "reconsideration.forward",
        Whose.OTHER,
        when=(("channel", "via_organ"),),
        fact="organ_received_on",
        past=True,
        since=LAW_OF_2023,
    ),
    Start("reconsideration.apply", Whose.PARTY, past=True),
    Start("reconsideration.apply_untold", Whose.PARTY, past=True, since=LAW_OF_2023),
    Start("reconsideration.apply_untold_cap", Whose.PARTY, past=True, since=LAW_OF_2023),
    Start("reconsideration.apply_cap", Whose.PARTY, past=True, unless=(REAL,), since=LAW_OF_2023),
    Start("reconsideration.apply_cap_real", Whose.PARTY, past=True, when=(REAL,), since=LAW_OF_2023),
)
# under the law of 1999 both count from receipt, whenever the office decided to accept
ORDINARY = (Start(COPY), Start(DECIDE, named_days="decide_within"))
IS_ORDINARY = (("procedure", "ordinary"), ("copy", "due"))

APPLYING = (
    Step(
        "receive",
        "收到申请",
        (),
        "received",
        "行政复议法第二十二条、第三十条",
        records=("matter", "field", "persons", "claim", *(f.name for f in APPLICATION)),
        marks=(Mark("received", persons="persons"),),
        starts=(Start(REVIEW), *WINDOWS),
        guards=(guards.a_ground_of_priority, guards.through_the_organ_only_penalties),
    ),
    # no statutory stage: the five days of the review run on
    Step(
        "try_settlement",
        "受理前调解、和解",
        ("received",),
        "settling",
        "行政复议法第五条（不停止第三十条的审查期限）",
        records=("settlement_consent",),
        needs=("settlement_consent",),
        guards=(guards.both_consent,),
    ),
    Step("end_settlement", "受理前调解、和解不成", ("settling",), "received", "行政复议法第五条、第三十条"),
    Step(
        "withdraw_before",
        "受理前撤回",
        (*RECEIVED, "correcting"),
        "unaccepted",
        "行政复议法第五条",
        records=("settled_before",),
        marks=(
            *CLOSED_MARKS,
            Mark("withdrawn_before_acceptance"),
            Mark("settled_before_acceptance", when=(("settled_before", True),)),
        ),
        drops=(REVIEW, *INTAKE_CLOCKS),
        sets=(("outcome", "withdrawn_before_acceptance"),),
    ),
)
CORRECTING = (
    Step(
        "notify_correction",
        "通知补正",
        RECEIVED,
        "correcting",
        "行政复议法第三十一条第一款",
        records=("correction_items",),
        starts=(Start(CORRECT_NOTICE, past=True),),
        drops=(REVIEW,),
        guards=(guards.not_corrected_before,),
    ),
    # before 2024 the notice named a reasonable period, and no text a number
    Step(
        "correction_notice_received",
        "申请人收到补正通知",
        ("correcting",),
        None,
        "行政复议法第三十一条第二款",
        starts=(Start(CORRECT, Whose.PARTY, since=LAW_OF_2023),),
        drops=(CORRECT,),
    ),
    Step(
        "extend_correction",
        "延长补正期限",
        ("correcting",),
        None,
        "行政复议法第三十一条第二款",
        records=("correction_extension",),
        needs=("correction_extension",),
        extends=((CORRECT, "correction_extension"),),
        guards=(guards.correction_runs,),
    ),
    Step(
        "correct",
        "收到补正材料",
        ("correcting",),
        "received",
        "行政复议法第三十一条第三款",
        records=("corrected_on",),
        starts=(Start(REVIEW, fact="corrected_on"),),
        ends=(CORRECT,),
    ),
    Step(
        "abandon",
        "视为放弃申请（逾期未补正）",
        ("correcting",),
        "unaccepted",
        "行政复议法第三十一条第二款",
        marks=CLOSED_MARKS,
        drops=INTAKE_CLOCKS,
        sets=(("outcome", "abandoned"),),
        guards=(guards.correction_over,),
    ),
)
DISPUTED = (
    Step(
        "negotiate_competence",
        "几个机关同时收到申请，协商受理",
        RECEIVED,
        None,
        "行政复议法实施条例（2007）第三十条",
        starts=(Start(COMPETENCE[0]),),
    ),
    Step(
        "ask_designation",
        "协商不成，报请指定受理机关",
        RECEIVED,
        None,
        "行政复议法实施条例（2007）第三十条",
        starts=(Start(COMPETENCE[1], Whose.OTHER),),
        ends=COMPETENCE[:1],
        guards=(guards.competence_disputed,),
    ),
    Step(
        "settle_competence",
        "确定受理机关",
        RECEIVED,
        None,
        "行政复议法实施条例（2007）第三十条",
        ends=COMPETENCE,
        guards=(guards.competence_disputed,),
    ),
)
ACCEPTING = (
    Step(
        "accept",
        "受理",
        RECEIVED,
        "accepted",
        "行政复议法第三十条",
        records=("decide_within",),
        marks=ACCEPTED,
        starts=ORDINARY,
        ends=(REVIEW,),
        drops=INTAKE_CLOCKS,
        sets=IS_ORDINARY,
        guards=(guards.shorter_by_law,),
    ),
    Step(
        "accept_simplified",
        "受理（简易程序）",
        RECEIVED,
        "accepted",
        "行政复议法第三十条、第五十三条",
        records=("simplified_ground",),
        needs=("simplified_ground",),
        marks=ACCEPTED,
        starts=(Start(COPY_SIMPLIFIED), Start(DECIDE_SIMPLIFIED)),
        ends=(REVIEW,),
        drops=INTAKE_CLOCKS,
        sets=(("procedure", "simplified"), ("copy", "due")),
        guards=(guards.simplified_exists,),
    ),
    Step(
        "accept_deemed",
        "视为受理（审查期限届满）",
        RECEIVED,
        "accepted",
        "行政复议法第三十条第三款",
        marks=ACCEPTED,
        starts=ORDINARY,
        ends=(REVIEW,),
        drops=INTAKE_CLOCKS,
        sets=(*IS_ORDINARY, ("deemed", True)),
        guards=(guards.deemed_on_the_last_day,),
    ),
    Step(
        "refuse",
        "不予受理、告知或视为放弃",
        RECEIVED,
        "unaccepted",
        "行政复议法第三十条、第三十一条",
        records=("outcome", "refusal_ground", "competent_organ"),
        needs=("outcome",),
        marks=(*CLOSED_MARKS, Mark("not_accepted", when=(("outcome", "not_accepted"),))),
        ends=(REVIEW,),
        drops=INTAKE_CLOCKS,
        only=(("outcome", ("not_accepted", "redirected", "abandoned")),),
        guards=(guards.redirected_only_before_2024,),
    ),
)
INTAKE = (*APPLYING, *CORRECTING, *DISPUTED, *ACCEPTING)
