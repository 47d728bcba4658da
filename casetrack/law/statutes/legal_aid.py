"""Terms of the Legal Aid Law (法律援助法) and of the regulation and procedure rules before it.

The law says neither whether its days are working days nor how they are counted: calendar days with the roll,
unverified until the procedure rules of 2023 are read.
"""

from datetime import date

from casetrack.law.sources import UNSTATED, Statute
from casetrack.law.terms import Duty, Roll, Unit

FROM_21 = date(2022, 1, 1)
LA21 = Statute(
    law="法律援助法",
    kind="legal_aid",
    since=FROM_21,
    roll=Roll.ROLLS,
    doubt="法律没有期间条款，是自然日还是工作日、末日是否顺延，须按办理法律援助案件程序规定（2023）核对",
)
HOURS = Statute(law="法律援助法", kind="legal_aid", since=FROM_21, roll=Roll.STAYS)
LA03 = Statute(law="法律援助条例", kind="legal_aid", since=date(2003, 9, 1), until=FROM_21, roll=Roll.ROLLS)
LAP12 = Statute(
    law="办理法律援助案件程序规定（2012）",
    kind="legal_aid",
    since=date(2012, 7, 1),
    until=FROM_21,
    roll=Roll.ROLLS,
    doubt="2012年7月1日施行凭记忆，未核对",
)
RECEIVED = ("received_on", "收到法律援助申请之日")

DECIDE_21 = LA21.rule(
    "LA21-DECIDE",
    "决定是否给予法律援助",
    RECEIVED,
    7,
    Unit.DAY,
    (43,),
    "七日",
    UNSTATED,
    pauses=("supplement",),
    doubt="补充材料的时间是否扣除未核对",
)
ASSIGN_21 = LA21.rule(
    "LA21-ASSIGN", "指派法律援助人员", ("decided_on", "作出给予法律援助决定之日"), 3, Unit.DAY, (43,), "三日", UNSTATED
)
NOTIFY_21 = LA21.rule(
    "LA21-NOTIFY", "办案机关通知法律援助机构", ("found_on", "发现应当通知之日"), 3, Unit.DAY, (36,), "三日", UNSTATED
)
NOTIFIED_21 = LA21.rule(
    "LA21-NOTIFIED", "按通知指派并告知办案机关", ("received_on", "收到通知之日"), 3, Unit.DAY, (36,), "三日", UNSTATED
)
TRANSFER_21 = HOURS.rule(
    "LA21-TRANSFER",
    "转交在押人员的申请",
    ("received_at", "收到申请的时刻"),
    24,
    Unit.HOUR,
    (39,),
    "二十四小时",
    UNSTATED,
)
OBJECT_21 = LA21.rule(
    "LA21-OBJECT",
    "审查对法律援助决定的异议",
    ("received_on", "收到异议之日"),
    5,
    Unit.DAY,
    (49,),
    "五日",
    "逾期未处理的，申请人可以申请行政复议或者起诉",
)
DECIDE_12 = LAP12.rule(
    "LAP12-DECIDE",
    "审查法律援助申请",
    ("accepted_on", "受理申请之日"),
    7,
    Unit.WORKING_DAY,
    (13,),
    "七个工作日",
    UNSTATED,
    pauses=("supplement", "verification"),
    note="核查见第十四条",
)
OBJECT_03 = LA03.rule(
    "LA03-OBJECT",
    "审查对不予法律援助的异议",
    ("received_on", "收到异议之日"),
    5,
    Unit.WORKING_DAY,
    (19,),
    "五个工作日",
    UNSTATED,
)
HEAR_03 = LA03.rule(
    "LA03-HEAR",
    "人民法院送交指定辩护通知",
    ("hearing_on", "开庭之日"),
    10,
    Unit.DAY,
    (20,),
    "十日",
    UNSTATED,
    backwards=True,
)
HEAR_NAME_03 = LA03.rule(
    "LA03-HEAR-NAME",
    "法律援助机构回复承办人员姓名",
    ("hearing_on", "开庭之日"),
    3,
    Unit.DAY,
    (21,),
    "三日",
    UNSTATED,
    backwards=True,
)

DECIDE = Duty("legal_aid.decide", "审查决定", (DECIDE_12, DECIDE_21))
ASSIGN = Duty("legal_aid.assign", "指派", (ASSIGN_21,))
NOTIFY = Duty("legal_aid.notify", "通知辩护", (NOTIFY_21,))
NOTIFIED = Duty("legal_aid.notified", "按通知指派", (NOTIFIED_21,))
TRANSFER = Duty("legal_aid.transfer", "转交申请", (TRANSFER_21,))
OBJECT = Duty("legal_aid.object", "审查异议", (OBJECT_03, OBJECT_21))
HEARING_NOTICE = Duty("legal_aid.hearing_notice", "送交指定辩护通知", (HEAR_03,))
HEARING_NAME = Duty("legal_aid.hearing_name", "回复承办人员姓名", (HEAR_NAME_03,))
