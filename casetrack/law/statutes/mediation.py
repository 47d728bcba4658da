"""Terms of people's mediation (人民调解): how long it may last, by kind of dispute, source and place.

No national statute fixes when a request must be accepted, and the month of 2002 is a soft rule. None of these
texts says what happens when the last day is a rest day.
"""

from datetime import date

from casetrack.law.sources import UNSTATED, Statute
from casetrack.law.terms import Duty, Extension, Roll, Unit

KIND = "mediation"
WEB = "依网页而非官方文本"
ORDER_75 = Statute(law="人民调解工作若干规定", kind=KIND, since=date(2002, 11, 1), roll=Roll.SILENT, doubt=WEB)
PM10 = Statute(law="人民调解法", kind=KIND, since=date(2011, 1, 1), roll=Roll.SILENT)
NINGBO = Statute(law="宁波市人民调解条例", kind=KIND, since=date(2015, 6, 1), roll=Roll.SILENT, jurisdiction="3302")
NINGBO_MEDICAL = Statute(
    law="宁波市医疗纠纷预防与处置条例", kind=KIND, since=date(2012, 3, 1), roll=Roll.SILENT, jurisdiction="3302"
)
SHENZHEN = Statute(
    law="深圳经济特区矛盾纠纷多元化解条例", kind=KIND, since=date(2022, 5, 1), roll=Roll.SILENT, jurisdiction="4403"
)
MEDICAL = Statute(law="医疗纠纷预防和处理条例", kind=KIND, since=date(2018, 10, 1), roll=Roll.SILENT)
LABOUR = Statute(law="劳动争议调解仲裁法", kind=KIND, since=date(2008, 5, 1), roll=Roll.SILENT)
TRAFFIC = Statute(law="道路交通事故处理程序规定", kind=KIND, since=date(2018, 5, 1), roll=Roll.SILENT)
POLICE = Statute(
    law="公安机关办理行政案件程序规定",
    kind=KIND,
    since=date(2019, 4, 27),
    roll=Roll.SILENT,
    doubt="该版本的施行日未核对",
)

ACCEPTED = ("accepted_on", "受理之日")
ENDED = "期满未达成协议的，终止调解并告知仲裁、行政、司法途径"
BOTH = Extension(None, Unit.DAY, "双方当事人")

TERM_GENERAL = ORDER_75.rule(
    "PM-TERM-GEN", "调解期限", ACCEPTED, 1, Unit.MONTH, (33,), "一个月", ENDED, note="“一般”在一个月内，不是硬性期限"
)
TERM_NINGBO = NINGBO.rule(
    "PM-TERM-NB",
    "调解期限（宁波）",
    ACCEPTED,
    1,
    Unit.MONTH,
    (27,),
    "一个月",
    ENDED,
    extension=Extension(None, Unit.MONTH, "双方当事人"),
)
TERM_SHENZHEN = SHENZHEN.rule(
    "PM-TERM-SZ",
    "调解期限（深圳）",
    ACCEPTED,
    30,
    Unit.DAY,
    (25,),
    "三十日",
    ENDED,
    extension=BOTH,
    named_by="当事人约定",
)
TERM_MEDICAL = MEDICAL.rule(
    "PM-TERM-MED",
    "调解期限（医疗纠纷）",
    ACCEPTED,
    30,
    Unit.WORKING_DAY,
    (38,),
    "三十个工作日",
    "超过调解期限未达成协议的，视为调解不成",
    pauses=("appraisal",),
    extension=Extension(None, Unit.WORKING_DAY, "医疗纠纷人民调解委员会和双方当事人"),
)
TERM_LABOUR = LABOUR.rule(
    "PM-TERM-LAB",
    "调解期限（劳动争议）",
    ("received_on", "收到调解申请之日"),
    15,
    Unit.DAY,
    ((14, 3),),
    "十五日",
    "未达成协议的，当事人可以依法申请仲裁",
)
ACCEPT_NINGBO_MEDICAL = NINGBO_MEDICAL.rule(
    "PM-ACC-NBMED",
    "决定是否受理（宁波医疗纠纷）",
    ("received_on", "收到调解申请之日"),
    3,
    Unit.WORKING_DAY,
    (30,),
    "三个工作日",
    UNSTATED,
)
TRAFFIC_APPLY = TRAFFIC.rule(
    "PM-TRAFFIC", "共同申请交警调解", ("ended_on", "人民调解委员会终止调解之日"), 3, Unit.DAY, (85,), "三日", UNSTATED
)
POLICE_SECOND = POLICE.rule(
    "PM-POLICE-2ND",
    "公安机关第二次调解",
    ("first_session_on", "第一次调解之日"),
    7,
    Unit.WORKING_DAY,
    (183,),
    "七个工作日",
    UNSTATED,
)
COMMITTEE_TERM = PM10.rule(
    "PM-COMM-TERM",
    "调解委员会委员任期",
    ("elected_on", "推选产生之日"),
    3,
    Unit.YEAR,
    (9,),
    "三年",
    "任期届满应当改选，可以连选连任",
)
COMMITTEE_FILE_MEDICAL = MEDICAL.rule(
    "PM-COMM-FILE-MED",
    "医疗纠纷人民调解委员会备案",
    ("established_on", "设立之日"),
    30,
    Unit.WORKING_DAY,
    (32,),
    "三十个工作日",
    UNSTATED,
)
COMMITTEE_FILE_NINGBO = NINGBO.rule(
    "PM-COMM-FILE-NB",
    "调解委员会备案（宁波）",
    ("changed_on", "设立、变更、撤销或者聘任之日"),
    30,
    Unit.WORKING_DAY,
    (13,),
    "三十个工作日",
    UNSTATED,
)

TERM = Duty("mediation.term", "调解期限", (TERM_GENERAL, TERM_NINGBO, TERM_SHENZHEN))
TERM_OF_MEDICAL = Duty("mediation.term.medical", "调解期限（医疗纠纷）", (TERM_MEDICAL,))
TERM_OF_LABOUR = Duty("mediation.term.labour", "调解期限（劳动争议）", (TERM_LABOUR,))
ACCEPT_MEDICAL = Duty("mediation.accept.medical", "决定是否受理（医疗纠纷）", (ACCEPT_NINGBO_MEDICAL,))
TRAFFIC_POLICE = Duty("mediation.traffic", "共同申请交警调解", (TRAFFIC_APPLY,))
POLICE_AGAIN = Duty("mediation.police_second", "公安机关第二次调解", (POLICE_SECOND,))
COMMITTEE = Duty("mediation.committee_term", "调解委员会任期", (COMMITTEE_TERM,))
COMMITTEE_FILING = Duty("mediation.committee_filing", "调解委员会备案", (COMMITTEE_FILE_NINGBO,))
COMMITTEE_FILING_MEDICAL = Duty("mediation.committee_filing.medical", "医调委备案", (COMMITTEE_FILE_MEDICAL,))
