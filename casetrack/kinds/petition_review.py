"""Review (信访复查) and re-review (信访复核) of a petition's opinion."""

from casetrack.kinds.base import Choice, Column, Field, FieldType, Kind, Ledger, LedgerStep, Mark, Start, State, Step

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
CLOCKS = ("petition.review_decide", "petition.rereview_decide")


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


PETITION_REVIEW = Kind(
    code="petition_review",
    label="信访复查复核",
    statute="信访工作条例",
    number_word="信复",
    office="petition_office",
    other_offices=("responsible_body", "justice_bureau"),
    fields=(
        Field("level", "级别", FieldType.CHOICE, LEVELS, dimension=True),
        Field("reason", "申请理由", personal=True),
        Field("outcome", "结论", FieldType.CHOICE, OUTCOMES, dimension=True),
    ),
    states=(
        State("requested", "已收到申请"),
        State("accepted", "已受理"),
        State("decided", "已作出意见", open=False),
        State("not_accepted", "不予受理", open=False),
        State("withdrawn", "已撤回", open=False),
    ),
    steps=(
        Step(
            "request",
            "收到申请",
            (),
            "requested",
            "信访工作条例第三十五条、第三十六条",
            records=("level", "reason"),
            needs=("level",),
            marks=(Mark("received"),),
            starts=(
                Start("petition.review_decide", when=(("level", "review"),)),
                Start("petition.rereview_decide", when=(("level", "rereview"),)),
            ),
        ),
        Step(
            "accept",
            "受理",
            ("requested",),
            "accepted",
            "信访工作条例第三十五条、第三十六条",
            marks=(Mark("accepted"),),
        ),
        Step(
            "decide",
            "作出复查（复核）意见",
            ("accepted",),
            "decided",
            "信访工作条例第三十五条、第三十六条",
            records=("outcome",),
            needs=("outcome",),
            marks=(Mark("closed"), Mark("decided")),
            ends=CLOCKS,
            only=(("outcome", DECISIONS),),
        ),
        Step(
            "refuse",
            "不予受理",
            ("requested",),
            "not_accepted",
            "信访工作条例第三十五条、第三十六条",
            marks=(Mark("closed"), Mark("not_accepted")),
            ends=CLOCKS,
            sets=(("outcome", "not_accepted"),),
        ),
        Step(
            "withdraw",
            "撤回",
            ("requested", "accepted"),
            "withdrawn",
            "信访工作条例第三十五条",
            marks=(Mark("closed"), Mark("withdrawn")),
            drops=CLOCKS,
            sets=(("outcome", "withdrawn"),),
        ),
    ),
    roles=(Choice("applicant", "申请人"),),
    breakdowns=(("level",), ("outcome",), ("level", "outcome")),
    ledgers=(ledger_of("review", "复查"), ledger_of("rereview", "复核")),
)
