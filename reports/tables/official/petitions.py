"""信访情况统计表: channels across purposes, first and repeated, and the three rates with what they are formed of."""

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

RECEIVED = "petition.received"
FIRST, REPEATED = ("no", "unspecified"), ("yes",)
NOT_SAID = "没有登记为重复信访的计入初次。"
PURPOSES = {
    "suggestion": ("建议意见", ("suggestion",), ""),
    "accusation": ("检举控告", ("accusation",), ""),
    "appeal": ("申诉求决", ("appeal",), ""),
    "other": ("其他", ("other", "unspecified"), "没有登记目的的计入此栏。"),
}
RATES = {
    "acceptance": ("及时受理率", "timely_acceptance_rate", "按期受理、告知", "应受理、告知"),
    "conclusion": ("按期办结率", "timely_conclusion_rate", "按期办结", "应办结"),
    "satisfaction": ("群众满意率", "satisfaction_rate", "满意和基本满意", "参评"),
}


def purpose(key: str, label: str, values: tuple[str, ...], said: str) -> tuple[Column, ...]:
    return (
        Column(key, (label, "小计"), count(RECEIVED, where(purpose=values)), said=said),
        Column(
            f"{key}_first", (label, "初次"), count(RECEIVED, where(purpose=values, repeat=FIRST)), said=said + NOT_SAID
        ),
        Column(f"{key}_repeated", (label, "重复"), count(RECEIVED, where(purpose=values, repeat=REPEATED)), said=said),
    )


def rate(key: str, label: str, measure: str, above: str, below: str) -> tuple[Column, ...]:
    part = Part(f"petition.{measure}")
    return (
        Column(f"{key}_above", (label, above), Share(part, Side.NUMERATOR), said=f"本栏为{label}的分子。"),
        Column(f"{key}_below", (label, below), Share(part, Side.DENOMINATOR), said=f"本栏为{label}的分母。"),
        Column(f"{key}_rate", (label, "比率"), Share(part), "%"),
    )


COLUMNS = (
    Column("carried_over", ("上期结转",), count("petition.carried_over")),
    Column("received", ("本期收到", "合计"), count(RECEIVED)),
    Column("first", ("本期收到", "初次"), count(RECEIVED, where(repeat=FIRST)), said=NOT_SAID),
    Column("repeated", ("本期收到", "重复"), count(RECEIVED, where(repeat=REPEATED))),
    Column("persons", ("本期收到", "人次"), count("petition.persons"), "人次"),
    *(column for key, declared in PURPOSES.items() for column in purpose(key, *declared)),
    Column("sum_of_purposes", ("校验", "目的小计"), Sum(tuple(PURPOSES)), hidden=Hidden.ALWAYS),
    Column("accepted", ("办理情况", "受理"), count("petition.accepted")),
    Column("closed", ("办理情况", "办结"), count("petition.closed")),
    Column("concluded", ("办理情况", "出具意见"), count("petition.concluded")),
    Column("settled", ("办理情况", "化解"), count("petition.settled")),
    Column("pending", ("办理情况", "未办结"), count("petition.pending")),
    *(column for key, declared in RATES.items() for column in rate(key, *declared)),
)
LINES = (
    Line("合计"),
    Line("来信", where(channel="letter")),
    Line("来访", where(channel="visit")),
    Line("网上投诉", where(channel="online")),
    Line("来电", where(channel="phone")),
    Line("传真", where(channel="fax")),
    Line("上级交办", where(channel="delegated")),
    Line("未填", where(channel="unspecified"), hidden=Hidden.WHERE_EMPTY),
)


def parts_of(whole: str) -> Equality:
    label = "本期收到" if whole == "received" else PURPOSES[whole][0]
    prefix = "" if whole == "received" else f"{whole}_"
    return Equality("初重", f"{label}＝初次＋重复", (whole,), (f"{prefix}first", f"{prefix}repeated"))


PETITIONS = OfficialTable(
    name="petitions",
    title="信访情况统计表",
    subject="petition",
    stub="信访形式",
    form="没有查到全国统一的表式，栏目按信访形式、信访目的和“三率”设置，各地口径不同的比率注明所用口径",
    columns=COLUMNS,
    lines=LINES,
    equalities=(
        Equality("收结", "上期结转＋本期收到＝办结＋未办结", ("carried_over", "received"), ("closed", "pending")),
        Equality("目的", "本期收到＝各目的之和", ("received",), ("sum_of_purposes",)),
        *(parts_of(whole) for whole in ("received", *PURPOSES)),
        Equality("去向", "出具意见＋化解≤办结", ("concluded", "settled"), ("closed",), Sign.AT_MOST),
        *(
            Equality("比率", f"{declared[0]}分子≤分母", (f"{key}_above",), (f"{key}_below",), Sign.AT_MOST)
            for key, declared in RATES.items()
        ),
    ),
    successions=(Succession("结转", "carried_over", "pending"),),
    remarks=("期间按收到日期（信访日期）计算；登记日期、交办日期口径的数字与本表不同。",),
)
