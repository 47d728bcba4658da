"""The ledger (台账) that reconsideration offices keep."""

from casetrack.kinds.base import Column, Ledger, LedgerStep
from casetrack.kinds.reconsideration_codes import DECIDED, ENDED, MEDIATED, STILL_OPEN, UNACCEPTED, codes

RECONSIDERATION_LEDGER = Ledger(
    title="行政复议案件台账",
    recognised_by=("number", "received_on", "outcome", "respondent.name"),
    columns=(
        Column("number", ("案号", "案件编号", "复议案号", "编号", "文号"), required=True),
        Column("received_on", ("收到申请日期", "申请日期", "收到日期", "收案日期", "收到申请时间"), required=True),
        Column("applicant.name", ("申请人", "申请人姓名")),
        Column("applicant.phone", ("联系电话", "电话")),
        Column("persons", ("申请人数", "申请人总数", "人数")),
        Column("respondent.name", ("被申请人", "被申请人名称", "被申请机关")),
        Column("matter", ("行政行为", "申请复议事项", "复议事项", "案由")),
        Column("field", ("管理领域", "行政管理类别", "管理类别", "行政管理领域")),
        Column("respondent_level", ("被申请人级别", "被申请人类别", "被申请机关级别")),
        Column("organ_level", ("复议机关级别", "复议机关类别", "行政复议机关级别")),
        Column("several_matters", ("两个以上复议事项", "多个复议事项")),
        Column("several_respondents", ("两个以上被申请人", "多个被申请人")),
        Column("claim", ("复议请求", "行政复议请求")),
        Column("accepted_on", ("受理日期", "受理时间", "立案日期")),
        Column("closed_on", ("结案日期", "决定日期", "审结日期", "结案时间")),
        Column(
            "outcome",
            ("结案方式", "复议结果", "审理结果", "处理结果", "结案情况", "复议决定"),
            choices=(*DECIDED, *ENDED, *UNACCEPTED, MEDIATED, STILL_OPEN),
        ),
        Column("compensation", ("行政赔偿数额", "赔偿数额")),
    ),
    steps=(
        LedgerStep("receive", ("received_on",)),
        LedgerStep("accept", ("accepted_on",)),
        LedgerStep("refuse", ("closed_on",), ("outcome", ("not_accepted", "redirected", "abandoned"))),
        LedgerStep("withdraw_before", ("closed_on",), ("outcome", ("withdrawn_before_acceptance",))),
        LedgerStep("decide", ("closed_on",), ("outcome", codes(DECIDED))),
        LedgerStep("mediate", ("closed_on",), ("outcome", ("mediated",))),
        LedgerStep("terminate", ("closed_on",), ("outcome", codes(ENDED))),
    ),
)
