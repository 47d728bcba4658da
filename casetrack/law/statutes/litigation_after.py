"""Terms after the second instance: retrial, enforcement, normative documents, suspension that ends a suit."""

from casetrack.law.sources import UNSTATED
from casetrack.law.statutes.litigation import JS18
from casetrack.law.terms import Duty, Extension, Unit

RETRIAL_APP = JS18.rule(
    "XS14-RETRIAL-APP",
    "申请再审",
    ("effective_on", "裁判生效或者知道法定情形之日"),
    6,
    Unit.MONTH,
    (110,),
    "六个月",
    UNSTATED,
)
RETRIAL_ANS = JS18.rule(
    "XS14-RETRIAL-ANS",
    "对再审申请提出书面意见",
    ("copy_received_on", "收到再审申请书副本之日"),
    15,
    Unit.DAY,
    (111,),
    "十五日",
    UNSTATED,
)
RETRIAL_REV = JS18.rule(
    "XS14-RETRIAL-REV",
    "审查再审申请",
    ("filed_on", "再审申请案件立案之日"),
    6,
    Unit.MONTH,
    (112,),
    "六个月",
    "不能按期审结的，须报请批准延长",
    extension=Extension(None, Unit.MONTH, "本院院长"),
)
TERM90 = JS18.rule(
    "XS14-TERM90",
    "中止满九十日而原因未消除",
    ("suspended_on", "依三项法定原因中止之日"),
    90,
    Unit.DAY,
    (88,),
    "九十日",
    "终结诉讼",
    extension=Extension(None, Unit.DAY, "人民法院（特殊情况）"),
)
ENFORCE = JS18.rule(
    "XS14-ENFORCE",
    "申请强制执行",
    ("performance_ended_on", "履行期间最后一日"),
    2,
    Unit.YEAR,
    (153,),
    "二年",
    UNSTATED,
    pauses=("suspension", "obstacle"),
    note="中止、中断适用法律有关规定；中断后重新起算",
)
NON_LITIGATION = JS18.rule(
    "XS14-NONLIT",
    "申请执行行政行为（非诉执行）",
    ("window_ended_on", "法定起诉期限届满之日"),
    3,
    Unit.MONTH,
    (156,),
    "三个月",
    "逾期申请的，须有正当理由",
    pauses=("obstacle",),
)
NORM_REPLY = JS18.rule(
    "XS14-NORM-REPLY",
    "答复关于规范性文件的司法建议",
    ("received_on", "收到司法建议之日"),
    60,
    Unit.DAY,
    (149,),
    "六十日",
    UNSTATED,
)

RETRIAL_APPLY = Duty("litigation.retrial_apply", "申请再审", (RETRIAL_APP,))
RETRIAL_ANSWER = Duty("litigation.retrial_answer", "对再审申请提出意见", (RETRIAL_ANS,))
RETRIAL_REVIEW = Duty("litigation.retrial_review", "审查再审申请", (RETRIAL_REV,))
SUSPENDED = Duty("litigation.suspended", "中止满九十日终结", (TERM90,))
ENFORCING = Duty("litigation.enforce", "申请强制执行", (ENFORCE,))
NON_LITIGATION_ENFORCING = Duty("litigation.non_litigation", "申请非诉执行", (NON_LITIGATION,))
NORMATIVE_REPLY = Duty("litigation.normative_reply", "答复规范性文件司法建议", (NORM_REPLY,))
