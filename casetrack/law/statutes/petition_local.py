"""Local terms for petitions, all older than the 2022 regulation, and the hotlines beside it.

Whether they were amended or repealed since 2022 is not known: none of them is verified.
"""

from datetime import date

from casetrack.law.sources import UNSTATED, Statute
from casetrack.law.terms import Extension, Roll, Unit

CHECK = "早于2022年信访工作条例的地方性法规，此后是否修改、废止未核对"
SUPERVISED = "超期列入督办事由"

ZHEJIANG = Statute(
    law="浙江省信访条例", kind="petition", since=date(2016, 8, 1), roll=Roll.SILENT, doubt=CHECK, jurisdiction="33"
)
SHANDONG = Statute(
    law="山东省信访条例", kind="petition", since=date(2016, 1, 1), roll=Roll.SILENT, doubt=CHECK, jurisdiction="37"
)
BEIJING = Statute(
    law="北京市信访条例",
    kind="petition",
    since=date(2007, 1, 1),
    roll=Roll.SILENT,
    jurisdiction="11",
    doubt=f"{CHECK}；2007年何日施行未核对",
)
JINAN = Statute(
    law="济南市关于12345热线的规定（2018）",
    kind="petition",
    since=date(2018, 1, 1),
    roll=Roll.SILENT,
    jurisdiction="3701",
    doubt="正式名称和2018年何日施行未核对",
)
WEIFANG = Statute(
    law="潍坊市关于12345热线的规定（2021）",
    kind="petition",
    since=date(2021, 1, 1),
    roll=Roll.SILENT,
    jurisdiction="3707",
    doubt="正式名称和2021年何日施行未核对",
)

XF_ZJ_ACC = ZHEJIANG.rule(
    "XF-ZJ-ACC",
    "决定是否受理（浙江）",
    ("received_on", "收到信访事项之日"),
    5,
    Unit.WORKING_DAY,
    (20,),
    "五个工作日",
    SUPERVISED,
)
XF_ZJ_END = ZHEJIANG.rule(
    "XF-ZJ-END",
    "办结（浙江）",
    ("accepted_on", "受理之日"),
    30,
    Unit.DAY,
    (23,),
    "三十日",
    SUPERVISED,
    extension=Extension(60, Unit.DAY, "本机关负责人"),
    doubt="六十日是延长的部分还是延长后的总数未核对",
)
XF_SD_REVACC = SHANDONG.rule(
    "XF-SD-REVACC",
    "决定是否受理复查、复核（山东）",
    ("received_on", "收到复查、复核请求之日"),
    3,
    Unit.WORKING_DAY,
    (43, 44),
    "三个工作日",
    SUPERVISED,
)
XF_BJ_REV_DEC = BEIJING.rule(
    "XF-BJ-REV-DEC",
    "提出复查意见（北京）",
    ("received_on", "收到复查请求之日"),
    30,
    Unit.DAY,
    (50,),
    "三十日",
    SUPERVISED,
    extension=Extension(30, Unit.DAY, "复查复核委员会"),
)
XF_BJ_RER_DEC = BEIJING.rule(
    "XF-BJ-RER-DEC",
    "提出复核意见（北京）",
    ("received_on", "收到复核请求之日"),
    30,
    Unit.DAY,
    (50,),
    "三十日",
    SUPERVISED,
    extension=Extension(30, Unit.DAY, "复查复核委员会"),
    pauses=("hearing",),
)
HL_12345 = JINAN.rule(
    "HL-12345",
    "办理热线工单（济南）",
    ("received_on", "承办单位收到工单之日"),
    5,
    Unit.WORKING_DAY,
    (24,),
    "五个工作日",
    UNSTATED,
    named_by="规定更长期限的法律、法规",
)
HL_12345_WF = WEIFANG.rule(
    "HL-12345-WF",
    "办理热线工单（潍坊）",
    ("received_on", "承办单位收到工单之日"),
    5,
    Unit.WORKING_DAY,
    (20,),
    "五个工作日",
    UNSTATED,
    named_by="规定更长期限的法律、法规",
)
