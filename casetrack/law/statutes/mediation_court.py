"""Where mediation meets the court: entrusted mediation, online steps, judicial confirmation (司法确认), enforcement."""

from datetime import date

from casetrack.law.sources import UNSTATED, Statute
from casetrack.law.terms import Duty, Extension, Roll, Unit

KIND = "mediation"
FROM_12, FROM_21, FROM_23 = date(2013, 1, 1), date(2022, 1, 1), date(2024, 1, 1)
INVITED = Statute(law="关于人民法院特邀调解的规定", kind=KIND, since=date(2016, 7, 1), roll=Roll.SILENT)
ONLINE = Statute(law="人民法院在线调解规则", kind=KIND, since=FROM_21, roll=Roll.SILENT)
PM10 = Statute(law="人民调解法", kind=KIND, since=date(2011, 1, 1), roll=Roll.ROLLS)
CONFIRMATION = Statute(
    law="司法确认程序若干规定（法释〔2011〕5号）", kind=KIND, since=date(2011, 3, 30), roll=Roll.ROLLS
)
CPL12 = Statute(
    law="民事诉讼法（2012）",
    kind=KIND,
    since=FROM_12,
    until=FROM_21,
    roll=Roll.ROLLS,
    doubt="条文序号凭记忆，未核对文本",
)
CPL21 = Statute(law="民事诉讼法（2021）", kind=KIND, since=FROM_21, until=FROM_23, roll=Roll.ROLLS)
CPL23 = Statute(law="民事诉讼法（2023）", kind=KIND, since=FROM_23, roll=Roll.ROLLS)
INTERPRETATION = Statute(law="民诉法解释（2022）", kind=KIND, since=date(2022, 4, 10), roll=Roll.ROLLS)

EFFECTIVE = ("effective_on", "调解协议生效之日")
SIGNED = ("signed_on", "调解组织签收材料之日")
CONFIRMED = ("confirmed_on", "调解组织在平台确认之日")
BACK = "期满未达成协议的，由人民法院立案或者继续审理"
TOO_LATE = "逾期不能再申请司法确认；协议仍有约束力，可以起诉"
ALL_PARTIES = Extension(None, Unit.DAY, "各方当事人")
STEP = UNSTATED

PRE = INVITED.rule(
    "PM-COURT-PRE", "调解期限（立案前委派）", SIGNED, 30, Unit.DAY, (27,), "三十日", BACK, extension=ALL_PARTIES
)
PRE_ONLINE = ONLINE.rule(
    "PM-COURT-PRE-OL",
    "调解期限（立案前委派，在线）",
    CONFIRMED,
    30,
    Unit.DAY,
    (24,),
    "三十日",
    BACK,
    extension=ALL_PARTIES,
    pauses=("appraisal",),
    note="鉴定期间不计入（第二十六条）",
)
AFTER = INVITED.rule_of(
    (
        INVITED.term(15, Unit.DAY, (27,), "十五日", until=FROM_21, extension=ALL_PARTIES),
        ONLINE.term(15, Unit.DAY, (24,), "十五日", extension=ALL_PARTIES, note="线下委托的仍见特邀调解规定第二十七条"),
    ),
    "PM-COURT-ORD",
    "调解期限（立案后委托，普通程序）",
    SIGNED,
    BACK,
)
AFTER_SUMMARY = INVITED.rule_of(
    (
        INVITED.term(7, Unit.DAY, (27,), "七日", until=FROM_21, extension=ALL_PARTIES),
        ONLINE.term(7, Unit.DAY, (24,), "七日", extension=ALL_PARTIES, note="线下委托的仍见特邀调解规定第二十七条"),
    ),
    "PM-COURT-SUM",
    "调解期限（立案后委托，简易程序）",
    SIGNED,
    BACK,
)
ONLINE_CONFIRM = ONLINE.rule(
    "PM-OL-CONFIRM",
    "确认是否接受委派、委托",
    ("received_on", "收到人民法院推送之日"),
    3,
    Unit.WORKING_DAY,
    (12,),
    "三个工作日",
    STEP,
)
ONLINE_CONTACT = ONLINE.rule(
    "PM-OL-CONTACT",
    "联系对方当事人",
    ("accepted_on", "接受委派、委托之日"),
    3,
    Unit.WORKING_DAY,
    (15,),
    "三个工作日",
    STEP,
)
ONLINE_APPOINT = ONLINE.rule(
    "PM-OL-APPOINT",
    "人民法院指派调解组织",
    ("received_on", "收到调解申请之日"),
    3,
    Unit.WORKING_DAY,
    (10,),
    "三个工作日",
    STEP,
)
ONLINE_CHOOSE = ONLINE.rule(
    "PM-OL-CHOOSE",
    "共同选定调解组织",
    ("agreed_on", "各方同意在线调解之日"),
    2,
    Unit.WORKING_DAY,
    (10,),
    "两个工作日",
    "逾期未选定的，由人民法院指定",
)

