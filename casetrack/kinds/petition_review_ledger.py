"""The ledgers of reviews and re-reviews; the words of their outcomes are also those of the kind."""

from casetrack.kinds.base import Choice, Column, Ledger, LedgerStep

LEVELS = (Choice("review", "复查"), Choice("rereview", "复核"))
OUTCOMES = (
    Choice("upheld", "维持", ("予以维持", "维持原处理意见")),
    Choice("revoked", "撤销", ("予以撤销", "撤销原处理意见")),
    Choice("changed", "变更", ("予以变更",)),
    Choice("redo", "责令重新办理", ("重新办理", "责令重新处理")),
    Choice("not_accepted", "不予受理", ("不受理",)),
    Choice("withdrawn", "撤回申请", ("撤回", "申请人撤回")),
)
STILL_OPEN = Choice("open", "正在办理", ("办理中", "未结", "审查中"))
DECISIONS = ("upheld", "revoked", "changed", "redo")


def ledger_of(level: str, word: str) -> Ledger:
    """The ledger of one level; the two differ in a word (复查, 复核)."""
    return Ledger(
        title=f"信访{word}事项台账",
        recognised_by=("number", "requested_on", "outcome"),
        columns=(
            Column("number", (f"{word}编号", f"{word}案号"), required=True),
            Column("requested_on", ("申请日期", f"{word}申请日期", "收到申请日期", "申请时间"), required=True),
            Column("applicant.name", ("申请人", "信访人", "申请人姓名")),
            Column("applicant.phone", ("联系电话", "电话")),
            Column("accepted_on", ("受理日期", "受理时间")),
            Column("closed_on", ("办结日期", "办结时间", "结案日期", f"{word}日期")),
            Column("outcome", (f"{word}结论", f"{word}结果", f"{word}意见"), choices=(*OUTCOMES, STILL_OPEN)),
        ),
        steps=(
            LedgerStep("request", ("requested_on",)),
            LedgerStep("accept", ("accepted_on",)),
            LedgerStep("decide", ("closed_on",), ("outcome", DECISIONS)),
            LedgerStep("refuse", ("closed_on",), ("outcome", ("not_accepted",))),
            LedgerStep("withdraw", ("closed_on",), ("outcome", ("withdrawn",))),
        ),
        gives=(("level", level),),
    )
