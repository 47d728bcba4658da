"""The court's course of an instance: filing, its time and what is taken out of it, suspension, stay."""

from casetrack.kinds import litigation_guards as guards
from casetrack.kinds.base import Pause, Start, Step, Whose
from casetrack.kinds.lifecycle import Guard
from casetrack.kinds.litigation_clocks import (
    COURT,
    EXTENDABLE,
    FIRST,
    ON_FILING,
    PENDING,
    SIMPLE,
    SUSPENDED,
    suspended_on,
)
from casetrack.kinds.litigation_codes import NINETY_DAY_GROUNDS


def excluding(name: str, label: str, reason: str, basis: str, guard: Guard = guards.administrative_only) -> Step:
    """A step that takes an interval known at once out of the court's time."""
    return Step(
        name,
        label,
        PENDING,
        None,
        basis,
        records=("excluded_from", "excluded_until"),
        needs=("excluded_from", "excluded_until"),
        pauses=(Pause(COURT, reason, "excluded_from", "excluded_until"),),
        guards=(guard,),
    )


COURSE = (
    Step(
        "file",
        "法院立案",
        PENDING,
        None,
        "行政诉讼法第八十一条至第八十三条、第八十八条",
        records=("filed_on", "appeal_received_on", "appeal_against", "court_procedure"),
        needs=("filed_on",),
        starts=ON_FILING,
        drops=COURT,
        guards=(guards.simplified_only_at_first, guards.appeal_dated),
    ),
    Step(
        "convert",
        "转为普通程序",
        PENDING,
        None,
        "行政诉讼法第八十四条，行诉法解释（法释〔2018〕1号）第一百零五条（自立案之日起算）",
        starts=(Start(FIRST, Whose.OTHER),),
        drops=(SIMPLE,),
        guards=(guards.simplified_to_convert,),
    ),
    Step(
        "extend",
        "延长审限",
        PENDING,
        None,
        "行政诉讼法第八十一条、第八十八条",
        records=("extension_months",),
        needs=("extension_months",),
        extends=tuple((name, "extension_months") for name in EXTENDABLE),
        guards=(guards.extendable,),
    ),
    excluding("exclude_notice", "扣除公告期间", "public_notice", "行诉法解释（法释〔2018〕1号）第五十条"),
    excluding("exclude_appraisal", "扣除鉴定期间", "appraisal", "行诉法解释（法释〔2018〕1号）第五十条"),
    excluding("exclude_mediation", "扣除调解期间", "mediation", "行诉法解释（法释〔2018〕1号）第五十条"),
    excluding("exclude_jurisdiction", "扣除处理管辖争议期间", "jurisdiction", "行诉法解释（法释〔2018〕1号）第五十条"),
    excluding(
        "exclude_linked_dispute",
        "扣除处理相关民事争议期间",
        "linked_dispute",
        "行诉法解释（法释〔2018〕1号）第一百三十八条",
    ),
    excluding(
        "exclude_suspension",
        "扣除转为普通程序前的中止期间",
        "suspension",
        "行诉法解释（法释〔2018〕1号）第五十条、第一百零五条",
        guards.was_converted,
    ),
    Step(
        "suspend",
        "中止诉讼",
        PENDING,
        None,
        "行诉法解释（法释〔2018〕1号）第八十七条",
        records=("suspension_ground",),
        needs=("suspension_ground",),
        starts=tuple(suspended_on(ground) for ground in NINETY_DAY_GROUNDS),
        pauses=(Pause(COURT, "suspension"),),
        sets=(("suspended", True),),
        guards=(guards.running,),
    ),
    Step(
        "resume",
        "恢复诉讼",
        PENDING,
        None,
        "行诉法解释（法释〔2018〕1号）第八十七条",
        drops=(SUSPENDED,),
        resumes=COURT,
        sets=(("suspended", False),),
        guards=(guards.standing_still,),
    ),
    Step(
        "stay",
        "诉讼期间停止执行",
        PENDING,
        None,
        "行政诉讼法第五十六条",
        records=("stay_reason",),
        sets=(("stayed", True),),
    ),
    Step(
        "lift_stay",
        "停止执行结束",
        PENDING,
        None,
        "行政诉讼法第五十六条",
        sets=(("stayed", False),),
        guards=(guards.stays,),
    ),
)
