"""Papers of administrative reconsideration, and their words under the law of 1999 and of 2023.

Under the law of 1999 an application counts as accepted from the day that it came in (Art. 17); under that of 2023 it
is accepted after a look at it, or counts as accepted where the days for that went by (Art. 30).
"""

from casetrack.law.statutes.reconsideration import FY23
from casetrack.law.statutes.reconsideration_1999 import FY99
from reports.papers import services
from reports.papers.declaring import Basis, Paper, Version

ACCEPTED = ("accept", "accept_simplified", "accept_deemed")
ACCEPTANCE_23 = (
    "{申请人}：",
    "?你（单位）不服{被申请人}的{行政行为（申请复议事项）}，申请行政复议。经审查，符合{依据}第一款规定的条件，"
    "已于{决定受理之日}受理，案号为{案号}。",
    "?你（单位）不服{被申请人}的{行政行为（申请复议事项）}，申请行政复议。本机关在审查期限内没有作出不予受理决定，"
    "依照{依据}第三款，自{视为受理之日}起视为受理，案号为{案号}。",
    "?审理程序：{审理程序}。",
    "行政复议机关受理行政复议申请，不收取任何费用。",
)
ACCEPTANCE_99 = (
    "{申请人}：",
    "你（单位）不服{被申请人}的{行政行为（申请复议事项）}，申请行政复议。本机关于{收到申请之日}收到，经审查符合规定；"
    "依照{依据}，自收到之日起即为受理，案号为{案号}。",
    "行政复议机关受理行政复议申请，不收取任何费用。",
)
PARTIES = (
    "申请人：{申请人}",
    "被申请人：{被申请人}",
    "?第三人：{第三人}",
)
DECISION = (
    "申请人不服被申请人的{行政行为（申请复议事项）}，向本机关申请行政复议，本机关已依法受理。现已审理终结。",
    "#行政复议请求",
    "{行政复议请求}",
    "#决定结果",
    "依照{依据}，本机关决定：{结案方式}。",
    "（决定书正文附后，共{页数}页，载明认定的事实、理由、依据和不服决定的救济途径）",
)
COVER = "法律没有列明决定书的内容；本页是封面，事实、理由、依据和诉权写在所附正文中"
CUSTOM = "法律没有规定受理通知书，制作是通行做法；不收取费用依"
# in its name, also where the office is the body that handles its cases (2023, Art. 61, 75)
ORGAN = "行政复议机关"

PAPERS = (
    Paper(
        "reconsideration_acceptance",
        "行政复议受理通知书",
        "reconsideration",
        ACCEPTED,
        "政复受",
        (
            Version((Basis(FY23, (30,)),), ACCEPTANCE_23, note=f"{CUSTOM}第八十七条"),
            Version((Basis(FY99, (17,)),), ACCEPTANCE_99, note=f"{CUSTOM}第三十九条"),
        ),
        to_serve=True,
        seal=ORGAN,
    ),
    Paper(
        "reconsideration_decision",
        "行政复议决定书",
        "reconsideration",
        ("decide",),
        "政复决",
        (
            Version((Basis(FY23, (61, 75)),), (*PARTIES, *DECISION), note=COVER),
            Version((Basis(FY99, (28, 31)),), (*PARTIES, *DECISION), note=COVER),
        ),
        to_serve=True,
        seal=ORGAN,
    ),
    Paper(
        "reconsideration_service",
        "送达回证",
        "reconsideration",
        (*ACCEPTED, "decide"),
        "政复送",
        (
            Version((Basis(FY23, ((88, 1), (75, 2))),), services.SLIP, note="送达依照民事诉讼法的规定"),
            Version((Basis(FY99, ((40, 1), (31, 3))),), services.SLIP, note="送达依照民事诉讼法的规定"),
        ),
        services.SIGNED,
        slip=True,
    ),
)
