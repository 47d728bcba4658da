"""The ledger that petition offices keep, and how a row of it becomes steps."""

from casetrack.kinds.base import Choice, Column, Ledger, LedgerStep

LEDGER = Ledger(
    title="信访事项登记台账",
    recognised_by=("number", "channel", "status"),
    columns=(
        Column("number", ("登记编号", "信访编号", "编号", "案号"), required=True),
        Column("registered_on", ("登记日期", "信访日期", "收到日期", "登记时间", "来信来访日期"), required=True),
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
        Column("contacted_on", ("联系日期", "联系信访人日期", "联系时间")),
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
        Column("replied_publicly", ("公开答复", "是否公开答复", "公开回复", "是否公开回复", "是否公开")),
        Column("satisfaction", ("满意度", "满意度评价", "群众满意度")),
        Column("rated_on", ("评价日期", "评价时间")),
    ),
    steps=(
        LedgerStep("register", ("registered_on",)),
        LedgerStep("accept", ("accepted_on",)),
        LedgerStep("contact", ("contacted_on",)),
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
)
