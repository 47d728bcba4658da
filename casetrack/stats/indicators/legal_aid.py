"""The indicators of legal aid: cases organised, by notice and by application, and what they came to."""

from datetime import date

from casetrack.kinds.legal_aid_codes import GROUPS
from casetrack.stats.indicators.base import Term
from casetrack.stats.indicators.shorthand import amount, cohort, flow, persons, rate

SUBJECT = "legal_aid"
REGULATION = date(2003, 9, 1)  # 法律援助条例
BY_NOTICE = (("notified", ("yes",)),)


def of_type(*types: str) -> Term:
    return Term("accepted", where=(("aid_type", types),))


LEGAL_AID = (
    flow(SUBJECT, "assigned", "指派", "统计期内已指派承办人的法律援助案件数。"),
    flow(SUBJECT, "concluded", "援助办结", "统计期内援助事项办理完毕的案件数。"),
    flow(SUBJECT, "terminated", "终止援助", "统计期内决定终止援助的案件数。"),
    flow(
        SUBJECT,
        "accepted_by_notice",
        "通知辩护（代理）",
        "统计期内按办案机关通知提供援助的案件数。",
        term=Term("accepted", where=BY_NOTICE),
        since=REGULATION,
    ),
    flow(SUBJECT, "accepted_civil", "民事援助", "统计期内决定援助的民事案件数。", term=of_type("civil")),
    flow(SUBJECT, "accepted_criminal", "刑事援助", "统计期内决定援助的刑事案件数。", term=of_type("criminal")),
    flow(
        SUBJECT,
        "accepted_administrative",
        "行政援助",
        "统计期内决定援助的行政案件（含国家赔偿）数。",
        term=of_type("administrative", "state_compensation"),
    ),
    persons(
        SUBJECT,
        "recipients",
        "受援人",
        "统计期内决定援助的案件所登记的受援人数之和，未登记人数的按一人计。",
        name="accepted",
    ),
    *(
        flow(
            SUBJECT,
            f"accepted_{group}",
            f"受援人为{label}",
            f"统计期内决定援助、受援人为{label}的案件数，一人可以属于几类，各类不能相加。",
        )
        for group, label in GROUPS.items()
    ),
    rate(
        SUBJECT,
        "grant_rate",
        "准予援助率",
        "统计期内收到的申请和通知中，截至截止日已作出决定的里准予援助的所占比例。",
        (cohort("accepted"), cohort("accepted", "not_accepted")),
        ("准予援助数", "准予数与不予援助数之和"),
        version="准予援助率·按决定数·1",
    ),
    flow(SUBJECT, "quality_reviewed", "质量评查", "统计期内评查质量的案件数。"),
    amount(SUBJECT, "recovered_amount", "挽回损失", "统计期内办结的援助案件挽回损失之和。", name="concluded"),
    amount(SUBJECT, "subsidy_amount", "补贴", "统计期内支付的办案补贴之和。", name="subsidised"),
)
