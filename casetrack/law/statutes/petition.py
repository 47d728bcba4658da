"""Terms of the two national petition regulations (信访条例 2005, 信访工作条例 2022) and their annexes.

Neither regulation says how periods are counted: a last day on a rest day keeps both dates.
"""

from datetime import date

from casetrack.law.sources import UNSTATED, Statute
from casetrack.law.statutes import petition_local as local
from casetrack.law.terms import Duty, Extension, Roll, Rule, Unit

FROM_22 = date(2022, 5, 1)
XF05 = Statute(law="信访条例（2005）", kind="petition", since=date(2005, 5, 1), until=FROM_22, roll=Roll.SILENT)
XF22 = Statute(law="信访工作条例", kind="petition", since=FROM_22, roll=Roll.SILENT)
SIMPLIFIED = Statute(
    law="信访事项简易办理办法（试行）",
    kind="petition",
    since=date(2016, 7, 1),
    roll=Roll.SILENT,
    doubt="2016年7月的试行办法：条文序号、施行日和2022年后是否重新印发未核对",
)
STAGES = Statute(
    law="信访事项办理群众满意度评价工作办法（2014）",
    kind="petition",
    since=date(2015, 1, 1),
    until=FROM_22,
    roll=Roll.SILENT,
    doubt="依网页而非官方文本；2022年何日停止执行未核对",
)

RECEIVED = ("received_on", "收到信访事项之日")
FORWARDED = ("received_on", "收到转送、交办的信访事项之日")
ACCEPTED = ("accepted_on", "受理之日")
SUPERVISED = "超期列入督办事由（信访工作条例第四十条）"
SUPERVISED_05 = "超期列入督办事由（信访条例第三十六条）"
CLOSED = "逾期不请求的，信访程序终结"
HEAD = Extension(30, Unit.DAY, "本机关、单位负责人", notice="告知信访人延期理由")

XF_REG_05 = XF05.rule("XF-REG-05", "登记并转送、交办", RECEIVED, 15, Unit.DAY, (21,), "十五日", SUPERVISED_05)
XF_REG_22 = XF22.rule("XF-REG-22", "登记并转送、交办", RECEIVED, 15, Unit.DAY, (22,), "十五日", SUPERVISED)
XF_ACC_05 = XF05.rule(
    "XF-ACC-05",
    "决定是否受理并书面告知",
    RECEIVED,
    15,
    Unit.DAY,
    (21, 22),
    "十五日",
    SUPERVISED_05,
    note="姓名（名称）、住址不清的除外",
    gap="信访工作条例第二十三条改为告知接收情况以及处理途径和程序，见“告知”",
)
XF_NOTICE_DIR_22 = XF22.rule(
    "XF-NOTICE-DIR-22",
    "告知接收情况以及处理途径和程序（直接收到）",
    RECEIVED,
    15,
    Unit.DAY,
    ((23, 2),),
    "十五日",
    SUPERVISED,
    note="能够当场告知的应当当场告知；姓名（名称）、住址不清的除外",
)
XF_NOTICE_FWD_22 = XF22.rule(
    "XF-NOTICE-FWD-22",
    "告知接收情况以及处理途径和程序（转送、交办）",
    FORWARDED,
    15,
    Unit.DAY,
    ((23, 3),),
    "十五日",
    SUPERVISED,
)
XF_OBJECT = XF22.rule(
    "XF-OBJECT", "对转送、交办提出异议", FORWARDED, 5, Unit.WORKING_DAY, ((23, 3),), "五个工作日", UNSTATED
)
XF_END_05 = XF05.rule(
    "XF-END-05",
    "办结并书面答复",
    ACCEPTED,
    60,
    Unit.DAY,
    (33,),
    "六十日",
    SUPERVISED_05,
    extension=HEAD,
    named_by="其他法律、行政法规",
)
XF_END_22 = XF22.rule(
    "XF-END-22",
    "办结并出具处理意见书",
    ACCEPTED,
    60,
    Unit.DAY,
    (34,),
    "六十日",
    SUPERVISED,
    extension=HEAD,
    note="只适用于第三十一条第六项的事项；2022年后何日为受理之日，条例没有明文，各地做法不一",
)
XF_REV_ASK = XF22.rule_of(
    (XF05.term(30, Unit.DAY, (34,), "三十日"), XF22.term(30, Unit.DAY, (35,), "三十日")),
    "XF-REV-ASK",
    "请求复查",
    ("opinion_received_on", "收到书面答复之日"),
    CLOSED,
)
XF_REV_DEC = XF22.rule_of(
    (XF05.term(30, Unit.DAY, (34,), "三十日"), XF22.term(30, Unit.DAY, (35,), "三十日")),
    "XF-REV-DEC",
    "提出复查意见",
    ("received_on", "收到复查请求之日"),
    SUPERVISED,
)
XF_RER_ASK = XF22.rule_of(
    (XF05.term(30, Unit.DAY, (35,), "三十日"), XF22.term(30, Unit.DAY, (36,), "三十日")),
    "XF-RER-ASK",
    "请求复核",
    ("opinion_received_on", "收到复查意见之日"),
    CLOSED,
)
XF_RER_DEC = XF22.rule_of(
    (XF05.term(30, Unit.DAY, (35,), "三十日"), XF22.term(30, Unit.DAY, (36,), "三十日")),
    "XF-RER-DEC",
    "提出复核意见",
    ("received_on", "收到复核请求之日"),
    SUPERVISED,
    pauses=("hearing",),
)
XF_SUGG_05 = XF05.rule(
    "XF-SUGG-05",
    "反馈改进建议",
    ("received_on", "收到改进建议之日"),
    30,
    Unit.DAY,
    (36,),
    "三十日",
    UNSTATED,
    gap="信访工作条例第四十条只要求书面反馈，没有规定日数",
)
XF_ASSIGN = XF22.rule(
    "XF-ASSIGN",
    "办理交办事项并报送办结报告",
    ("assigned_on", "交办之日"),
    None,
    Unit.DAY,
    ((22, 1, 3),),
    "指定办理期限",
    "逾期未报送办结报告，列入督办事由",
    named_by="交办机关",
    extension=Extension(None, Unit.DAY, "交办机关"),
)

