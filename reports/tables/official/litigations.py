"""行政应诉案件统计表: suits by instance: who answers, at which level, how they end, who appeared, who lost."""

from casetrack.kinds.litigation_codes import INSTANCES
from casetrack.kinds.reconsideration_codes import LEVELS
from casetrack.stats.dimensions import UNSPECIFIED
from reports.tables.declaring import (
    Column,
    Equality,
    Hidden,
    Line,
    OfficialTable,
    Part,
    Share,
    Side,
    Sign,
    Succession,
    Sum,
    count,
    where,
)

RECEIVED, CONCLUDED = "litigation.received", "litigation.concluded"
ANSWERING, LEVEL, ENDED, HEADS, LOST = "应诉方式", "应诉机关级别", "已审结", "负责人出庭（一审级计一件）", "一审败诉"
SUITS = where(division="administrative")
CAPACITIES = {
    "act": ("原行政行为机关单独应诉", ("act",), ""),
    "reconsideration": ("复议机关单独应诉", ("reconsideration",), ""),
    "joint": ("共同应诉", ("joint",), ""),
    "other": (
        "其他",
        ("defendant", "plaintiff", "third_party", UNSPECIFIED),
        "以第三人等身份参加的，以及没有登记的计入此栏。",
    ),
}
JUDGED = {
    "claims_dismissed": ("驳回诉讼请求", ("claims_dismissed",)),
    "act_revoked": ("撤销", ("act_revoked", "partly_revoked")),
    "unlawful": ("确认违法", ("unlawful",)),
    "void": ("确认无效", ("void",)),
    "changed": ("变更", ("changed",)),
    "ordered": ("责令履行", ("ordered",)),
    "payment": ("给付", ("payment",)),
    "compensation_ordered": ("赔偿、补偿", ("compensation",)),
    "agreement": ("协议责任", ("agreement_liability",)),
    "appeal_dismissed": ("维持原判", ("appeal_dismissed", "retrial_upheld")),
    "reversed": ("改判", ("reversed",)),
    "remanded": ("发回重审", ("remanded",)),
}
RULED = {
    "suit_dismissed": ("驳回起诉", ("suit_dismissed",)),
    "withdrawn": ("撤诉", ("withdrawn", "appeal_withdrawn")),
    "retrial_refused": ("驳回再审申请", ("retrial_refused",)),
    "retrial_ordered": ("裁定再审", ("retrial_ordered",)),
    "transferred": ("移送", ("transferred",)),
    "terminated": ("终结", ("terminated",)),
}
MEDIATED = ("mediated",)
OTHER = ("other", "supported", "partly_supported")


def by_outcome(key: str, headings: tuple[str, ...], values: tuple[str, ...], said: str = "") -> Column:
    return Column(key, headings, count(CONCLUDED, where(outcome=values)), said=said)


