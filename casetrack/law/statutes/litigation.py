"""Terms of the Administrative Litigation Law (行政诉讼法) up to the second instance, and its duties.

All of them are calendar days, months or years; a last day on a rest day moves (interpretation of 2018, Article 48).
"""

from datetime import date

from casetrack.law.sources import UNSTATED, Statute
from casetrack.law.statutes import litigation_1989 as old
from casetrack.law.terms import Duty, Extension, Roll, Unit

XS14 = Statute(law="行政诉讼法（2014）", kind="litigation", since=date(2015, 5, 1), roll=Roll.ROLLS)
JS18 = Statute(law="行诉法解释（法释〔2018〕1号）", kind="litigation", since=date(2018, 2, 8), roll=Roll.ROLLS)
CZ20 = Statute(law="负责人出庭应诉规定（法释〔2020〕3号）", kind="litigation", since=date(2020, 7, 1), roll=Roll.ROLLS)

FILED = ("filed_on", "立案之日")
COMPLAINT = ("copy_received_on", "收到起诉状副本之日")
NOT_FILED = "超过起诉期限，不予立案或者驳回起诉"
NO_EVIDENCE = "逾期不提供证据的，视为没有相应证据（第三人提供的除外）"
HIGH_COURT = Extension(None, Unit.MONTH, "高级人民法院（高级人民法院审理的，最高人民法院）")
# what the interpretation's Article 50 leaves out of the court's time
COURT_PAUSES = ("suspension", "public_notice", "appraisal", "mediation", "jurisdiction")

SUE = XS14.rule(
    "XS14-SUE",
    "直接起诉",
    ("known_on", "知道或者应当知道作出行政行为之日"),
    6,
    Unit.MONTH,
    ((46, 1),),
    "六个月",
    NOT_FILED,
    named_by="另有规定的法律",
    pauses=("obstacle",),
)
SUE_CAP = XS14.rule(
    "XS14-SUE-CAP", "最长起诉期限", ("act_on", "行政行为作出之日"), 5, Unit.YEAR, ((46, 2),), "五年", NOT_FILED
)
SUE_CAP_REAL = XS14.rule(
    "XS14-SUE-CAP-REAL",
    "最长起诉期限（不动产）",
    ("act_on", "行政行为作出之日"),
    20,
    Unit.YEAR,
    ((46, 2),),
    "二十年",
    NOT_FILED,
)
SUE_AFTER = XS14.rule(
    "XS14-SUE-AFTER",
    "复议后起诉",
    ("served_on", "收到复议决定书或者复议期满之日"),
    15,
    Unit.DAY,
    (45,),
    "十五日",
    NOT_FILED,
    named_by="另有规定的法律",
    pauses=("obstacle",),
    note="复议决定未告知起诉期限的，适用解释第六十四条第二款",
)
PERFORM = XS14.rule(
    "XS14-PERFORM",
    "行政机关履行职责",
    ("asked_on", "行政机关接到申请之日"),
    2,
    Unit.MONTH,
    (47,),
    "两个月",
    "逾期不履行的，可以起诉",
    named_by="另有规定的法律、法规",
    note="紧急情况不受此限",
)
SUE_INACTION = XS14.rule(
    "XS14-SUE-INACTION",
    "对不履行职责起诉",
    ("performance_ended_on", "行政机关履行期限届满之日"),
    6,
    Unit.MONTH,
    (47,),
    "六个月",
    NOT_FILED,
    also="行诉法解释（法释〔2018〕1号）第六十六条",
    note="六个月的明文出自解释第六十六条，2018年2月8日施行",
)
SUE_NOTICE = JS18.rule(
    "XS14-SUE-NOTICE",
    "起诉（未被告知起诉期限）",
    ("content_known_on", "知道或者应当知道行政行为内容之日"),
    1,
    Unit.YEAR,
    (64,),
    "一年",
    NOT_FILED,
)
REGISTER = XS14.rule(
    "XS14-REGISTER",
    "决定是否立案",
    ("received_on", "接收起诉状之日"),
    7,
    Unit.DAY,
    (51,),
    "七日",
    "七日内仍不能判断的，应当先予立案",
    note="补正后重新计算（解释第四十九条）",
)
COPY = XS14.rule("XS14-COPY", "发送起诉状副本", FILED, 5, Unit.DAY, (67,), "五日", UNSTATED)
ANSWER = XS14.rule(
    "XS14-ANSWER",
    "提交答辩状、证据和依据",
    COMPLAINT,
    15,
    Unit.DAY,
    (67, 34),
    "十五日",
    NO_EVIDENCE,
    note="因正当事由申请延期提供证据的，须在十五日内书面提出（解释第三十四条）",
)
EVIDENCE = JS18.rule(
    "XS14-EVIDENCE",
    "提供证据（准许延期的）",
    ("cause_ended_on", "正当事由消除之日"),
    15,
    Unit.DAY,
    (34,),
    "十五日",
    NO_EVIDENCE,
)
JURISDICTION = JS18.rule("XS14-JURIS", "提出管辖异议", COMPLAINT, 15, Unit.DAY, (10,), "十五日", UNSTATED)
FIRST = XS14.rule(
    "XS14-FIRST",
    "第一审判决",
    FILED,
    6,
    Unit.MONTH,
    (81,),
    "六个月",
    "不能按期审结的，须报请批准延长",
    extension=HIGH_COURT,
    pauses=(*COURT_PAUSES, "linked_dispute"),
    note="不计入的期间见解释第五十、八十七、一百三十八条",
)
SIMPLE = XS14.rule(
    "XS14-SIMPLE",
    "第一审审结（简易程序）",
    FILED,
    45,
    Unit.DAY,
    (83,),
    "四十五日",
    "不能审结的，转为普通程序（第八十四条）",
    pauses=COURT_PAUSES,
    note="转为普通程序的，审限自立案之日起算（解释第一百零五条）",
)
APPEAL_J = XS14.rule(
    "XS14-APPEAL-J",
    "对判决上诉",
    ("served_on", "判决书送达之日"),
    15,
    Unit.DAY,
    (85,),
    "十五日",
    "逾期不上诉的，判决生效",
)
APPEAL_R = XS14.rule(
    "XS14-APPEAL-R",
    "对裁定上诉",
    ("served_on", "裁定书送达之日"),
    10,
    Unit.DAY,
    (85,),
    "十日",
    "逾期不上诉的，裁定生效",
)
APPEAL_ANS = JS18.rule(
    "XS14-APPEAL-ANS",
    "对上诉提出答辩",
    ("copy_received_on", "收到上诉状副本之日"),
    15,
    Unit.DAY,
    (108,),
    "十五日",
    UNSTATED,
)
SECOND = XS14.rule(
    "XS14-SECOND",
    "第二审终审判决",
    ("appeal_received_on", "收到上诉状之日"),
    3,
    Unit.MONTH,
    (88,),
    "三个月",
    "不能按期审结的，须报请批准延长",
    extension=HIGH_COURT,
    pauses=COURT_PAUSES,
)
HEAD_NOTICE = CZ20.rule(
    "CZ20-NOTICE",
    "送达负责人出庭通知书",
    ("hearing_on", "开庭之日"),
    3,
    Unit.DAY,
    (5,),
    "三日",
    UNSTATED,
    backwards=True,
    note="通知日与开庭日之间留足三日（推断）",
)

