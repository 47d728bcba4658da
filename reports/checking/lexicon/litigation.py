"""Responding to suits: cases by division and instance, judgments, heads who appeared, suggestions of courts."""

from reports.checking.lexicon.base import CASES, MONEY, PERSONS, RATE, TIMES, Said, Subject, Value
from reports.checking.units import Sort

CASES_OR_TIMES = CASES | TIMES
OUTCOMES = (
    ("claims_dismissed", ("驳回原告诉讼请求", "驳回诉讼请求", "驳回原告诉请", "驳回诉请", "判决驳回", "驳回原告请求")),
    ("suit_dismissed", ("驳回起诉", "裁定驳回起诉", "裁定驳回")),
    ("withdrawn", ("撤诉", "原告撤诉", "准许撤诉", "裁定撤诉", "撤回起诉", "准予撤诉", "主动撤诉")),
    ("act_revoked", ("撤销", "判决撤销", "撤销行政行为", "撤销原具体行政行为", "撤销原行政行为", "撤销被诉行政行为")),
    ("unlawful", ("确认违法", "判决确认违法")),
    ("void", ("确认无效",)),
    ("changed", ("变更", "判决变更")),
    ("ordered", ("责令履行", "判决履行", "责令履行法定职责", "履行法定职责")),
    ("payment", ("给付",)),
    ("appeal_dismissed", ("驳回上诉", "维持原判", "驳回上诉维持原判", "驳回上诉、维持原判")),
    ("reversed", ("改判",)),
    ("remanded", ("发回重审",)),
    ("mediated", ("调解结案", "行政调解结案")),
    ("transferred", ("移送管辖",)),
)

APPEARED = (
    *(
        "出庭",
        "出庭应诉",
        "负责人出庭",
        "负责人出庭应诉",
        "领导出庭",
        "领导出庭应诉",
        "实际出庭",
        "已出庭",
        "负责人出庭案件",
        "出庭应诉活动",
    ),
    *("主要领导出庭应诉", "分管领导出庭应诉", "主要负责人出庭应诉"),
)

LITIGATION = Subject(
    "litigation",
    names=(
        *(
            "应诉",
            "行政诉讼",
            "出庭",
            "败诉",
            "胜诉",
            "庭审",
            "司法建议",
            "检察建议",
            "负责人出庭",
            "被告",
            "应诉案件",
        ),
        *("一审行政", "二审行政", "驳回起诉", "驳回原告", "生效裁判", "行政裁判", "涉诉", "旁听"),
    ),
    hints=("诉讼", "一审", "二审", "再审", "撤诉", "判决", "开庭", "起诉", "驳回诉讼请求", "发回重审", "改判"),
    usual={
        Sort.CASES: "handled",
        Sort.TIMES: "hearings_attended",
        Sort.PERSONS: "heads_appeared",
        Sort.ATTENDANCE: "heads_appeared",
    },
    said=(
        Said("received", ("收到", "新收", "受理", "新增", "接到", "法院受理", "立案")),
        Said("handled", ("办理", "应诉", "承办", "代理", "参加", "处理")),
        Said("concluded", ("审结", "已审结", "结案", "判决", "裁判", "审理终结")),
        Said("closed", ("办结", "已办结")),
        Said("pending", ("正在审理", "未审结", "尚未审结", "在审", "未结", "正在办理", "审理中", "待判决")),
        Said("", ("胜诉", "败诉", "行政机关败诉")),
        Said("effective", ("生效", "裁判生效")),
        Said("carried_over", ("上年结转", "结转")),
        Said(
            "hearings_attended",
            (
                "庭审",
                "旁听庭审",
                "参加庭审",
                "庭审观摩",
                "观摩庭审",
                "观摩",
                "庭审活动",
                "旁听",
                "观摩旁听庭审",
                "旁听庭审活动",
            ),
            CASES_OR_TIMES | {Sort.BODIES},
        ),
        Said("hearing_attendance", ("庭审", "旁听", "参加", "观摩", "庭审活动", "旁听庭审"), PERSONS),
        Said("head_appearances", APPEARED, TIMES),
        Said("", ("主要负责人出庭应诉", "主要负责人出庭", "正职出庭", "正职负责人出庭", "行政首长出庭"), PERSONS),
        Said("heads_appeared", (*APPEARED, "负责人"), PERSONS),
        Said("heard", ("开庭审理", "开庭", "已开庭", "公开开庭审理"), CASES_OR_TIMES),
        Said("head_owed", ("应出庭", "应当出庭", "应出庭应诉", "应出庭案件", "通知出庭", "通知负责人出庭")),
        Said("head_appeared", APPEARED),
        Said(
            "chief_appeared",
            ("正职出庭", "主要负责人出庭", "正职负责人出庭", "一把手出庭", "行政首长出庭", "主要领导出庭"),
        ),
        Said(
            "head_appearance_rate",
            ("出庭率", "应诉率", "出庭应诉率", "负责人出庭应诉率", "负责人出庭率", "负责人应诉率"),
            RATE,
        ),
        Said("chief_appearance_rate", ("正职出庭率", "正职出庭应诉率", "主要负责人出庭率"), RATE),
        Said("judgments_performed", ("执行", "履行", "执行法院生效裁判", "履行生效裁判", "执行生效裁判", "生效裁判")),
        Said("judicial_suggestions", ("司法建议", "司法建议书")),
        Said("procuratorial_suggestions", ("检察建议", "检察建议书")),
        Said("compensation_amount", ("赔偿",), MONEY),
        Said("loss_rate", ("败诉率",), RATE),
        Said("change_withdrawal_rate", ("改变后撤诉率",), RATE),
        Said("closure_rate", ("办结率", "结案率", "审结率"), RATE),
        Said("", ("胜诉率", "胜诉率为", "应诉答辩率", "应诉率达", "履行率", "反馈率", "回复率", "按期回复率"), RATE),
        *(Said("concluded", words, CASES, (("outcome", outcome),)) for outcome, words in OUTCOMES),
    ),
    values=(
        Value("division", "administrative", ("行政诉讼", "行政案件", "行政应诉")),
        Value("division", "civil", ("民事诉讼", "民事案件", "民事")),
        Value("instance", "first", ("一审", "第一审")),
        Value("instance", "second", ("二审", "第二审", "上诉")),
        Value("instance", "retrial", ("再审",)),
    ),
)
