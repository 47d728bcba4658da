"""The ledger (台账) that legal aid centres keep."""

from casetrack.kinds.base import Column, Ledger, LedgerStep
from casetrack.kinds.legal_aid_codes import DECISIONS, GROUPS

LEGAL_AID_LEDGER = Ledger(
    title="法律援助案件台账",
    recognised_by=("number", "applied_on", "aid_type", "decision"),
    columns=(
        Column("number", ("编号", "案件编号", "案号", "援助编号"), required=True),
        Column("applied_on", ("申请日期", "申请时间", "受理日期", "收到申请日期"), required=True),
        Column("recipient.name", ("受援人", "受援人姓名", "申请人")),
        Column("recipient.phone", ("联系电话", "电话")),
        Column("recipient.identity", ("身份证号", "身份证号码")),
        Column("persons", ("受援人数", "人数")),
        Column("aid_type", ("案件类型", "援助类型", "类型", "案件类别"), required=True),
        Column("notified", ("通知辩护", "通知辩护（代理）", "是否通知辩护")),
        Column("stage", ("案件阶段", "诉讼阶段", "所处阶段")),
        Column("form", ("援助形式", "援助方式")),
        *(Column(name, (label, f"是否{label}")) for name, label in GROUPS.items()),
        Column("matter", ("申请事项", "案由")),
        Column("decided_on", ("决定日期", "审批日期", "决定时间", "批准日期")),
        Column("decision", ("决定", "审查决定", "审批结果", "审查结果"), choices=DECISIONS),
        Column("firm", ("承办机构", "指派机构", "承办单位", "承办律所")),
        Column("assigned_on", ("指派日期", "指派时间")),
        Column("finished_on", ("结案日期", "办结日期", "结案时间")),
        Column("recovered", ("挽回损失", "挽回损失金额")),
    ),
    steps=(
        LedgerStep("apply", ("applied_on",)),
        LedgerStep("grant", ("decided_on",), ("decision", ("granted",))),
        LedgerStep("refuse", ("decided_on",), ("decision", ("refused",))),
        LedgerStep("withdraw", ("decided_on",), ("decision", ("withdrawn",))),
        LedgerStep("assign", ("assigned_on",)),
        LedgerStep("finish", ("finished_on",)),
    ),
)
