"""Legal aid: applications, grants by type and by recipient, advice, help of lawyers on duty."""

from reports.checking.lexicon.base import CASES, MONEY, PERSONS, RATE, TIMES, Said, Subject, coded
from reports.checking.units import Sort

AID = (
    (
        "accepted_civil",
        ("民事", "民事案件", "民事法律援助", "民事援助", "民事类", "民事诉讼", "民事代理"),
        ("aid_type", "civil"),
    ),
    (
        "accepted_criminal",
        ("刑事", "刑事案件", "刑事法律援助", "刑事援助", "刑事类", "刑事诉讼", "刑事辩护"),
        ("aid_type", "criminal"),
    ),
    (
        "accepted_administrative",
        ("行政", "行政案件", "行政法律援助", "行政援助", "行政诉讼", "行政类"),
        ("aid_type", "administrative"),
    ),
    ("accepted_migrant_worker", ("农民工", "农民工案件", "讨薪", "农民工讨薪"), ("", "")),
    ("accepted_disabled", ("残疾人", "残疾人案件"), ("", "")),
    ("accepted_elderly", ("老年人", "老年人案件"), ("", "")),
    ("accepted_minor", ("未成年人", "未成年人案件"), ("", "")),
    ("accepted_woman", ("妇女", "妇女案件"), ("", "")),
    ("accepted_military", ("军人军属", "军人", "退役军人"), ("", "")),
    ("accepted_by_notice", ("通知辩护", "通知代理", "指定辩护", "通知辩护案件"), ("", "")),
)

LEGAL_AID = Subject(
    "legal_aid",
    names=(
        *(
            "法律援助",
            "法援",
            "受援人",
            "受援",
            "法律咨询",
            "值班律师",
            "援助案件",
            "法律帮助",
            "援助申请",
            "12348",
        ),
        *(
            "来访来电咨询",
            "来电来访咨询",
            "接待群众咨询",
            "解答咨询",
            "解答群众咨询",
            "认罪认罚",
            "援助事项",
        ),
        *("12348热线", "12348”热线", "12348公共法律服务热线", "公共法律服务热线"),
        *("来访咨询", "咨询来访", "来电咨询", "接待咨询"),
    ),
    hints=("挽回经济损失", "挽回损失", "挽回各类经济损失", "咨询", "援助", "代书", "代写法律文书", "受援对象", "辩护"),
    usual={Sort.CASES: "accepted", Sort.PERSONS: "recipients", Sort.ATTENDANCE: "recipients"},
    said=(
        Said("received", ("收到", "接收", "申请", "援助申请", "受理援助申请", "受理申请")),
        Said("accepted", ("受理", "办理", "批准", "准予", "提供", "指派办理", "代理", "法律援助案件", "援助案件")),
        Said("not_accepted", ("不予援助", "不予受理")),
        Said("assigned", ("指派", "指派律师")),
        Said("concluded", ("办结", "结案", "已办结", "审结")),
        Said("terminated", ("终止",)),
        Said("pending", ("正在办理", "未办结", "尚未办结", "在办")),
        Said("recipients", ("受援人", "受援", "援助", "受援群众", "受援对象", "惠及"), PERSONS),
        Said("advice_given", ("咨询", "法律咨询", "解答咨询", "来访来电咨询"), CASES | PERSONS | TIMES),
        Said("advice_given", ("来访", "来电", "网络咨询"), PERSONS),
        Said("", ("法律帮助", "值班律师"), PERSONS),
        Said("duty_lawyer_help", ("法律帮助", "值班律师", "值班律师法律帮助")),
        Said("", ("认罪认罚", "见证", "代书", "代写法律文书", "法律文书"), CASES),
        Said("quality_reviewed", ("质量评查", "评查", "案卷评查")),
        Said("recovered_amount", ("挽回", "挽回损失", "挽回经济损失", "经济损失", "损失", "取得利益"), MONEY),
        Said("", ("追回", "追讨", "讨回", "劳动报酬"), MONEY),
        Said("", ("满意率", "满意度", "优良率", "合格率"), RATE),
        Said("subsidy_amount", ("补贴", "办案补贴"), MONEY),
        Said("grant_rate", ("批准率", "准予率", "准予援助率"), RATE),
        Said("closure_rate", ("办结率", "结案率"), RATE),
        *(Said(measure, words, CASES, (dimension,) if dimension[0] else ()) for measure, words, dimension in AID),
    ),
    values=(
        *coded(
            "legal_aid", "aid_type", leave=("其他", "其它", "行政"), more={"forensic_appraisal": ("医学鉴定", "鉴定")}
        ),
        *coded("legal_aid", "form", leave=("其他", "其它", "民事代理", "行政代理")),
    ),
)
