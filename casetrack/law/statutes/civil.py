"""Terms of the Civil Procedure Law of 2023 for civil suits in which the government is a party (民事应诉)."""

from datetime import date

from casetrack.law.sources import UNSTATED, Statute
from casetrack.law.terms import Duty, Extension, Roll, Unit

MS23 = Statute(
    law="民事诉讼法（2023）",
    kind="litigation",
    since=date(2024, 1, 1),
    roll=Roll.ROLLS,
    doubt="条文已核对；2023年修正自2024年1月1日施行凭记忆，未核对",
)

ANSWER = MS23.rule(
    "MS23-ANSWER",
    "提出答辩状（民事）",
    ("copy_received_on", "收到起诉状副本之日"),
    15,
    Unit.DAY,
    (128,),
    "十五日",
    UNSTATED,
)
FIRST = MS23.rule(
    "MS23-FIRST",
    "第一审审结（民事普通程序）",
    ("filed_on", "立案之日"),
    6,
    Unit.MONTH,
    (152,),
    "六个月",
    "不能按期审结的，须报请批准延长",
    extension=Extension(None, Unit.MONTH, "本院院长（六个月以内），再延长的上级人民法院"),
    pauses=("suspension",),
    note="院长批准延长六个月，还需要延长的报上级人民法院；中止诉讼见第一百五十三条",
)
APPEAL = MS23.rule(
    "MS23-APPEAL",
    "对判决上诉（民事）",
    ("served_on", "判决书送达之日"),
    15,
    Unit.DAY,
    (171,),
    "十五日",
    "逾期不上诉的，判决生效",
)
APPEAL_R = MS23.rule(
    "MS23-APPEAL-R",
    "对裁定上诉（民事）",
    ("served_on", "裁定书送达之日"),
    10,
    Unit.DAY,
    (171,),
    "十日",
    "逾期不上诉的，裁定生效",
)
SECOND = MS23.rule(
    "MS23-SECOND",
    "第二审审结（民事判决）",
    ("filed_on", "第二审立案之日"),
    3,
    Unit.MONTH,
    (183,),
    "三个月",
    "不能按期审结的，须报请批准延长",
    extension=Extension(None, Unit.MONTH, "本院院长"),
)
SECOND_R = MS23.rule(
    "MS23-SECOND-R", "第二审审结（民事裁定）", ("filed_on", "第二审立案之日"), 30, Unit.DAY, (183,), "三十日", UNSTATED
)

CIVIL_ANSWER = Duty("litigation.civil_answer", "答辩（民事）", (ANSWER,))
CIVIL_FIRST = Duty("litigation.civil_first_instance", "第一审（民事）", (FIRST,))
CIVIL_APPEAL_JUDGMENT = Duty("litigation.civil_appeal_judgment", "对判决上诉（民事）", (APPEAL,))
CIVIL_APPEAL_RULING = Duty("litigation.civil_appeal_ruling", "对裁定上诉（民事）", (APPEAL_R,))
CIVIL_SECOND = Duty("litigation.civil_second_instance", "第二审（民事判决）", (SECOND,))
CIVIL_SECOND_RULING = Duty("litigation.civil_second_instance_ruling", "第二审（民事裁定）", (SECOND_R,))
