"""Terms of the Administrative Reconsideration Law of 1999 and of its implementing regulation of 2007.

Article 40 made only the periods of five and seven days working days: the respondent's ten were calendar days.
The regulation's revision, expected from 2026-07-01, was not obtained: from then on its terms are a gap.
"""

from datetime import date

from casetrack.law.sources import UNSTATED, Statute
from casetrack.law.terms import Extension, Roll, Unit

FROM_23, FROM_26 = date(2024, 1, 1), date(2026, 7, 1)
FY99 = Statute(
    law="行政复议法（1999）", kind="reconsideration", since=date(1999, 10, 1), until=FROM_23, roll=Roll.ROLLS
)
MISSING = "行政复议法实施条例的修订文本预计自2026年7月1日施行，尚未取得；须从国家行政法规库取得后再录入"
TL07 = Statute(
    law="行政复议法实施条例（2007）",
    kind="reconsideration",
    since=date(2007, 8, 1),
    until=FROM_26,
    roll=Roll.ROLLS,
    doubt="施行至2026年6月30日是推断：修订条例的文本未取得",
    gap=MISSING,
)
# Where the law of 2023 took the place of the regulation, it is certain until when the regulation counted.
TL07_TO_2023 = Statute(
    law="行政复议法实施条例（2007）", kind="reconsideration", since=date(2007, 8, 1), until=FROM_23, roll=Roll.ROLLS
)

RECEIVED = ("received_on", "收到行政复议申请之日")
# the trap of this version: accepted means received by the office, whenever it decided
ACCEPTED = ("received_on", "行政复议机构收到申请之日（即受理之日）")
ASKED = ("asked_on", "提出附带审查之日")
NO_ANSWER = "视为没有证据、依据，撤销该具体行政行为（行政复议法（1999）第二十八条第一款第四项）"
ORGAN_HEAD = Extension(30, Unit.DAY, "行政复议机关负责人", notice="告知申请人和被申请人")

APPLY = FY99.rule(
    "FY99-APPLY",
    "申请行政复议",
    ("known_on", "知道该具体行政行为之日"),
    60,
    Unit.DAY,
    (9,),
    "六十日",
    "超过申请期限，不予受理",
    named_by="规定更长期限的法律",
    pauses=("obstacle",),
)
REVIEW = FY99.rule(
    "FY99-REVIEW",
    "审查行政复议申请",
    RECEIVED,
    5,
    Unit.WORKING_DAY,
    (17, 40),
    "五日",
    "除不予受理和告知外，自收到之日起即为受理",
)
FORWARD = FY99.rule(
    "FY99-FORWARD",
    "转送行政复议申请",
    ("received_on", "县级人民政府收到申请之日"),
    7,
    Unit.WORKING_DAY,
    (18, 40),
    "七日",
    UNSTATED,
)
COPY = FY99.rule("FY99-COPY", "发送申请书副本", ACCEPTED, 7, Unit.WORKING_DAY, (23, 40), "七日", UNSTATED)
ANSWER = FY99.rule(
    "FY99-ANSWER",
    "提出书面答复并提交证据",
    ("copy_received_on", "被申请人收到申请书副本之日"),
    10,
    Unit.DAY,
    (23, 40),
    "十日",
    NO_ANSWER,
    note="第四十条只把五日、七日定为工作日，十日按自然日计算",
)
DECIDE = FY99.rule(
    "FY99-DECIDE",
    "作出行政复议决定",
    ACCEPTED,
    60,
    Unit.DAY,
    (31,),
    "六十日",
    "逾期未作出决定，申请人可以自期限届满之日起十五日内起诉",
    extension=ORGAN_HEAD,
    named_by="规定少于六十日的法律",
    pauses=("suspension", "correction", "competence", "inspection", "appraisal"),
    note="扣除出自实施条例（2007）第二十九、三十、三十四、三十七、四十一条；中止期间不计入没有明文",
)
ATTACH = FY99.rule("FY99-ATTACH", "处理附带审查（有权处理）", ASKED, 30, Unit.DAY, (26, 27), "三十日", UNSTATED)
ATTACH_XFER = FY99.rule(
    "FY99-ATTACH-XFER", "转送附带审查（无权处理）", ASKED, 7, Unit.WORKING_DAY, (26, 27, 40), "七日", UNSTATED
)
ATTACH_BACK = FY99.rule(
    "FY99-ATTACH-BACK",
    "接受转送的机关处理",
    ("received_on", "收到转送之日"),
    60,
    Unit.DAY,
    (26, 27),
    "六十日",
    UNSTATED,
)
SUE_PRE = FY99.rule(
    "FY99-SUE-PRE",
    "起诉（复议前置）",
    ("served_on", "收到不予受理决定或者复议期限届满之日"),
    15,
    Unit.DAY,
    (19,),
    "十五日",
    "超过起诉期限，不予立案或者驳回起诉",
)

CORR_NOTICE = TL07.rule(
    "TL07-CORR-NOTICE",
    "通知补正",
    RECEIVED,
    5,
    Unit.WORKING_DAY,
    (29,),
    "五日",
    UNSTATED,
    doubt="条例没有期间条款，五日按工作日计算是通行做法",
    note="2024年起行政复议法（2023）第三十一条优先适用",
)
COMPETENCE = TL07.rule(
    "TL07-COMPETENCE",
    "协商确定受理机关",
    ("received_on", "同时收到申请之日"),
    10,
    Unit.DAY,
    (30,),
    "十日",
    UNSTATED,
    doubt="条例没有期间条款，十日是自然日还是工作日不明",
)
COMPETENCE_NAME = TL07.rule(
    "TL07-COMPETENCE-NAME",
    "指定受理机关",
    ("asked_on", "协商不成报请指定之日"),
    10,
    Unit.DAY,
    (30,),
    "十日",
    UNSTATED,
    doubt="条例没有期间条款，十日是自然日还是工作日不明",
)
INACTION = TL07.rule(
    "TL07-INACTION",
    "行政机关履行职责（未规定期限）",
    ("asked_on", "行政机关收到履行职责申请之日"),
    60,
    Unit.DAY,
    (16,),
    "六十日",
    "届满不履行的，申请行政复议的期限开始计算",
    note="紧急情况不适用",
)
TERM60 = TL07_TO_2023.rule(
    "TL07-TERM60",
    "中止满六十日而原因未消除",
    ("suspended_on", "依第四十一条第一、二、三项中止之日"),
    60,
    Unit.DAY,
    ((42, 2),),
    "六十日",
    "终止行政复议",
)
REMAKE = TL07.rule(
    "TL07-REMAKE",
    "重新作出行政行为",
    ("served_on", "责令重作的决定送达之日"),
    60,
    Unit.DAY,
    (49,),
    "六十日",
    UNSTATED,
    named_by="规定期限的法律、法规、规章",
)
OPINION = TL07_TO_2023.rule(
    "TL07-OPINION",
    "通报行政复议意见书的落实情况",
    ("received_on", "收到行政复议意见书之日"),
    60,
    Unit.DAY,
    (57,),
    "六十日",
    UNSTATED,
)
