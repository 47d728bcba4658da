"""The ledger that mediation committees keep, and how a row of it becomes steps."""

from casetrack.kinds.base import Choice, Column, Ledger, LedgerStep

LEDGER = Ledger(
    title="人民调解案件登记台账",
    recognised_by=("number", "organization", "category", "result"),
    columns=(
        Column("number", ("案件编号", "编号", "卷号", "案号", "调解案号"), required=True),
        Column("registered_on", ("登记日期", "申请日期", "登记时间", "申请时间")),
        Column("accepted_on", ("受理日期", "受理时间", "受案日期", "受案时间")),
        Column(
            "organization",
            ("调解组织", "调委会", "调解委员会", "人民调解委员会", "调解组织名称", "承办组织"),
            required=True,
        ),
        Column("applicant.name", ("申请人", "申请人姓名", "当事人甲", "甲方")),
        Column("applicant.phone", ("联系电话", "申请人电话", "电话", "联系方式")),
        Column("applicant.identity", ("身份证号", "申请人身份证号", "身份证号码")),
        Column("respondent.name", ("被申请人", "被申请人姓名", "当事人乙", "乙方", "对方当事人")),
        Column("persons", ("涉及人数", "当事人数", "涉及当事人数", "人数")),
        Column("category", ("纠纷类型", "纠纷类别", "案件类型", "案件类别"), required=True),
        Column("summary", ("纠纷简要情况", "纠纷概况", "简要情况", "案情简介", "纠纷情况")),
        Column("source", ("案件来源", "纠纷来源", "来源")),
        Column("difficult", ("疑难复杂案件", "疑难复杂", "是否疑难复杂")),
        Column("concluded_on", ("调结日期", "调解日期", "结案日期", "办结日期", "调结时间", "结案时间")),
        Column(
            "result",
            ("调解结果", "调处结果", "结果", "调解情况"),
            required=True,
            choices=(
                Choice("succeeded", "调解成功", ("成功", "已调解成功", "达成协议", "调结", "化解", "已化解")),
                Choice("failed", "调解不成", ("调解不成功", "不成功", "调解失败", "失败", "未达成协议", "终止调解")),
                Choice("open", "正在调解", ("调解中", "正在办理", "未结", "在调", "办理中")),
                Choice("not_accepted", "不予受理", ("不受理",)),
                Choice("withdrawn", "撤回申请", ("撤回", "申请人撤回", "当事人撤回")),
            ),
        ),
        Column("agreement", ("协议形式", "协议类型", "调解协议形式")),
        Column("amount", ("协议涉及金额", "涉及金额", "协议金额", "涉案金额", "标的额")),
        Column("performance_ended_on", ("履行期限", "约定履行期限", "履行到期日", "履行期限届满日")),
        Column(
            "performance",
            ("履行情况", "协议履行情况", "是否履行"),
            choices=(
                Choice("performed", "已履行", ("履行完毕", "全部履行", "履行", "是", "已履行完毕")),
                Choice("open", "未履行", ("履行中", "部分履行", "正在履行", "否", "未到期", "无")),
            ),
        ),
        Column("performed_on", ("履行日期", "履行时间", "履行完毕日期")),
        Column(
            "confirmation",
            ("司法确认", "是否司法确认", "司法确认情况"),
            choices=(
                Choice("confirmed", "是", ("已确认", "已司法确认", "有效", "√", "有")),
                Choice("open", "否", ("未确认", "未申请", "无", "×")),
            ),
        ),
        Column("confirmed_on", ("司法确认日期", "确认日期", "司法确认时间")),
    ),
    steps=(
        LedgerStep("register", ("registered_on", "accepted_on")),
        LedgerStep("accept", ("accepted_on",)),
        LedgerStep("agree", ("concluded_on",), ("result", ("succeeded",))),
        LedgerStep("fail", ("concluded_on",), ("result", ("failed",))),
        LedgerStep("refuse", ("concluded_on",), ("result", ("not_accepted",))),
        LedgerStep("withdraw", ("concluded_on",), ("result", ("withdrawn",))),
        LedgerStep("perform", ("performed_on",), ("performance", ("performed",))),
        LedgerStep("confirm", ("confirmed_on",), ("confirmation", ("confirmed",))),
    ),
)
