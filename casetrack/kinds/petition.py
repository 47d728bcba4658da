"""Petitions (信访), from registration to the written opinion and its rating."""

from datetime import date

from casetrack.kinds.base import Choice, Column, Field, FieldType, Kind, Ledger, LedgerStep, Mark, Start, State, Step

REGULATION_OF_2022 = date(2022, 5, 1)

CHANNELS = (
    Choice("letter", "来信", ("书信", "信件", "群众来信")),
    Choice("visit", "来访", ("走访", "接访", "群众来访")),
    Choice("online", "网上投诉", ("网信", "网上信访", "网络", "信息网络", "电子邮件", "网上")),
    Choice("phone", "来电", ("电话",)),
    Choice("fax", "传真"),
    Choice("delegated", "上级交办", ("交办", "省市交办", "省、市交办", "上级转办", "领导批示交办")),
)
PURPOSES = (
    Choice("suggestion", "建议意见", ("意见建议", "建议", "意见")),
    Choice("accusation", "检举控告", ("检举", "控告", "举报", "揭发控告")),
    Choice("appeal", "申诉求决", ("申诉", "求决", "申诉、求决")),
    Choice("other", "其他", ("其它", "咨询", "感谢")),
)
CONTENTS = (
    Choice("urban_construction", "城乡建设", ("住房城乡建设", "住建")),
    Choice("natural_resources", "自然资源", ("国土资源", "土地", "国土")),
    Choice("civil_affairs", "民政"),
    Choice("transport", "交通运输", ("交通",)),
    Choice("health", "卫生健康", ("卫生计生", "卫生", "医疗卫生")),
    Choice("labour_social_security", "劳动社保", ("劳动和社会保障", "人力资源和社会保障", "人社")),
    Choice("rural_agriculture", "农村农业", ("农业农村", "农业", "三农")),
    Choice("education", "教育"),
    Choice("politics_law", "政法", ("涉法涉诉",)),
    Choice("discipline", "纪检监察"),
    Choice("environment", "生态环境", ("环境保护", "环保")),
    Choice("market", "市场监管", ("工商", "经济管理")),
    Choice("other", "其他", ("其它",)),
)
OUTCOMES = (
    Choice("concluded", "办结（处理意见书）"),
    Choice("settled", "化解（调解、和解协议）"),
    Choice("not_accepted", "不予受理"),
    Choice("diverted", "导入法定程序"),
    Choice("withdrawn", "撤回"),
)
OPINIONS = (
    Choice("supported", "支持", ("予以支持",)),
    Choice("partly_supported", "部分支持"),
    Choice("explained", "解释说明", ("解释疏导",)),
    Choice("not_supported", "不支持", ("不予支持",)),
)
SATISFACTION = (
    Choice("satisfied", "满意"),
    Choice("basically_satisfied", "基本满意", ("较满意",)),
    Choice("dissatisfied", "不满意"),
)
FIRST_CLOCKS = ("petition.accept", "petition.notify_direct")
CLOCKS = (*FIRST_CLOCKS, "petition.conclude")

