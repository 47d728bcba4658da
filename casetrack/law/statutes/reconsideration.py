"""Terms of the Administrative Reconsideration Law of 2023 (行政复议法), and the duties across its versions.

Article 88 makes the periods of three, five, seven and ten days working days; the others are calendar days.
"""

from datetime import date

from casetrack.law.sources import UNSTATED, Statute
from casetrack.law.statutes import reconsideration_1999 as old
from casetrack.law.terms import Duty, Extension, Roll, Unit

FY23 = Statute(law="行政复议法（2023）", kind="reconsideration", since=date(2024, 1, 1), roll=Roll.ROLLS)

KNOWN = ("known_on", "知道或者应当知道该行政行为之日")
RECEIVED = ("received_on", "收到行政复议申请之日")
ACCEPTED = ("accepted_on", "受理之日")
COPY = ("copy_received_on", "被申请人收到申请书副本之日")
NO_ANSWER = "视为没有证据、依据，原则上撤销、确认违法、确认无效或者责令履行（行政复议法第七十条）"
LATE = "逾期未作出决定，申请人可以自期限届满之日起十五日内起诉（行政诉讼法第四十五条）"
CONVERTED = "转为普通程序后六十日自何日起算，法律没有规定，按原受理之日起算（推断）"
NOT_COUNTED = (
    "中止期间不计入是通行做法，法律没有明文；"
    "补正、确定机关、勘验、鉴定的扣除出自实施条例（2007），须按2026年修订文本核对"
)
ALL_PAUSES = ("suspension", "correction", "competence", "inspection", "appraisal")
OFFICE_HEAD = Extension(30, Unit.DAY, "行政复议机构负责人", notice="书面告知当事人")

APPLY = FY23.rule(
    "FY23-APPLY",
    "申请行政复议",
    KNOWN,
    60,
    Unit.DAY,
    ((20, 1), (20, 2)),
    "六十日",
    "超过申请期限，不予受理",
    named_by="规定更长期限的法律",
    pauses=("obstacle",),
)
APPLY_NOTICE = FY23.rule(
    "FY23-APPLY-NOTICE",
    "申请行政复议（未被告知权利）",
    ("rights_known_on", "知道或者应当知道申请权利、机关和期限之日"),
    60,
    Unit.DAY,
    ((20, 3),),
    "六十日",
    "超过申请期限，不予受理",
    note="自知道行政行为内容之日起最长不超过一年",
)
APPLY_NOTICE_CAP = FY23.rule(
    "FY23-APPLY-NOTICE-CAP",
    "申请行政复议的最长期限（未被告知权利）",
    ("content_known_on", "知道行政行为内容之日"),
    1,
    Unit.YEAR,
    ((20, 3),),
    "一年",
    "超过最长期限，不予受理",
)
CAP = FY23.rule(
    "FY23-CAP",
    "申请行政复议的最长期限",
    ("act_on", "行政行为作出之日"),
    5,
    Unit.YEAR,
    (21,),
    "五年",
    "超过最长期限，不予受理",
)
CAP_REAL = FY23.rule(
    "FY23-CAP-REAL",
    "申请行政复议的最长期限（不动产）",
    ("act_on", "行政行为作出之日"),
    20,
    Unit.YEAR,
    (21,),
    "二十年",
    "超过最长期限，不予受理",
)
FORWARD = FY23.rule(
    "FY23-FORWARD",
    "处罚机关转送行政复议申请",
    ("received_on", "处罚机关收到行政复议申请之日"),
    5,
    Unit.WORKING_DAY,
    (32, 88),
    "五日",
    UNSTATED,
)
REVIEW = FY23.rule(
    "FY23-REVIEW",
    "审查行政复议申请",
    RECEIVED,
    5,
    Unit.WORKING_DAY,
    (30, 88),
    "五日",
    "期限届满未作出不予受理决定的，视为受理",
    note="收到补正材料后重新起算（推断）；受理前调解不停止计算",
)
CORR_NOTICE = FY23.rule("FY23-CORR-NOTICE", "通知补正", RECEIVED, 5, Unit.WORKING_DAY, ((31, 1), 88), "五日", UNSTATED)
CORR = FY23.rule(
    "FY23-CORR",
    "补正申请材料",
    ("notice_received_on", "收到补正通知之日"),
    10,
    Unit.WORKING_DAY,
    ((31, 2), 88),
    "十日",
    "无正当理由逾期不补正的，视为放弃行政复议申请",
    extension=Extension(None, Unit.WORKING_DAY, "行政复议机关"),
)
COPY_ORD = FY23.rule(
    "FY23-COPY-ORD", "发送申请书副本（普通程序）", ACCEPTED, 7, Unit.WORKING_DAY, (48, 88), "七日", UNSTATED
)
ANSWER_ORD = FY23.rule(
    "FY23-ANSWER-ORD", "提出书面答复并提交证据（普通程序）", COPY, 10, Unit.WORKING_DAY, (48, 70, 88), "十日", NO_ANSWER
)
COPY_SIM = FY23.rule(
    "FY23-COPY-SIM", "发送申请书副本（简易程序）", ACCEPTED, 3, Unit.WORKING_DAY, (54, 88), "三日", UNSTATED
)
ANSWER_SIM = FY23.rule(
    "FY23-ANSWER-SIM", "提出书面答复并提交证据（简易程序）", COPY, 5, Unit.WORKING_DAY, (54, 70, 88), "五日", NO_ANSWER
)
DECIDE_ORD = FY23.rule(
    "FY23-DECIDE-ORD",
    "作出行政复议决定（普通程序）",
    ACCEPTED,
    60,
    Unit.DAY,
    ((62, 1),),
    "六十日",
    LATE,
    extension=OFFICE_HEAD,
    named_by="规定少于六十日的法律",
    pauses=ALL_PAUSES,
    note=f"{NOT_COUNTED}；{CONVERTED}",
)
DECIDE_SIM = FY23.rule(
    "FY23-DECIDE-SIM",
    "作出行政复议决定（简易程序）",
    ACCEPTED,
    30,
    Unit.DAY,
    ((62, 2),),
    "三十日",
    LATE,
    pauses=("suspension",),
    note="不能延长，可以转为普通程序（第五十五条）",
)
HEARING = FY23.rule(
    "FY23-HEARING",
    "通知听证的时间、地点和事项",
    ("hearing_on", "举行听证之日"),
    5,
    Unit.WORKING_DAY,
    (51, 88),
    "五日",
    UNSTATED,
    backwards=True,
    note="通知日与听证日之间留足五个工作日（推断）",
)

