"""Terms of the Administrative Litigation Law of 1989, for cases filed before 2015-05-01; none is verified."""

from datetime import date

from casetrack.law.sources import UNSTATED, Statute
from casetrack.law.terms import Extension, Roll, Unit

XS89 = Statute(
    law="行政诉讼法（1989）",
    kind="litigation",
    since=date(1990, 10, 1),
    until=date(2015, 5, 1),
    roll=Roll.ROLLS,
    doubt="条文序号凭记忆，未核对文本",
)
HIGH_COURT = Extension(None, Unit.MONTH, "高级人民法院（高级人民法院审理的，最高人民法院）")

ANSWER = XS89.rule(
    "XS89-ANSWER",
    "提交答辩状和材料",
    ("copy_received_on", "收到起诉状副本之日"),
    10,
    Unit.DAY,
    (43,),
    "十日",
    UNSTATED,
    doubt="十日凭记忆",
)
FIRST = XS89.rule(
    "XS89-FIRST",
    "第一审判决",
    ("filed_on", "立案之日"),
    3,
    Unit.MONTH,
    (57,),
    "三个月",
    "不能按期审结的，须报请批准延长",
    extension=HIGH_COURT,
)
SECOND = XS89.rule(
    "XS89-SECOND",
    "第二审终审判决",
    ("appeal_received_on", "收到上诉状之日"),
    2,
    Unit.MONTH,
    (60,),
    "两个月",
    "不能按期审结的，须报请批准延长",
    extension=HIGH_COURT,
)
SUE = XS89.rule(
    "XS89-SUE",
    "直接起诉",
    ("known_on", "知道作出具体行政行为之日"),
    3,
    Unit.MONTH,
    (39,),
    "三个月",
    "超过起诉期限，不予受理或者驳回起诉",
)
