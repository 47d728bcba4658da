"""法律援助情况统计表: types of case by source, route, stage and form; groups of recipients, never added up; ends."""

from casetrack.kinds.legal_aid_codes import AID_TYPES, FORMS, GROUPS, ROUTES, STAGES
from reports.tables.declaring import Column, Equality, Line, OfficialTable, Sign, Succession, count, unfilled, where

ACCEPTED = "legal_aid.accepted"
SOURCE, STAGE, FORM, WHOM = "案件来源", "案件阶段", "援助形式", "受援人类别（一人可属几类，不能相加）"
BY_NOTICE, ON_APPLICATION = ("yes",), ("no", "unspecified")
REST = ("other", "unspecified")


def by_choice(prefix: str, heading: str, dimension: str, choices: tuple[tuple[str, str], ...]) -> tuple[Column, ...]:
    """A column for each choice; what has none counts as 其他 where the list has that."""
    return tuple(
        Column(
            f"{prefix}_{code}",
            (heading, label),
            count(ACCEPTED, ((dimension, REST if code == "other" else (code,)),)),
            said="没有登记的计入此栏。" if code == "other" else "",
        )
        for code, label in choices
    )


STAGES_ACROSS = by_choice("stage", STAGE, "stage", tuple((each.code, each.label) for each in STAGES))
FORMS_ACROSS = by_choice("form", FORM, "form", tuple((each.code, each.label) for each in FORMS))
ROUTES_ACROSS = (
    *by_choice("route", SOURCE, "route", tuple((each.code, each.label) for each in ROUTES)),
    unfilled("route_unknown", (SOURCE,), count(ACCEPTED, where(route="unspecified"))),
)
COLUMNS = (
    Column("carried_over", ("上期结转",), count("legal_aid.carried_over")),
    Column("received", ("收到申请、通知",), count("legal_aid.received")),
    Column("accepted", ("批准援助", "件数"), count(ACCEPTED)),
    Column("recipients", ("批准援助", "受援人数"), count("legal_aid.recipients"), "人"),
    Column("on_application", ("批准援助", "其中：依申请"), count(ACCEPTED, where(notified=ON_APPLICATION))),
    Column("by_notice", ("批准援助", "其中：通知"), count(ACCEPTED, where(notified=BY_NOTICE))),
    *ROUTES_ACROSS,
    *STAGES_ACROSS,
    *FORMS_ACROSS,
    *(Column(f"group_{group}", (WHOM, label), count(f"legal_aid.accepted_{group}")) for group, label in GROUPS.items()),
    Column("not_accepted", ("办理结果", "不予援助"), count("legal_aid.not_accepted")),
    Column("withdrawn", ("办理结果", "撤回"), count("legal_aid.withdrawn")),
    Column("terminated", ("办理结果", "终止"), count("legal_aid.terminated")),
    Column("concluded", ("办理结果", "办结"), count("legal_aid.concluded")),
    Column("pending", ("未办结",), count("legal_aid.pending")),
    Column("recovered", ("挽回损失",), count("legal_aid.recovered_amount"), "万元"),
)
LEGAL_AID = OfficialTable(
    name="legal_aid",
    title="法律援助情况统计表",
    subject="legal_aid",
    stub="案件类型",
    form="司法部法律援助统计表式没有查到，栏目按公开的统计口径设置；法律咨询、值班律师法律帮助另行报送，不计入案件",
    columns=COLUMNS,
    lines=(
        Line("合计"),
        *(
            Line(
                each.label,
                where(aid_type=REST if each.code == "other" else each.code),
            )
            for each in AID_TYPES
        ),
    ),
    equalities=(
        Equality(
            "收结",
            "上期结转＋收到＝不予援助＋撤回＋终止＋办结＋未办结",
            ("carried_over", "received"),
            ("not_accepted", "withdrawn", "terminated", "concluded", "pending"),
        ),
        Equality("方式", "批准援助＝依申请＋通知", ("accepted",), ("on_application", "by_notice")),
        Equality("来源", "批准援助＝各申请途径之和", ("accepted",), tuple(each.key for each in ROUTES_ACROSS)),
        Equality("阶段", "批准援助＝各案件阶段之和", ("accepted",), tuple(each.key for each in STAGES_ACROSS)),
        Equality("形式", "批准援助＝各援助形式之和", ("accepted",), tuple(each.key for each in FORMS_ACROSS)),
        *(
            Equality("类别", f"受援人为{label}≤批准援助", (f"group_{group}",), ("accepted",), Sign.AT_MOST)
            for group, label in GROUPS.items()
        ),
    ),
    successions=(Succession("结转", "carried_over", "pending"),),
    pages_wide=2,
)
