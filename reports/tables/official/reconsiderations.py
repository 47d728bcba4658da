"""行政复议案件统计表: its 45 columns by field of management, balanced on accepted cases, by the list of its time.

The form counts each application once: one about several matters, or against several respondents, counts as 其他.
"""

from casetrack.kinds.reconsideration_codes import DECIDED, LEVELS, MATTERS, ORGAN_LEVELS
from casetrack.kinds.reconsideration_management import LISTS, OTHER, ManagementList
from casetrack.stats.dimensions import UNSPECIFIED
from reports.tables.declaring import (
    Column,
    Count,
    Equality,
    Hidden,
    Line,
    OfficialTable,
    Part,
    Sign,
    Succession,
    Sum,
    count,
    unfilled,
    where,
)

ACCEPTED, CONCLUDED = "reconsideration.accepted", "reconsideration.concluded"
RESPONDENT, ORGAN, MATTER, ENDED = "被申请人", "复议机关", "申请复议事项", "已审结"
TERMINATED, COMPENSATION, UNACCEPTED = "终止", "行政赔偿", "校验：未受理"
ONE, SEVERAL = ("no", UNSPECIFIED), ("yes",)
WITHOUT_COLUMN = {"work_injury": "confirmation", "agreement": OTHER, "compensation": OTHER}
"""Matters that offices write and the form has no column for, and the column that they count in."""
SAID = {
    "confirmation": "工伤认定计入此栏。",
    OTHER: "行政协议、行政赔偿，两个以上事项的申请，以及没有登记的计入此栏。",
}
OUTCOMES = {
    "dismissed": ("驳回", ("request_dismissed", "application_dismissed"), "驳回请求和驳回申请都计入此栏。"),
    "upheld": ("维持", ("upheld",), ""),
    "unlawful": ("确认违法", ("unlawful",), ""),
    "revoked": ("撤销", ("revoked", "partly_revoked"), "部分撤销计入此栏。"),
    "changed": ("变更", ("changed",), ""),
    "ordered": ("责令履行", ("ordered",), ""),
    "mediated": ("调解", ("mediated",), ""),
}
ENDS = {
    "withdrawn": ("撤回申请", ("withdrawn",)),
    "reconciled": ("和解协议", ("reconciled",)),
    "terminated": ("其他", ("terminated",)),
}
REST = tuple(choice.code for choice in DECIDED if not any(choice.code in values for _, values, _ in OUTCOMES.values()))


def by_slot(key: str, heading: str, label: str, dimension: str, flag: str, values: tuple[str, ...]) -> Column:
    """A column of those that name only one; in 其他 come those that name several, whatever these are."""
    alone = Part(ACCEPTED, ((dimension, values), (flag, ONE)))
    if OTHER not in values:
        return Column(f"{key}_{values[0]}", (heading, label), Count((alone,)), said=said_of(key, values[0]))
    several = Part(ACCEPTED, where(**{flag: SEVERAL}))
    return Column(f"{key}_{OTHER}", (heading, label), Count((alone, several)), said=said_of(key, OTHER))


def said_of(key: str, code: str) -> str:
    if key == "matter":
        return SAID.get(code, "")
    return "两个以上被申请人的申请，以及没有登记的计入此栏。" if code == OTHER else ""


def counted_in(code: str) -> tuple[str, ...]:
    """The matters of a column: its own first, then those without one."""
    rest = (UNSPECIFIED,) if code == OTHER else ()
    return (code, *(each for each, column in WITHOUT_COLUMN.items() if column == code), *rest)


RESPONDENTS = tuple(
    by_slot(
        "respondent",
        RESPONDENT,
        level.label,
        "respondent_level",
        "several_respondents",
        (OTHER, UNSPECIFIED) if level.code == OTHER else (level.code,),
    )
    for level in LEVELS
)
ORGANS = (
    *(
        Column(f"organ_{level.code}", (ORGAN, level.label), count(ACCEPTED, where(organ_level=level.code)))
        for level in ORGAN_LEVELS
    ),
    unfilled("organ_unknown", (ORGAN,), count(ACCEPTED, where(organ_level=UNSPECIFIED))),
)
MATTERS_ACROSS = tuple(
    by_slot("matter", MATTER, choice.label, "matter", "several_matters", counted_in(choice.code))
    for choice in MATTERS
    if choice.code not in WITHOUT_COLUMN
)
RESULTS = (
    *(
        Column(key, (ENDED, label), count(CONCLUDED, where(outcome=values)), said=said)
        for key, (label, values, said) in OUTCOMES.items()
    ),
    *(
        Column(key, (ENDED, TERMINATED, label), count(CONCLUDED, where(outcome=values)))
        for key, (label, values) in ENDS.items()
    ),
    Column(
        "other_result",
        (ENDED, "其他"),
        count(CONCLUDED, where(outcome=REST)),
        said="确认无效，行政协议责任、补偿在本表式中没有单独的栏，计入此栏。",
    ),
)
UNACCEPTED_WAYS = {
    "not_accepted": "不予受理",
    "redirected": "告知、转送",
    "abandoned": "视为放弃",
    "withdrawn_before_acceptance": "受理前撤回",
}
BEFORE_ACCEPTANCE = (
    *(
        Column(key, (UNACCEPTED, label), count(f"reconsideration.{key}"), hidden=Hidden.ALWAYS)
        for key, label in UNACCEPTED_WAYS.items()
    ),
    Column(
        "all_carried_over", (UNACCEPTED, "全部上期结转"), count("reconsideration.carried_over"), hidden=Hidden.ALWAYS
    ),
    Column("all_pending", (UNACCEPTED, "全部未办结"), count("reconsideration.pending"), hidden=Hidden.ALWAYS),
)