ATTACH_OWN = FY23.rule(
    "FY23-ATTACH-OWN",
    "处理附带审查（有权处理）",
    ("asked_on", "提出附带审查之日"),
    30,
    Unit.DAY,
    (56, 57),
    "三十日",
    UNSTATED,
)
ATTACH_XFER = FY23.rule(
    "FY23-ATTACH-XFER",
    "转送附带审查（无权处理）",
    ("asked_on", "提出附带审查之日"),
    7,
    Unit.WORKING_DAY,
    (56, 57, 88),
    "七日",
    UNSTATED,
)
ATTACH_ASK = FY23.rule(
    "FY23-ATTACH-ASK", "通知制定机关说明", ("suspended_on", "中止之日"), 3, Unit.WORKING_DAY, (58, 88), "三日", UNSTATED
)
ATTACH_REPLY = FY23.rule(
    "FY23-ATTACH-REPLY",
    "制定机关书面答复",
    ("notice_received_on", "制定机关收到书面通知之日"),
    10,
    Unit.WORKING_DAY,
    (58, 88),
    "十日",
    UNSTATED,
)
ATTACH_BACK = FY23.rule(
    "FY23-ATTACH-BACK",
    "接受转送的机关回复处理意见",
    ("received_on", "收到转送之日"),
    60,
    Unit.DAY,
    (60,),
    "六十日",
    UNSTATED,
)
TERM60 = FY23.rule(
    "FY23-TERM60",
    "中止满六十日而原因未消除",
    ("suspended_on", "依第三十九条第一、二、四项中止之日"),
    60,
    Unit.DAY,
    ((41, 1, 5),),
    "六十日",
    "终止行政复议",
)
OPINION = FY23.rule(
    "FY23-OPINION",
    "报告行政复议意见书的落实情况",
    ("received_on", "收到行政复议意见书之日"),
    60,
    Unit.DAY,
    (76,),
    "六十日",
    "逾期不报告的，责令限期履行、约谈或者通报批评（第七十七条）",
)
SUE_PRE = FY23.rule(
    "FY23-SUE-PRE",
    "起诉（复议前置）",
    ("served_on", "收到不予受理、驳回申请的决定或者复议期限届满之日"),
    15,
    Unit.DAY,
    (34,),
    "十五日",
    "超过起诉期限，不予立案或者驳回起诉",
)