CONF_APPLY = PM10.rule(
    "PM-CONF-APPLY",
    "共同申请司法确认",
    EFFECTIVE,
    30,
    Unit.DAY,
    (33,),
    "三十日",
    TOO_LATE,
    note="不可抗力见民事诉讼法关于顺延期限的规定",
)
CONF_APPLY_12 = CPL12.rule("PM-CONF-APPLY-12", "共同申请司法确认", EFFECTIVE, 30, Unit.DAY, (194,), "三十日", TOO_LATE)
CONF_APPLY_21 = CPL21.rule("PM-CONF-APPLY-21", "共同申请司法确认", EFFECTIVE, 30, Unit.DAY, (201,), "三十日", TOO_LATE)
CONF_APPLY_23 = CPL23.rule("PM-CONF-APPLY-23", "共同申请司法确认", EFFECTIVE, 30, Unit.DAY, (205,), "三十日", TOO_LATE)
CONF_ACCEPT = CONFIRMATION.rule(
    "PM-CONF-ACC",
    "决定是否受理司法确认申请",
    ("received_on", "收到司法确认申请之日"),
    3,
    Unit.DAY,
    (4,),
    "三日",
    UNSTATED,
)
CONF_DECIDE_11 = CONFIRMATION.rule(
    "PM-CONF-DEC-11",
    "作出司法确认决定",
    ("accepted_on", "受理司法确认申请之日"),
    15,
    Unit.DAY,
    (5,),
    "十五日",
    UNSTATED,
    extension=Extension(10, Unit.DAY, "本院院长"),
    note="未见废止；2013年起民事诉讼法的三十日后出且位阶更高，作为外限（推断）",
)
CONF_DECIDE = CPL23.rule_of(
    (
        CPL12.term(30, Unit.DAY, (180,), "三十日", extension=Extension(None, Unit.DAY, "本院院长")),
        CPL21.term(30, Unit.DAY, (187,), "三十日", extension=Extension(None, Unit.DAY, "本院院长")),
        CPL23.term(30, Unit.DAY, (187,), "三十日", extension=Extension(None, Unit.DAY, "本院院长")),
    ),
    "PM-CONF-DEC-SP",
    "审结司法确认案件",
    ("filed_on", "立案之日"),
    UNSTATED,
)
CONF_OBJECT_PARTY = INTERPRETATION.rule(
    "PM-CONF-OBJ-P", "当事人对确认裁定提出异议", ("served_on", "收到裁定之日"), 15, Unit.DAY, (372,), "十五日", UNSTATED
)
CONF_OBJECT_THIRD = INTERPRETATION.rule(
    "PM-CONF-OBJ-T",
    "利害关系人对确认裁定提出异议",
    ("known_on", "知道或者应当知道权益受损之日"),
    6,
    Unit.MONTH,
    (372,),
    "六个月",
    UNSTATED,
)
ENFORCE = CPL23.rule_of(
    (
        CPL12.term(2, Unit.YEAR, (239,), "二年"),
        CPL21.term(2, Unit.YEAR, (246,), "二年"),
        CPL23.term(2, Unit.YEAR, (250,), "二年"),
    ),
    "PM-ENFORCE",
    "申请强制执行",
    ("performance_ended_on", "履行期间最后一日"),
    "逾期申请的，适用诉讼时效的规定",
    pauses=("suspension", "obstacle"),
)

TERM_BEFORE_FILING = Duty("mediation.term.court_before_filing", "调解期限（立案前委派）", (PRE,))
TERM_BEFORE_FILING_ONLINE = Duty("mediation.term.court_before_filing.online", "调解期限（委派，在线）", (PRE_ONLINE,))
TERM_AFTER_FILING = Duty("mediation.term.court_after_filing", "调解期限（立案后委托）", (AFTER,))
TERM_AFTER_FILING_SUMMARY = Duty("mediation.term.court_summary", "调解期限（委托，简易程序）", (AFTER_SUMMARY,))
COURT_CONFIRM = Duty("mediation.online_confirm", "确认是否接受委派、委托", (ONLINE_CONFIRM,))
COURT_CONTACT = Duty("mediation.online_contact", "联系对方当事人", (ONLINE_CONTACT,))
COURT_APPOINT = Duty("mediation.online_appoint", "指派调解组织", (ONLINE_APPOINT,))
COURT_CHOOSE = Duty("mediation.online_choose", "共同选定调解组织", (ONLINE_CHOOSE,))
CONFIRM_APPLY = Duty(
    "mediation.confirm_apply", "申请司法确认", (CONF_APPLY, CONF_APPLY_12, CONF_APPLY_21, CONF_APPLY_23)
)
CONFIRM_ACCEPT = Duty("mediation.confirm_accept", "受理司法确认申请", (CONF_ACCEPT,))
CONFIRM_DECIDE = Duty("mediation.confirm_decide", "作出司法确认裁定", (CONF_DECIDE_11, CONF_DECIDE))
CONFIRM_OBJECT = Duty("mediation.confirm_object", "对确认裁定提出异议", (CONF_OBJECT_PARTY,))
CONFIRM_OBJECT_THIRD = Duty("mediation.confirm_object_third", "利害关系人异议", (CONF_OBJECT_THIRD,))
ENFORCING = Duty("mediation.enforce", "申请强制执行", (ENFORCE,))
