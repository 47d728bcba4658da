"""Petitions by channel, and their review and re-review."""

from reports.checking.lexicon.base import CASES, PERSONS, RATE, Said, Subject, Value
from reports.checking.units import Sort

CASES_OR_BATCHES = CASES | {Sort.TIMES, Sort.BODIES}

PETITION = Subject(
    "petition",
    names=(
        *(
            "信访",
            "来信",
            "来访",
            "上访",
            "网上投诉",
            "网信",
            "接访",
            "下访",
            "初信初访",
            "进京访",
            "赴省访",
            "集体访",
            "个体访",
        ),
        *(
            "信访件",
            "信访事项",
            "信访积案",
            "信访矛盾纠纷",
            "信访矛盾",
            "信访问题",
            "领导包案",
            "群众来信",
            "重复访",
            "越级访",
            "走访接待",
        ),
        *("网上信访", "人民来信", "信访案件", "信访投诉", "初次信访", "缠访", "赴京访", "到市访", "到省访", "到京访"),
    ),
    hints=("交办件", "交办", "转办", "转送", "积案"),
    usual={
        Sort.CASES: "received",
        Sort.TIMES: "received",
        Sort.THINGS: "received",
        Sort.PERSONS: "persons",
        Sort.ATTENDANCE: "persons",
    },
    said=(
        Said(
            "received", ("收到", "受理", "登记", "登记受理", "接待", "接收", "来信", "来访", "总量"), CASES_OR_BATCHES
        ),
        Said("accepted", ("依法受理", "立案受理", "决定受理")),
        Said("handled", ("办理", "处理", "承办")),
        Said("not_accepted", ("不予受理",)),
        Said("withdrawn", ("撤回",)),
        Said("closed", ("办结", "已办结", "办理完毕", "办理完结", "结案"), CASES_OR_BATCHES),
        Said(
            "pending",
            (
                "正在办理",
                "未办结",
                "尚未办结",
                "在办",
                "正在推进",
                "正在化解",
                "正在处理",
                "正在协调",
                "待办",
                "跟进",
                "在期限内办理",
            ),
            CASES_OR_BATCHES,
        ),
        Said("settled", ("化解", "已化解", "成功化解", "实现化解", "息诉罢访", "息访"), CASES_OR_BATCHES),
        Said("carried_over", ("上年结转", "上期结转", "结转")),
        Said("closure_rate", ("办结率", "结案率"), RATE),
        Said("timely_acceptance_rate", ("及时受理率", "按期受理率"), RATE),
        Said("timely_conclusion_rate", ("按期办结率", "按时办结率", "按期答复率", "按期回复率"), RATE),
        Said("satisfaction_rate", ("满意率", "群众满意率", "满意度"), RATE),
        Said("rating_rate", ("参评率", "评价率"), RATE),
        Said("repeat_rate", ("重复信访率", "重复率", "重访率"), RATE),
        Said("resolution_rate", ("化解率",), RATE),
        Said("repeat_visits", ("再次信访", "重复来访")),
        Said("persons", ("涉及",), PERSONS),
    ),
    values=(
        Value("channel", "letter", ("来信", "群众来信", "信件")),
        Value("channel", "visit", ("来访", "接访", "上访", "个体访", "集体访", "走访")),
        Value(
            "channel", "online", ("网上投诉", "网上信访", "网信", "网上", "网络信访", "网络投诉", "信访平台", "网络")
        ),
        Value("channel", "phone", ("来电", "电话", "电话信访", "电话投诉")),
        Value("channel", "fax", ("传真",)),
        Value("channel", "delegated", ("交办", "上级转办", "转送", "上级交办")),
    ),
)

PETITION_REVIEW = Subject(
    "petition_review",
    names=(
        "信访复查",
        "信访复核",
        "复查复核",
        "复查事项",
        "复核事项",
        "复查申请",
        "复核申请",
        "信访事项复查",
        "信访事项复核",
        "复查案件",
        "复核案件",
    ),
    hints=("复查", "复核"),
    usual={Sort.CASES: "handled", Sort.PERSONS: "persons", Sort.ATTENDANCE: "persons"},
    said=(
        Said("received", ("收到", "接收", "登记")),
        Said("accepted", ("受理",)),
        Said("not_accepted", ("不予受理",)),
        Said("handled", ("办理", "处理")),
        Said("closed", ("办结", "已办结", "结案")),
        Said("decided", ("作出", "出具", "维持", "撤销", "变更", "答复", "处理意见")),
        Said("pending", ("正在办理", "未办结", "正在审查", "正在复查")),
        Said("closure_rate", ("办结率",), RATE),
        Said("on_time_closure_rate", ("按期办结率", "按时办结率"), RATE),
    ),
    values=(
        Value("level", "review", ("复查",)),
        Value("level", "rereview", ("复核",)),
        Value("outcome", "upheld", ("维持",)),
        Value("outcome", "revoked", ("撤销",)),
        Value("outcome", "changed", ("变更",)),
        Value("outcome", "redo", ("责令重新", "重新办理")),
    ),
)
