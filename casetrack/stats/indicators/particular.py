"""The indicators that a subject has of its own, as reports and official forms name them."""

from casetrack.stats.indicators.base import Counted, Form, Indicator, Term, Window

DIRECTLY_CORRECTED = ("revoked", "partly_revoked", "changed", "unlawful", "void", "ordered")
SATISFIED = ("satisfied", "basically_satisfied")
LOST = (
    "act_revoked",
    "partly_revoked",
    "unlawful",
    "void",
    "changed",
    "ordered",
    "payment",
    "compensation",
    "agreement_liability",
)
FIRST_INSTANCE = (("division", ("administrative",)), ("instance", ("first",)))


def flow(subject: str, measure: str, label: str, definition: str, *, unit: str = "件", name: str = "") -> Indicator:
    """The milestones of a name in the period; the measure goes by that name unless another is given."""
    return Indicator(subject, measure, label, unit, definition, (Term(name or measure),))


def persons(subject: str, measure: str, label: str, definition: str, *, name: str) -> Indicator:
    return Indicator(subject, measure, label, "人", definition, (Term(name, counted=Counted.PERSONS),))


def amount(subject: str, measure: str, label: str, definition: str, *, name: str) -> Indicator:
    term = Term(name, counted=Counted.CENTS)
    return Indicator(subject, measure, label, "万元", definition, (term,), form=Form.AMOUNT, decimals=2)


def rate(
    subject: str,
    measure: str,
    label: str,
    definition: str,
    over: tuple[tuple[Term, ...], tuple[Term, ...]],
    *,
    version: str = "",
) -> Indicator:
    terms, base = over
    return Indicator(subject, measure, label, "%", definition, terms, base, Form.RATE, decimals=1, version=version)


MEDIATION = (
    flow("mediation", "mediated", "调解", "统计期内调解终结（达成协议或调解不成）的纠纷数，按终结日期计。"),
    flow("mediation", "succeeded", "调解成功", "统计期内达成调解协议的纠纷数。"),
    flow("mediation", "failed", "调解不成", "统计期内终止调解、未达成协议的纠纷数。"),
    rate(
        "mediation",
        "success_rate",
        "调解成功率",
        "统计期内调解成功的纠纷数与调解终结的纠纷数的比例。",
        ((Term("succeeded"),), (Term("mediated"),)),
    ),
    flow("mediation", "performed", "协议履行", "统计期内履行完毕的调解协议数。"),
    rate(
        "mediation",
        "performance_rate",
        "协议履行率",
        "统计期内收到的纠纷中，截至截止日达成协议的案件里已履行完毕的所占比例。",
        ((Term("performed", Window.COHORT),), (Term("succeeded", Window.COHORT),)),
    ),
    flow("mediation", "judicially_confirmed", "司法确认", "统计期内经人民法院司法确认的调解协议数。"),
    amount("mediation", "agreement_amount", "协议涉及金额", "统计期内达成的调解协议所涉金额之和。", name="succeeded"),
)
PETITION = (
    flow("petition", "concluded", "办结（出具意见）", "统计期内出具处理意见而办结的信访事项数。"),
    flow("petition", "settled", "化解", "统计期内以和解、调解化解的信访事项数。"),
    flow("petition", "diverted", "导入法定程序", "统计期内导入诉讼、复议等法定程序的信访事项数。"),
    flow("petition", "rated", "参评", "统计期内信访人作出满意度评价的信访事项数。"),
    rate(
        "petition",
        "satisfaction_rate",
        "群众满意率",
        "统计期内作出评价的信访事项中，评价为满意或基本满意的所占比例，未评价的不计入。",
        ((Term("rated", where=(("satisfaction", SATISFIED),)),), (Term("rated"),)),
        version="满意率·按参评数·1",
    ),
)
PETITION_REVIEW = (flow("petition_review", "decided", "作出意见", "统计期内作出复查、复核意见的事项数。"),)
RECONSIDERATION = (
    flow("reconsideration", "concluded", "审结", "统计期内已受理案件中以决定、调解或终止结案的数量。"),
    flow("reconsideration", "decided", "作出复议决定", "统计期内作出行政复议决定的案件数。"),
    flow("reconsideration", "mediated", "调解结案", "统计期内以行政复议调解书结案的案件数。"),
    flow("reconsideration", "reconciled", "和解终止", "统计期内因达成和解而终止的案件数。"),
    flow(
        "reconsideration",
        "withdrawn_before_acceptance",
        "受理前撤回",
        "统计期内在受理前撤回（含受理前调解、和解）的申请数。",
    ),
    rate(
        "reconsideration",
        "correction_rate",
        "直接纠错率",
        "统计期内审结的案件中，决定撤销、部分撤销、变更、确认违法、确认无效或责令履行的所占比例。",
        ((Term("decided", where=(("outcome", DIRECTLY_CORRECTED),)),), (Term("concluded"),)),
        version="直接纠错率·按审结数·1",
    ),
)
LITIGATION = (
    flow("litigation", "concluded", "审结", "统计期内法院作出裁判的应诉案件数。"),
    flow("litigation", "hearings_attended", "参加庭审", "统计期内开庭审理的次数。", unit="次"),
    persons(
        "litigation",
        "hearing_attendance",
        "庭审旁听人数",
        "统计期内各次庭审的旁听人数之和。",
        name="hearings_attended",
    ),
    flow("litigation", "head_appearances", "负责人出庭次数", "统计期内行政机关负责人出庭应诉的次数。", unit="次"),
    persons(
        "litigation",
        "heads_appeared",
        "出庭负责人人数",
        "统计期内各次庭审出庭的行政机关负责人人数之和。",
        name="head_appearances",
    ),
    rate(
        "litigation",
        "head_appearance_rate",
        "负责人出庭应诉率",
        "统计期内开庭的行政案件（一审级计一件）中，有行政机关负责人出庭的所占比例。",
        ((Term("head_appeared"),), (Term("heard"),)),
        version="负责人出庭应诉率·按开庭审级·1",
    ),
    flow("litigation", "judgments_performed", "执行生效裁判", "统计期内执行人民法院生效裁判的案件数。"),
    flow("litigation", "judicial_suggestions", "司法建议", "统计期内收到人民法院司法建议的件数。"),
    flow("litigation", "procuratorial_suggestions", "检察建议", "统计期内收到人民检察院检察建议的件数。"),
    rate(
        "litigation",
        "loss_rate",
        "败诉率",
        "统计期内一审审结的行政案件中，判决撤销、部分撤销、确认违法或无效、变更、责令履行、给付或承担赔偿、补偿责任的所占比例。",
        (
            (Term("concluded", where=(*FIRST_INSTANCE, ("outcome", LOST))),),
            (Term("concluded", where=FIRST_INSTANCE),),
        ),
        version="败诉率·一审审结·1",
    ),
)
LEGAL_AID = (
    flow("legal_aid", "assigned", "指派", "统计期内已指派承办人的法律援助案件数。"),
    flow("legal_aid", "concluded", "援助办结", "统计期内援助事项办理完毕的案件数。"),
    flow("legal_aid", "terminated", "终止援助", "统计期内决定终止援助的案件数。"),
    amount("legal_aid", "recovered_amount", "挽回损失", "统计期内办结的援助案件挽回损失之和。", name="concluded"),
)
PARTICULAR = {
    "mediation": MEDIATION,
    "petition": PETITION,
    "petition_review": PETITION_REVIEW,
    "reconsideration": RECONSIDERATION,
    "litigation": LITIGATION,
    "legal_aid": LEGAL_AID,
}
