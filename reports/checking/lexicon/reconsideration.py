"""Administrative reconsideration: applications, acceptance, decisions by outcome, rates of correction."""

from reports.checking.lexicon.base import CASES, MONEY, PERSONS, RATE, Said, Subject, Value, coded
from reports.checking.units import Sort

WITHDRAWN = (
    *(
        "撤回",
        "撤回申请",
        "申请人撤回",
        "撤回复议申请",
        "撤回行政复议申请",
        "申请人撤回申请",
        "申请人自愿撤回",
        "自愿撤回申请",
        "申请人自愿撤回申请",
        "撤回终止",
    ),
    *("受理前撤回", "立案前撤回", "受理后撤回", "立案后撤回", "立案后撤回申请", "受理后撤回申请", "受理前撤回申请"),
)

RECONSIDERATION = Subject(
    "reconsideration",
    names=("行政复议", "复议申请", "复议案件", "复议案", "复议", "被申请人", "行政复议应诉", "复议应诉"),
    hints=("行政争议", "纠错", "维持原具体行政行为", "维持原行政行为"),
    usual={Sort.CASES: "handled", Sort.PERSONS: "applicants", Sort.ATTENDANCE: "persons"},
    said=(
        Said(
            "received",
            ("收到", "接收", "新收", "收案", "申请", "复议申请", "登记", "被申请复议", "接到", "受理行政复议申请"),
        ),
        Said("accepted", ("受理", "依法受理", "立案受理", "立案", "予以受理", "已受理", "受理案件")),
        Said("not_accepted", ("不予受理", "不受理", "决定不予受理")),
        Said("withdrawn_before_acceptance", (*WITHDRAWN, "化解"), CASES, (), ("立案前", "受理前")),
        Said("withdrawn", WITHDRAWN),
        Said("carried_over", ("上年结转", "上期结转", "上年度结转", "去年结转", "结转", "上年转结")),
        Said("accepted_pending", ("结转下年", "结转下年度", "转下年", "转入下年")),
        Said(
            "pending",
            (
                "正在审理",
                "正在办理",
                "未审结",
                "尚未审结",
                "在审",
                "未办结",
                "尚在审理",
                "正在审查",
                "待审结",
                "审理中",
            ),
        ),
        Said("handled", ("办理", "审理", "处理", "承办")),
        Said("concluded", ("审结", "已审结", "结案", "共审结", "审结受理案件", "审结受理的案件")),
        Said("closed", ("办结", "已办结", "全部办结")),
        Said("decided", ("作出", "作出决定", "作出行政复议决定", "作出复议决定", "决定书")),
        Said("", ("直接纠错", "纠错", "纠错决定", "其他处理")),
        Said(
            "mediated",
            (
                "调解、和解结案",
                "调解和解结案",
                "调解",
                "调解结案",
                "经调解",
                "制发调解书",
                "调解书",
                "达成调解",
                "调解书结案",
                "调解和解",
                "调解、和解",
            ),
        ),
        Said("reconciled", ("和解", "达成和解", "和解终止", "和解后终止", "和解结案")),
        Said("terminated", ("终止", "其他终止")),
        Said("redirected", ("告知", "转送", "移送")),
        Said("abandoned", ("视为放弃", "逾期未补正")),
        Said("applicants", ("申请人", "涉及申请人"), PERSONS),
        Said("compensated", ("决定赔偿", "行政赔偿")),
        Said("compensation_amount", ("赔偿",), MONEY),
        Said("closure_rate", ("办结率", "结案率", "审结率"), RATE),
        Said("acceptance_on_time_rate", ("按期受理率", "及时受理率"), RATE),
        Said(
            "on_time_closure_rate",
            ("按期办结率", "按期审结率", "按时办结率", "按时审结率", "法定期限内审结率", "法定期限内办结率"),
            RATE,
        ),
        Said("correction_rate", ("直接纠错率", "纠错率"), RATE),
        Said("comprehensive_correction_rate", ("综合纠错率",), RATE),
        Said("settlement_rate", ("调撤率", "调解和解率", "和解调解率", "调解率", "和解率", "调解、和解率"), RATE),
        Said("suit_rate", ("起诉率", "复议后起诉率", "诉讼率"), RATE),
        *(
            Said("decided", words, CASES, (("outcome", outcome),))
            for outcome, words in (
                ("upheld", ("维持", "维持决定", "予以维持", "维持原行政行为", "维持原具体行政行为", "维持原决定")),
                ("revoked", ("撤销", "撤销原行政行为", "予以撤销", "决定撤销")),
                ("partly_revoked", ("部分撤销",)),
                ("changed", ("变更", "决定变更")),
                ("unlawful", ("确认违法", "确认原行政行为违法")),
                ("void", ("确认无效",)),
                ("ordered", ("责令履行", "责令限期履行", "责令履行法定职责", "限期履行")),
                (
                    "request_dismissed",
                    ("驳回", "驳回行政复议请求", "驳回复议请求", "驳回请求", "驳回申请人行政复议请求"),
                ),
                ("application_dismissed", ("驳回行政复议申请", "驳回申请", "驳回复议申请")),
            )
        ),
    ),
    values=(
        *coded(
            "reconsideration",
            "field",
            leave=("其他", "其它", "土地", "统计", "科技", "计划生育", "乡镇", "政府", "质检"),
            more={
                "human_resources": ("人社",),
                "housing": ("住建",),
                "city_management": ("城管",),
                "other": ("其他类", "其他领域"),
            },
        ),
        *coded("reconsideration", "matter", leave=("其他", "其它", "行政协议", "行政赔偿", "行政确认"), least=4),
        Value("field", "other", ("其他",)),
    ),
)
