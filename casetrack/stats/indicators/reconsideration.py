"""The indicators of reconsideration: how cases end, the stocks of the official table, correction in its versions."""

from casetrack.stats.indicators.base import Indicator, Term, Window
from casetrack.stats.indicators.shorthand import amount, cohort, flow, of, persons, rate, remaining

SUBJECT = "reconsideration"
FORM = "行政复议案件统计表（国法复统字1号）"
DIRECTLY_CORRECTED = ("revoked", "partly_revoked", "changed", "unlawful", "void", "ordered")
SETTLED = ("mediated", "withdrawn", "reconciled")


def ended(*outcomes: str, name: str = "concluded") -> Term:
    return Term(name, where=(("outcome", outcomes),))


DIRECT = ended(*DIRECTLY_CORRECTED, name="decided")
ENDS = (
    flow(
        SUBJECT,
        "concluded",
        "审结",
        "统计期内已受理案件中以决定、调解或终止结案的数量。",
        column=f"{FORM} 第31栏",
    ),
    flow(SUBJECT, "decided", "作出复议决定", "统计期内作出行政复议决定的案件数。"),
    flow(SUBJECT, "mediated", "调解结案", "统计期内以行政复议调解书结案的案件数。", column=f"{FORM} 第38栏"),
    flow(SUBJECT, "reconciled", "和解终止", "统计期内因达成和解而终止的案件数。", column=f"{FORM} 第40栏"),
    flow(
        SUBJECT,
        "terminated",
        "其他终止",
        "统计期内因撤回、和解以外的原因终止的案件数。",
        term=ended("terminated"),
        column=f"{FORM} 第41栏",
    ),
    flow(
        SUBJECT,
        "withdrawn_before_acceptance",
        "受理前撤回",
        "统计期内在受理前撤回（含受理前调解、和解）的申请数。",
    ),
    flow(
        SUBJECT,
        "redirected",
        "告知、转送",
        "统计期内告知申请人向有权机关提出或者转送的申请数。",
        term=ended("redirected", name="closed"),
    ),
    flow(
        SUBJECT,
        "abandoned",
        "视为放弃",
        "统计期内因逾期未补正而视为放弃的申请数。",
        term=ended("abandoned", name="closed"),
    ),
)
STOCKS: tuple[Indicator, ...] = (
    Indicator(
        SUBJECT,
        "accepted_carried_over",
        "受理案件上期结转",
        "件",
        "统计期开始前受理、开始时尚未审结的案件数。",
        (Term("accepted", Window.CARRIED_OVER, out="concluded"),),
        column=f"{FORM} 第1栏",
    ),
    Indicator(
        SUBJECT,
        "accepted_pending",
        "受理案件未审结",
        "件",
        "截至统计期末（或截止日）已受理而尚未审结的案件数。",
        (Term("accepted", Window.PENDING, out="concluded"),),
        column=f"{FORM} 第43栏",
    ),
    persons(
        SUBJECT,
        "applicants",
        "申请人",
        "统计期内受理的案件所登记的申请人数之和，未登记人数的按一人计。",
        name="accepted",
        column=f"{FORM} 第4栏",
    ),
    flow(
        SUBJECT,
        "compensated",
        "决定赔偿",
        "统计期内作出的复议决定中，决定给予行政赔偿的案件数。",
        column=f"{FORM} 第44栏",
    ),
    amount(
        SUBJECT,
        "compensation_amount",
        "决定赔偿金额",
        "统计期内作出的复议决定所定赔偿数额之和。",
        name="decided",
        column=f"{FORM} 第45栏",
    ),
)
RATES = (
    rate(
        SUBJECT,
        "correction_rate",
        "直接纠错率",
        "统计期内审结的案件中，决定撤销、部分撤销、变更、确认违法、确认无效或责令履行的所占比例。",
        ((DIRECT,), of("concluded")),
        ("直接纠错数", "审结数"),
        version="直接纠错率·按审结数·1",
    ),
    rate(
        SUBJECT,
        "correction_rate_of_accepted",
        "直接纠错率（按受理数）",
        "统计期内直接纠错的案件数与统计期内受理的案件数的比例，两者不是同一批案件，可能超过百分之百。",
        ((DIRECT,), of("accepted")),
        ("直接纠错数", "受理数"),
        version="直接纠错率·按受理数·1",
    ),
    rate(
        SUBJECT,
        "comprehensive_correction_rate",
        "综合纠错率",
        "统计期内审结的案件中，直接纠错或者被申请人改变行政行为后终止的所占比例。",
        ((DIRECT, Term("ended_after_change")), of("concluded")),
        ("直接纠错数与改变后终止数之和", "审结数"),
        version="综合纠错率·直接纠错和改变后终止·1",
    ),
    rate(
        SUBJECT,
        "comprehensive_correction_rate_with_settled",
        "综合纠错率（含全部调解、终止）",
        "统计期内审结的案件中，直接纠错、调解结案或者终止的所占比例。",
        ((ended(*DIRECTLY_CORRECTED, *SETTLED, "terminated"),), of("concluded")),
        ("直接纠错、调解、终止数之和", "审结数"),
        version="综合纠错率·含全部调解和终止·1",
    ),
    rate(
        SUBJECT,
        "settlement_rate",
        "调撤率",
        "统计期内审结的案件中，调解结案、和解或者撤回而终止的所占比例。",
        ((ended(*SETTLED),), of("concluded")),
        ("调解、和解、撤回数之和", "审结数"),
        version="调撤率·按审结数·1",
    ),
    rate(
        SUBJECT,
        "suit_rate",
        "复议后起诉率",
        "统计期内收到的申请中，截至截止日被提起诉讼（含逾期未决定而起诉）的案件数与已办结案件数的比例。",
        ((Term("sued", Window.COHORT),), (Term("closed", Window.COHORT),)),
        ("被提起诉讼的案件数", "办结数"),
        version="起诉率·按办结数·1",
    ),
    rate(
        SUBJECT,
        "settled_for_good_rate",
        "案结事了率",
        "统计期内收到的申请中，截至截止日已办结的案件里未被提起诉讼的所占比例，不予受理、终止等各种方式办结的都计入。",
        (remaining("closed", out="closed_and_sued"), cohort("closed")),
        ("办结而未被提起诉讼的案件数", "办结数"),
        version="案结事了率·按办结数·1",
    ),
)
RECONSIDERATION = (*ENDS, *STOCKS, *RATES)
