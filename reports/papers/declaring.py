"""Which papers there are, of which kinds of case, and from which step on; their words stand in `texts`."""

from dataclasses import dataclass

from reports.papers import texts


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to print. `after`: one of these steps must have been taken; `word` stands in its number.

    In `lines`, {…} is filled from the case; where the case doesn't say it, a line is left to fill in by hand. A line
    that begins with # is a heading. `signed`: who signs at the end, the office apart.
    """

    code: str
    label: str
    kind: str
    after: tuple[str, ...]
    article: str
    word: str
    lines: tuple[str, ...]
    signed: tuple[str, ...] = ()


ACCEPTED = ("accept", "accept_simplified", "accept_deemed")
PAPERS = (
    Paper(
        "mediation_acceptance",
        "受理通知书",
        "mediation",
        ("accept",),
        "人民调解法第十七条",
        "人调受",
        texts.MEDIATION_ACCEPTANCE,
    ),
    Paper(
        "mediation_rights",
        "权利义务告知书",
        "mediation",
        ("register",),
        "人民调解法第二十三条、第二十四条",
        "人调告",
        texts.MEDIATION_RIGHTS,
        ("被告知人（签名）",),
    ),
    Paper(
        "mediation_agreement",
        "人民调解协议书",
        "mediation",
        ("accept",),
        "人民调解法第二十八条、第二十九条",
        "人调协",
        texts.MEDIATION_AGREEMENT,
        ("当事人（签名、盖章或者按指印）", "人民调解员（签名）", "记录人（签名）"),
    ),
    Paper(
        "petition_acceptance",
        "受理通知书",
        "petition",
        ("accept",),
        "信访工作条例第二十三条",
        "信受",
        texts.PETITION_ACCEPTANCE,
    ),
    Paper(
        "petition_reply",
        "信访事项处理意见书",
        "petition",
        ("conclude",),
        "信访工作条例第三十二条",
        "信意",
        texts.PETITION_REPLY,
    ),
    Paper(
        "petition_extension",
        "延期办理告知书",
        "petition",
        ("extend",),
        "信访工作条例第三十四条",
        "信延",
        texts.PETITION_EXTENSION,
    ),
    Paper(
        "petition_service",
        "送达回证",
        "petition",
        ("accept", "conclude"),
        "信访工作条例第三十五条",
        "信送",
        texts.SERVICE,
        ("受送达人（签名或者盖章）", "送达人（签名）"),
    ),
    Paper(
        "reconsideration_acceptance",
        "行政复议受理通知书",
        "reconsideration",
        ACCEPTED,
        "行政复议法第三十条",
        "政复受",
        texts.RECONSIDERATION_ACCEPTANCE,
    ),
    Paper(
        "reconsideration_decision",
        "行政复议决定书",
        "reconsideration",
        ("decide",),
        "行政复议法第七十五条",
        "政复决",
        texts.RECONSIDERATION_DECISION,
    ),
    Paper(
        "reconsideration_service",
        "送达回证",
        "reconsideration",
        (*ACCEPTED, "decide"),
        "行政复议法第八十八条",
        "政复送",
        texts.SERVICE,
        ("受送达人（签名或者盖章）", "送达人（签名）"),
    ),
)
PAPER_NAMED = {paper.code: paper for paper in PAPERS}