SUING = Duty("litigation.sue", "直接起诉", (old.SUE, SUE))
SUING_CAP = Duty("litigation.sue_cap", "最长起诉期限", (SUE_CAP,))
SUING_CAP_REAL = Duty("litigation.sue_cap_real", "最长起诉期限（不动产）", (SUE_CAP_REAL,))
SUING_AFTER = Duty("litigation.sue_after", "复议后起诉", (SUE_AFTER,))
PERFORMING = Duty("litigation.perform", "行政机关履行职责", (PERFORM,))
SUING_INACTION = Duty("litigation.sue_inaction", "对不履行职责起诉", (SUE_INACTION,))
SUING_UNTOLD = Duty("litigation.sue_untold", "起诉（未被告知起诉期限）", (SUE_NOTICE,))
FILING = Duty("litigation.register", "决定是否立案", (REGISTER,))
COPYING = Duty("litigation.copy", "发送起诉状副本", (COPY,))
ANSWERING = Duty("litigation.answer", "答辩举证", (old.ANSWER, ANSWER))
EVIDENCE_LATER = Duty("litigation.evidence", "提供证据（准许延期的）", (EVIDENCE,))
OBJECTING = Duty("litigation.jurisdiction", "管辖异议", (JURISDICTION,))
FIRST_INSTANCE = Duty("litigation.first_instance", "第一审", (old.FIRST, FIRST))
FIRST_SIMPLE = Duty("litigation.first_instance_simple", "第一审（简易程序）", (SIMPLE,))
APPEAL_JUDGMENT = Duty("litigation.appeal_judgment", "对判决上诉", (APPEAL_J,))
APPEAL_RULING = Duty("litigation.appeal_ruling", "对裁定上诉", (APPEAL_R,))
APPEAL_ANSWER = Duty("litigation.appeal_answer", "对上诉答辩", (APPEAL_ANS,))
SECOND_INSTANCE = Duty("litigation.second_instance", "第二审", (old.SECOND, SECOND))
HEARING_NOTICE = Duty("litigation.hearing_notice", "通知负责人出庭", (HEAD_NOTICE,))
