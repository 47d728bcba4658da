"""What bodies report beside cases: the hotline, proposals, and the rest of the catalogue's reported figures."""

from reports.checking.lexicon.base import LOOSE_CASES, PERSONS, RATE, SESSIONS, Said, Subject, Value
from reports.checking.units import Sort

HOTLINE = Subject(
    "hotline",
    names=(
        *(
            "12345",
            "政务服务热线",
            "便民热线",
            "政务热线",
            "市长热线",
            "热线工单",
            "热线平台",
            "服务热线",
            "政务服务便民热线",
            "接诉即办",
        ),
        *("热线诉求", "热线办件", "热线"),
    ),
    hints=("工单", "诉求", "来电"),
    usual={Sort.CASES: "received", Sort.BODIES: "received", Sort.THINGS: "received", Sort.TIMES: "received"},
    said=(
        Said(
            "received",
            ("受理", "接听", "接到", "收到", "接收", "来电", "接听来电", "受理群众诉求", "承接"),
            LOOSE_CASES,
        ),
        Said("handled", ("办结", "办理", "办复", "处理", "已办理"), LOOSE_CASES),
        Said("handled_rate", ("受理办理率", "办理率"), RATE),
        Said("", ("派发", "转办", "转派", "交办"), LOOSE_CASES),
        Said("", ("办结率", "按时办结率", "满意率", "回复率", "接通率", "响应率", "解决率", "群众满意率"), RATE),
    ),
)
PROPOSAL = Subject(
    "proposal",
    names=(
        *(
            "议案",
            "提案",
            "代表建议",
            "人大建议",
            "建议提案",
            "人大代表建议",
            "委员提案",
            "政协提案",
            "人大代表议案",
            "代表议案",
        ),
        *("人大代表意见建议", "建议、提案", "代表提出建议", "代表提出的建议"),
    ),
    hints=("办复率", "办复"),
    usual={Sort.CASES: "handled", Sort.THINGS: "handled"},
    said=(
        Said("handled", ("办理", "承办", "办复", "办结", "答复", "议案", "提案", "建议")),
        Said("", ("办复率", "满意率", "办结率", "按时办结率", "面商率", "答复率", "按期办结率", "基本满意率"), RATE),
    ),
    values=(
        Value(
            "origin",
            "congress",
            ("人大代表建议", "人大", "代表建议", "人大建议", "人大代表议案", "代表议案", "议案", "人大代表", "建议"),
        ),
        Value("origin", "cppcc", ("政协", "委员提案", "政协提案", "提案", "政协委员提案")),
    ),
)
LAW_BROUGHT = (
    "法律进乡村",
    "法律进社区",
    "法律进校园",
    "法律进企业",
    "法律进机关",
    "送法下乡",
    "宪法宣传",
    "法治宣讲",
    "以案释法",
)
REPORTED = Subject(
    "reported",
    names=(
        *(
            "规范性文件",
            "规范性文件备案",
            "备案规范性文件",
            "报备规范性文件",
            "报送备案规范性文件",
            "合法性审查",
            "合法性审核",
            "规范性文件清理",
            "备案审查规范性文件",
        ),
        *(
            "清理规范性文件",
            "重大执法决定备案",
            "备案审查重大执法决定",
            "重大行政执法决定备案",
            "法治宣传活动",
            "普法宣传活动",
            "普法活动",
        ),
        *(
            "法治培训",
            "应诉培训",
            "专题培训",
            "执法培训",
            "法治宣传",
            "执法人员培训",
            "普法讲座",
            "法律明白人”培训",
            "依法行政培训",
            "备案重大执法决定",
        ),
        *("法律讲座", "法治讲座", "普法宣传", "执法人员培训班"),
        *LAW_BROUGHT,
    ),
    hints=("培训", "培训班", "参训"),
    usual={},
    said=(
        Said(
            "documents_filed",
            (
                "备案",
                "报备",
                "报送备案",
                "规范性文件备案",
                "备案规范性文件",
                "报备规范性文件",
                "报送备案规范性文件",
                "备案审查规范性文件",
            ),
        ),
        Said("documents_reviewed", ("审查", "审核", "合法性审查", "合法性审核")),
        Said("documents_cleared", ("清理", "规范性文件清理", "清理规范性文件")),
        Said(
            "enforcement_decisions_filed",
            ("重大执法决定备案", "备案审查重大执法决定", "重大行政执法决定备案", "备案重大执法决定"),
        ),
        Said(
            "publicity_events",
            (
                *LAW_BROUGHT,
                "法治宣传活动",
                "普法宣传活动",
                "普法活动",
                "法治宣传",
                "普法讲座",
                "法律讲座",
                "法治讲座",
                "普法宣传",
            ),
            SESSIONS,
        ),
        Said(
            "training_sessions",
            (
                "培训",
                "培训班",
                "法治培训",
                "执法培训",
                "执法人员培训",
                "依法行政培训",
                "执法人员培训班",
                "法律明白人”培训",
            ),
            SESSIONS,
        ),
        Said("training_attendance", ("培训", "参训", "法治培训", "执法培训", "执法人员培训", "依法行政培训"), PERSONS),
    ),
)
OTHERS = (HOTLINE, PROPOSAL, REPORTED)