BY_CAPACITY = tuple(
    Column(f"as_{key}", (ANSWERING, label), count(RECEIVED, where(capacity=values)), said=said)
    for key, (label, values, said) in CAPACITIES.items()
)
BY_LEVEL = tuple(
    Column(
        f"level_{level.code}",
        (LEVEL, level.label),
        count(RECEIVED, where(organ_level=("other", UNSPECIFIED) if level.code == "other" else level.code)),
        said="没有登记级别的计入此栏。" if level.code == "other" else "",
    )
    for level in LEVELS
)
RESULTS = (
    *(by_outcome(key, (ENDED, "判决", label), values) for key, (label, values) in JUDGED.items()),
    *(by_outcome(key, (ENDED, "裁定", label), values) for key, (label, values) in RULED.items()),
    by_outcome("mediated", (ENDED, "调解"), MEDIATED),
    by_outcome("other_result", (ENDED, "其他"), OTHER),
)
APPEARANCE = Part("litigation.head_appearance_rate")
LOSS = Part("litigation.loss_rate")
COLUMNS = (
    Column("carried_over", ("上期结转",), count("litigation.carried_over")),
    Column("received", ("本期新收",), count(RECEIVED)),
    Column("persons", ("原告总数",), count("litigation.persons"), "人"),
    *BY_CAPACITY,
    *BY_LEVEL,
    Column("attached_reviews", ("规范性文件附带审查",), count("litigation.attached_reviews")),
    Column("concluded", (ENDED, "总计"), count(CONCLUDED)),
    *RESULTS,
    Column(
        "after_change",
        (ENDED, "其中：被告改变后撤诉"),
        Share(Part("litigation.change_withdrawal_rate"), Side.NUMERATOR),
        said="本栏为改变后撤诉率的分子。",
    ),
    Column("pending", ("未审结",), count("litigation.pending")),
    Column("heard", (HEADS, "开庭"), count("litigation.heard")),
    Column("head_owed", (HEADS, "应出庭"), count("litigation.head_owed")),
    Column("head_appeared", (HEADS, "已出庭"), count("litigation.head_appeared")),
    Column("chief_appeared", (HEADS, "其中：正职"), count("litigation.chief_appeared")),
    Column("head_rate", (HEADS, "出庭应诉率"), Share(APPEARANCE), "%"),
    Column("lost", (LOST, "败诉"), Share(LOSS, Side.NUMERATOR), said="本栏为败诉率的分子。"),
    Column("judged_first", (LOST, "一审审结"), Share(LOSS, Side.DENOMINATOR), said="本栏为败诉率的分母。"),
    Column("loss_rate", (LOST, "败诉率"), Share(LOSS), "%"),
    Column("compensated", ("赔偿", "件数"), count("litigation.compensated")),
    Column("compensation", ("赔偿", "数额"), count("litigation.compensation_amount", times=10_000), "元"),
    Column("suggestions", ("司法建议",), count("litigation.judicial_suggestions")),
    Column(
        "sum_of_capacities",
        ("校验", "应诉方式小计"),
        Sum(tuple(column.key for column in BY_CAPACITY)),
        hidden=Hidden.ALWAYS,
    ),
    Column("sum_of_levels", ("校验", "级别小计"), Sum(tuple(column.key for column in BY_LEVEL)), hidden=Hidden.ALWAYS),
    Column("sum_of_results", ("校验", "结果小计"), Sum(tuple(column.key for column in RESULTS)), hidden=Hidden.ALWAYS),
)
LITIGATIONS = OfficialTable(
    name="litigations",
    title="行政应诉案件统计表",
    subject="litigation",
    stub="审级",
    form="行政应诉的表式没有查到，栏目按2015年修订的公开内容和地方系统的登记项目设置",
    columns=COLUMNS,
    lines=(
        Line("合计", SUITS),
        *(Line(each.label, (*SUITS, *where(instance=each.code))) for each in INSTANCES),
        Line("未填", (*SUITS, *where(instance=UNSPECIFIED)), hidden=Hidden.WHERE_EMPTY),
    ),
    equalities=(
        Equality("收结", "上期结转＋本期新收＝已审结＋未审结", ("carried_over", "received"), ("concluded", "pending")),
        Equality("方式", "本期新收＝各应诉方式之和", ("received",), ("sum_of_capacities",)),
        Equality("级别", "本期新收＝各级应诉机关之和", ("received",), ("sum_of_levels",)),
        Equality("结果", "已审结＝各种结果之和", ("concluded",), ("sum_of_results",)),
        Equality("附带", "附带审查≤本期新收", ("attached_reviews",), ("received",), Sign.AT_MOST),
        Equality("赔偿", "赔偿件数≤已审结", ("compensated",), ("concluded",), Sign.AT_MOST),
        Equality("败诉", "一审败诉≤一审审结", ("lost",), ("judged_first",), Sign.AT_MOST),
        Equality("出庭", "已出庭≤开庭", ("head_appeared",), ("heard",), Sign.AT_MOST, warns=True),
    ),
    successions=(Succession("结转", "carried_over", "pending"),),
    remarks=(
        "本表只计行政案件，政府及其部门为当事人的民事案件不计入。每一审级计一件。",
        "一件案件几次开庭，首次开庭和负责人首次出庭不在同一期的，“已出庭”可以大于“开庭”，只作提示。",
    ),
    pages_wide=2,
)
