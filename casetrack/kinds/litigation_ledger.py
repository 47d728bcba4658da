"""The ledger (台账) that offices keep of suits."""

from casetrack.kinds.base import Column, Ledger, LedgerStep
from casetrack.kinds.litigation_codes import OUTCOMES, STILL_OPEN, YES_NO

LITIGATION_LEDGER = Ledger(
    title="行政应诉案件台账",
    recognised_by=("number", "noticed_on", "outcome"),
    columns=(
        Column("number", ("案号", "案件编号", "编号"), required=True),
        Column("division", ("案件性质", "案件类型", "性质", "案件类别"), required=True),
        Column("instance", ("审级", "审理程序")),
        Column("court", ("审理法院", "法院", "受理法院", "应诉法院")),
        Column("capacity", ("应诉机关类别", "应诉类型", "本方地位", "应诉方式")),
        Column("organ_level", ("应诉机关级别", "被告级别")),
        Column("attached_review", ("规范性文件附带审查", "一并审查规范性文件", "是否附带审查规范性文件")),
        Column("plaintiff.name", ("原告", "原告姓名", "原告（上诉人）")),
        Column("defendant.name", ("被告", "被告名称", "被告（被上诉人）")),
        Column("persons", ("原告人数", "原告总数")),
        Column(
            "noticed_on",
            ("收到应诉通知日期", "收到应诉通知书日期", "应诉通知日期", "收到起诉状日期", "收案日期"),
            required=True,
        ),
        Column("answered_on", ("提交答辩日期", "答辩日期", "答辩举证日期", "提交答辩状日期")),
        Column("heard_on", ("开庭日期", "开庭时间", "庭审日期")),
        Column(
            "head_present",
            ("负责人出庭", "负责人是否出庭", "行政机关负责人出庭", "负责人出庭应诉"),
            choices=YES_NO,
        ),
        Column("heads", ("出庭负责人人数", "负责人出庭人数")),
        Column("attendance", ("旁听人数",)),
        Column("judged_on", ("裁判日期", "判决日期", "结案日期", "裁判时间", "裁决日期")),
        Column("outcome", ("裁判结果", "判决结果", "结案方式", "审理结果"), choices=(*OUTCOMES, STILL_OPEN)),
        Column("compensation", ("赔偿数额", "行政赔偿数额", "赔偿金额")),
    ),
    steps=(
        LedgerStep("notice", ("noticed_on",)),
        LedgerStep("answer", ("answered_on",)),
        LedgerStep("hear", ("heard_on",)),
        LedgerStep("judge", ("judged_on",), ("outcome", tuple(choice.code for choice in OUTCOMES))),
    ),
)