def keys(columns: tuple[Column, ...]) -> tuple[str, ...]:
    return tuple(column.key for column in columns)


SUBTOTALS = (
    Column("sum_of_respondents", ("校验", "被申请人小计"), Sum(keys(RESPONDENTS)), hidden=Hidden.ALWAYS),
    Column("sum_of_organs", ("校验", "复议机关小计"), Sum(keys(ORGANS)), hidden=Hidden.ALWAYS),
    Column("sum_of_matters", ("校验", "事项小计"), Sum(keys(MATTERS_ACROSS)), hidden=Hidden.ALWAYS),
    Column("sum_of_results", ("校验", "结果小计"), Sum(keys(RESULTS)), hidden=Hidden.ALWAYS),
)
COLUMNS = (
    Column("carried_over", ("上期结转",), count("reconsideration.accepted_carried_over")),
    Column("received", ("本期新收",), count("reconsideration.received")),
    Column("accepted", ("受理",), count(ACCEPTED)),
    Column("applicants", ("申请人总数",), count("reconsideration.applicants"), "人"),
    *RESPONDENTS,
    *ORGANS,
    *MATTERS_ACROSS,
    Column("concluded", (ENDED, "总计"), count(CONCLUDED)),
    *RESULTS,
    Column("pending", ("未审结",), count("reconsideration.accepted_pending")),
    Column("compensated", (COMPENSATION, "件数"), count("reconsideration.compensated")),
    Column(
        "compensation",
        (COMPENSATION, "赔偿数额"),
        count("reconsideration.compensation_amount", times=10_000),
        "元",
    ),
    *SUBTOTALS,
    *BEFORE_ACCEPTANCE,
)
EQUALITIES = (
    Equality("B1", "上期结转＋受理＝已审结＋未审结", ("carried_over", "accepted"), ("concluded", "pending")),
    Equality(
        "B2",
        "全部上期结转＋本期新收＋受理未审结＝受理结转＋受理＋未受理各项＋全部未办结",
        ("all_carried_over", "received", "pending"),
        ("carried_over", "accepted", *UNACCEPTED_WAYS, "all_pending"),
    ),
    Equality("B3", "受理＝被申请人各栏之和", ("accepted",), ("sum_of_respondents",)),
    Equality("B3", "受理＝复议机关各栏之和（＋未填）", ("accepted",), ("sum_of_organs",)),
    Equality("B3", "受理＝申请复议事项各栏之和", ("accepted",), ("sum_of_matters",)),
    Equality("B4", "已审结＝各种结果之和", ("concluded",), ("sum_of_results",)),
    Equality("B7", "行政赔偿件数≤已审结", ("compensated",), ("concluded",), Sign.AT_MOST, warns=True),
)


def lines(listed: ManagementList) -> tuple[Line, ...]:
    """The rows of a list; what says of no field counts in its last, 其他."""
    last = listed.rows[-1][0]
    return (
        Line("合计"),
        *(
            Line(label, where(field=(*codes, UNSPECIFIED) if label == last else codes), said=told(listed, label))
            for label, codes in listed.rows
        ),
    )


def told(listed: ManagementList, label: str) -> str:
    """Which terms a row counts, where they are more than its own name."""
    names = [name for name in listed.names_in(label) if name != label]
    return f"包括{'、'.join(names)}。" if names else ""


def table_of(listed: ManagementList) -> OfficialTable:
    return OfficialTable(
        name="reconsiderations",
        title="行政复议案件统计表",
        subject="reconsideration",
        stub="行政管理类别",
        form=f"栏目按国法复统字1号（2016年使用的版本），行政管理类别按{listed.label}；现行版本没有查到",
        columns=COLUMNS,
        lines=lines(listed),
        equalities=EQUALITIES,
        successions=(Succession("B6", "carried_over", "pending"),),
        remarks=(
            "本表以受理的案件平衡：上期结转＋受理＝已审结＋未审结；各类别的上期结转等于上期的未审结。",
            "每一申请只计一次：两个以上申请复议事项的计入事项的“其他”，两个以上被申请人的计入被申请人的“其他”。",
            "申请人总数按人计，其余各栏按件计；行政赔偿件数大于已审结时只作提示。",
        ),
        pages_wide=2,
        version=listed.code,
        since=listed.since,
    )


RECONSIDERATIONS = tuple(table_of(listed) for listed in LISTS)