PETITION = Kind(
    code="petition",
    label="信访",
    statute="信访工作条例",
    number_word="信",
    office="petition_office",
    other_offices=("responsible_body", "justice_bureau"),
    fields=(
        Field("channel", "信访形式", FieldType.CHOICE, CHANNELS, dimension=True),
        Field("purpose", "信访目的", FieldType.CHOICE, PURPOSES, dimension=True),
        Field("category", "内容分类", FieldType.CHOICE, CONTENTS, dimension=True),
        Field("repeat", "重复信访", FieldType.FLAG, dimension=True),
        Field("persons", "人数", FieldType.INTEGER, most=100_000),
        Field("matter", "反映问题", personal=True),
        Field("responsible", "责任单位"),
        Field("opinion", "处理意见", FieldType.CHOICE, OPINIONS, dimension=True),
        Field("outcome", "办理结果", FieldType.CHOICE, OUTCOMES, dimension=True),
        Field("satisfaction", "满意度", FieldType.CHOICE, SATISFACTION, dimension=True),
    ),
    states=(
        State("registered", "已登记"),
        State("accepted", "已受理"),
        State("concluded", "已办结", open=False),
        State("settled", "已化解", open=False),
        State("not_accepted", "不予受理", open=False),
        State("diverted", "已导入法定程序", open=False),
        State("withdrawn", "已撤回", open=False),
    ),
    steps=(
        Step(
            "register",
            "登记",
            (),
            "registered",
            "信访工作条例第二十二条、第二十三条",
            records=("channel", "purpose", "category", "repeat", "persons", "matter", "responsible"),
            needs=("channel",),
            marks=(Mark("received", persons="persons"),),
            # the regulation of 2022 asks for notice of receipt and route, that of 2005 for a decision to accept
            starts=(
                Start("petition.accept", until=REGULATION_OF_2022),
                Start("petition.notify_direct", since=REGULATION_OF_2022),
            ),
        ),
        Step(
            "accept",
            "受理",
            ("registered",),
            "accepted",
            "信访工作条例第二十三条、第三十一条",
            marks=(Mark("accepted", persons="persons"),),
            # since 2022 only appeals without another statutory route have the 60 days (Art. 31 item 6 with Art. 34)
            starts=(
                Start("petition.conclude", when=(("purpose", "appeal"),)),
                *(
                    Start("petition.conclude", when=(("purpose", p),), until=REGULATION_OF_2022)
                    for p in ("suggestion", "accusation", "other")
                ),
            ),
            ends=FIRST_CLOCKS,
        ),
        Step(
            "conclude",
            "办结",
            ("registered", "accepted"),
            "concluded",
            "信访工作条例第三十二条、第三十四条",
            records=("opinion",),
            marks=(Mark("closed", persons="persons"), Mark("concluded")),
            ends=CLOCKS,
            sets=(("outcome", "concluded"),),
        ),
        Step(
            "settle",
            "和解、调解化解",
            ("accepted",),
            "settled",
            "信访工作条例第三十三条",
            marks=(Mark("closed", persons="persons"), Mark("settled")),
            ends=CLOCKS,
            sets=(("outcome", "settled"),),
        ),
        Step(
            "refuse",
            "不予受理",
            ("registered",),
            "not_accepted",
            "信访工作条例第十九条、第三十一条",
            marks=(Mark("closed", persons="persons"), Mark("not_accepted")),
            ends=FIRST_CLOCKS,
            sets=(("outcome", "not_accepted"),),
        ),
        Step(
            "divert",
            "导入法定程序",
            ("registered",),
            "diverted",
            "信访工作条例第三十一条",
            marks=(Mark("closed", persons="persons"), Mark("diverted")),
            ends=FIRST_CLOCKS,
            sets=(("outcome", "diverted"),),
        ),
        Step(
            "withdraw",
            "撤回",
            ("registered", "accepted"),
            "withdrawn",
            "信访工作条例第三十一条",
            marks=(Mark("closed", persons="persons"), Mark("withdrawn")),
            drops=CLOCKS,
            sets=(("outcome", "withdrawn"),),
        ),
        Step(
            "rate",
            "满意度评价",
            ("concluded", "settled"),
            None,
            "信访事项办理群众满意度评价工作办法",
            records=("satisfaction",),
            needs=("satisfaction",),
            marks=(
                Mark("rated", once=True),
                Mark("satisfied", when=(("satisfaction", "satisfied"),), once=True),
                Mark("basically_satisfied", when=(("satisfaction", "basically_satisfied"),), once=True),
            ),
        ),
    ),
    roles=(Choice("petitioner", "信访人"),),
    breakdowns=(
        ("channel",),
        ("purpose",),
        ("category",),
        ("outcome",),
        ("repeat",),
        ("channel", "outcome"),
        ("channel", "purpose"),
    ),
    ledgers=(
        Ledger(
            title="信访事项登记台账",
            recognised_by=("number", "channel", "status"),
            columns=(
                Column("number", ("登记编号", "信访编号", "编号", "案号"), required=True),
                Column(
                    "registered_on", ("登记日期", "信访日期", "收到日期", "登记时间", "来信来访日期"), required=True
                ),
                Column("channel", ("信访形式", "信访方式", "来信来访形式", "信访渠道"), required=True),
                Column("petitioner.name", ("信访人", "信访人姓名", "姓名")),
                Column("petitioner.phone", ("联系电话", "电话", "联系方式")),
                Column("petitioner.identity", ("身份证号", "身份证号码")),
                Column("persons", ("人数", "信访人数", "涉及人数")),
                Column("purpose", ("信访目的", "目的")),
                Column("category", ("内容分类", "问题分类", "内容类别", "信访内容分类")),
                Column("repeat", ("是否重复", "重复信访", "是否重复信访")),
                Column("matter", ("反映问题", "反映内容", "主要内容", "信访事项", "信访内容")),
                Column("responsible", ("责任单位", "承办单位", "办理单位")),
                Column("accepted_on", ("受理日期", "受理时间")),
                Column(
                    "status",
                    ("办理状态", "办理情况", "状态", "办结情况"),
                    required=True,
                    choices=(
                        Choice("concluded", "已办结", ("办结", "已答复", "结案", "已结案", "已结")),
                        Choice("open", "正在办理", ("办理中", "在办", "未办结", "已受理", "待受理", "未结")),
                        Choice("settled", "已化解", ("化解", "和解")),
                        Choice("not_accepted", "不予受理", ("不受理",)),
                        Choice("diverted", "导入法定程序", ("引导法定途径", "法定途径")),
                        Choice("withdrawn", "撤回", ("已撤回", "撤诉", "信访人撤回")),
                    ),
                ),
                Column("closed_on", ("办结日期", "办结时间", "结案日期", "答复日期")),
                Column("opinion", ("处理意见", "办理意见", "答复意见")),
                Column("satisfaction", ("满意度", "满意度评价", "群众满意度")),
                Column("rated_on", ("评价日期", "评价时间")),
            ),
            steps=(
                LedgerStep("register", ("registered_on",)),
                LedgerStep("accept", ("accepted_on",)),
                LedgerStep("conclude", ("closed_on",), ("status", ("concluded",))),
                LedgerStep("settle", ("closed_on",), ("status", ("settled",))),
                LedgerStep("refuse", ("closed_on",), ("status", ("not_accepted",))),
                LedgerStep("divert", ("closed_on",), ("status", ("diverted",))),
                LedgerStep("withdraw", ("closed_on",), ("status", ("withdrawn",))),
                LedgerStep(
                    "rate",
                    ("rated_on", "closed_on"),
                    ("satisfaction", ("satisfied", "basically_satisfied", "dissatisfied")),
                ),
            ),
        ),
    ),
)