XF_SIM_ACC = SIMPLIFIED.rule(
    "XF-SIM-ACC", "决定是否受理（简易办理）", RECEIVED, 3, Unit.WORKING_DAY, (), "三个工作日", SUPERVISED
)
XF_SIM_END = SIMPLIFIED.rule(
    "XF-SIM-END", "出具处理意见（简易办理）", ACCEPTED, 10, Unit.WORKING_DAY, (), "十个工作日", SUPERVISED
)
XF_SIM_HOP = SIMPLIFIED.rule(
    "XF-SIM-HOP", "中间层级转送（简易办理）", RECEIVED, 1, Unit.WORKING_DAY, (), "一个工作日", SUPERVISED
)


def _stage(rule_id: str, level: str, length: int, quote: str) -> Rule:
    """One stretch of the fifteen days from the national office to the competent organ."""
    return STAGES.rule(
        rule_id,
        f"逐级转送（{level}）",
        ("received_on", "登记或者收到转送之日"),
        length,
        Unit.DAY,
        (6,),
        quote,
        UNSTATED,
    )


XF_STAGE = _stage("XF-STAGE", "合计", 15, "十五日")
XF_STAGE_NATIONAL = _stage("XF-STAGE-NATIONAL", "国家信访局", 5, "五日")
XF_STAGE_PROVINCE = _stage("XF-STAGE-PROVINCE", "省级", 3, "三日")
XF_STAGE_CITY = _stage("XF-STAGE-CITY", "市级", 3, "三日")
XF_STAGE_COUNTY = _stage("XF-STAGE-COUNTY", "县级", 4, "四日")

REGISTER = Duty("petition.register", "登记", (XF_REG_05, XF_REG_22))
NOTIFY_DIRECT = Duty("petition.notify_direct", "告知（直接收到）", (XF_NOTICE_DIR_22,))
NOTIFY_FORWARDED = Duty("petition.notify_forwarded", "告知（转送、交办）", (XF_NOTICE_FWD_22,))
OBJECT = Duty("petition.object", "对转送、交办提出异议", (XF_OBJECT,))
ACCEPT = Duty("petition.accept", "决定是否受理", (XF_ACC_05, local.XF_ZJ_ACC))
CONCLUDE = Duty("petition.conclude", "办结", (XF_END_05, XF_END_22, local.XF_ZJ_END))
REVIEW_REQUEST = Duty("petition.review_request", "请求复查", (XF_REV_ASK,))
REVIEW_ACCEPT = Duty("petition.review_accept", "决定是否受理复查、复核", (local.XF_SD_REVACC,))
REVIEW_DECIDE = Duty("petition.review_decide", "复查", (XF_REV_DEC, local.XF_BJ_REV_DEC))
REREVIEW_REQUEST = Duty("petition.rereview_request", "请求复核", (XF_RER_ASK,))
REREVIEW_DECIDE = Duty("petition.rereview_decide", "复核", (XF_RER_DEC, local.XF_BJ_RER_DEC))
ASSIGNED = Duty("petition.assigned", "办理交办事项", (XF_ASSIGN,))
SUGGESTION = Duty("petition.suggestion", "反馈改进建议", (XF_SUGG_05,))
SIMPLE_ACCEPT = Duty("petition.simple_accept", "决定是否受理（简易办理）", (XF_SIM_ACC,))
SIMPLE_CONCLUDE = Duty("petition.simple_conclude", "办结（简易办理）", (XF_SIM_END,))
SIMPLE_FORWARD = Duty("petition.simple_forward", "中间层级转送（简易办理）", (XF_SIM_HOP,))
STAGE = Duty("petition.stage", "逐级转送（合计）", (XF_STAGE,))
STAGE_NATIONAL = Duty("petition.stage_national", "逐级转送（国家信访局）", (XF_STAGE_NATIONAL,))
STAGE_PROVINCE = Duty("petition.stage_province", "逐级转送（省级）", (XF_STAGE_PROVINCE,))
STAGE_CITY = Duty("petition.stage_city", "逐级转送（市级）", (XF_STAGE_CITY,))
STAGE_COUNTY = Duty("petition.stage_county", "逐级转送（县级）", (XF_STAGE_COUNTY,))
HOTLINE = Duty("petition.hotline", "办理12345热线工单", (local.HL_12345, local.HL_12345_WF))