APPLYING = Duty("reconsideration.apply", "申请行政复议", (old.APPLY, APPLY))
APPLYING_UNTOLD = Duty("reconsideration.apply_untold", "申请行政复议（未被告知权利）", (APPLY_NOTICE,))
APPLYING_UNTOLD_CAP = Duty("reconsideration.apply_untold_cap", "最长申请期限（未被告知权利）", (APPLY_NOTICE_CAP,))
APPLYING_CAP = Duty("reconsideration.apply_cap", "最长申请期限", (CAP,))
APPLYING_CAP_REAL = Duty("reconsideration.apply_cap_real", "最长申请期限（不动产）", (CAP_REAL,))
FORWARDING = Duty("reconsideration.forward", "转送行政复议申请", (old.FORWARD, FORWARD))
REVIEWING = Duty("reconsideration.review", "审查受理", (old.REVIEW, REVIEW))
CORRECT_NOTICE = Duty("reconsideration.correct_notice", "通知补正", (old.CORR_NOTICE, CORR_NOTICE))
CORRECT = Duty("reconsideration.correct", "补正", (CORR,))
COMPETENCE = Duty("reconsideration.competence", "协商确定受理机关", (old.COMPETENCE,))
COMPETENCE_NAME = Duty("reconsideration.competence_name", "指定受理机关", (old.COMPETENCE_NAME,))
COPYING = Duty("reconsideration.copy", "发送申请书副本", (old.COPY, COPY_ORD))
COPYING_SIMPLIFIED = Duty("reconsideration.copy_simplified", "发送申请书副本（简易程序）", (COPY_SIM,))
ANSWER = Duty("reconsideration.answer", "被申请人答复", (old.ANSWER, ANSWER_ORD))
ANSWER_SIMPLIFIED = Duty("reconsideration.answer_simplified", "被申请人答复（简易程序）", (ANSWER_SIM,))
DECIDE = Duty("reconsideration.decide", "作出行政复议决定", (old.DECIDE, DECIDE_ORD))
DECIDE_SIMPLIFIED = Duty("reconsideration.decide_simplified", "作出行政复议决定（简易程序）", (DECIDE_SIM,))
HEARING_NOTICE = Duty("reconsideration.hearing_notice", "通知听证", (HEARING,))
ATTACHED = Duty("reconsideration.attached", "处理附带审查", (old.ATTACH, ATTACH_OWN))
ATTACHED_TRANSFER = Duty("reconsideration.attached_transfer", "转送附带审查", (old.ATTACH_XFER, ATTACH_XFER))
ATTACHED_ASK = Duty("reconsideration.attached_ask", "通知制定机关说明", (ATTACH_ASK,))
ATTACHED_REPLY = Duty("reconsideration.attached_reply", "制定机关答复", (ATTACH_REPLY,))
ATTACHED_BACK = Duty("reconsideration.attached_back", "接受转送的机关回复", (old.ATTACH_BACK, ATTACH_BACK))
SUSPENDED = Duty("reconsideration.suspended", "中止满六十日终止", (old.TERM60, TERM60))
INACTION = Duty("reconsideration.inaction", "行政机关履行期限（未规定期限）", (old.INACTION,))
REMAKE = Duty("reconsideration.remake", "重新作出行政行为", (old.REMAKE,))
OPINION_REPLY = Duty("reconsideration.opinion_reply", "报告意见书落实情况", (old.OPINION, OPINION))
SUE = Duty("reconsideration.sue", "起诉（复议前置）", (old.SUE_PRE, SUE_PRE))
