"""Legal aid (法律援助), from application or notice through decision and assignment to the closed file."""

from casetrack.kinds.base import Choice, Field, FieldType, Kind, State
from casetrack.kinds.governing import GOVERNING_FIELDS, governing
from casetrack.kinds.legal_aid_codes import (
    ACTIVITIES,
    AID_TYPES,
    CHANGES,
    MEANS,
    NOTIFIERS,
    OBJECTIONS,
    OUTCOMES,
    ROUTES,
    TERMINATIONS,
    URGENT_GROUNDS,
)
from casetrack.kinds.legal_aid_ledger import LEGAL_AID_LEDGER
from casetrack.kinds.legal_aid_steps import DECISION, HANDLING, INTAKE

GOVERN = governing(
    ("applied", "supplementing", "granted", "assigned"),
    "法律援助法没有规定施行前已受理案件如何适用，按各步骤之日适用是推断，可以说明理由变更",
)

LEGAL_AID = Kind(
    code="legal_aid",
    label="法律援助",
    statute="中华人民共和国法律援助法",
    number_word="援",
    office="legal_aid_centre",
    other_offices=("justice_bureau",),
    fields=(
        Field("aid_type", "案件类型", FieldType.CHOICE, AID_TYPES, dimension=True),
        Field("notified", "通知辩护（代理）", FieldType.FLAG, dimension=True),
        Field("persons", "受援人数", FieldType.INTEGER, most=100_000),
        Field("matter", "申请事项", personal=True),
        Field("firm", "承办机构"),
        Field("outcome", "结果", FieldType.CHOICE, OUTCOMES, dimension=True),
        Field("recovered", "挽回损失", FieldType.MONEY),
        Field("route", "申请途径", FieldType.CHOICE, ROUTES),
        Field("received_at", "监管场所、值班律师收到申请的时刻", FieldType.MOMENT),
        Field("notifier", "通知机关", FieldType.CHOICE, NOTIFIERS),
        Field("found_on", "办案机关发现应当通知之日", FieldType.DATE),
        Field("hearing_on", "开庭日期", FieldType.DATE),
        Field("supplement_items", "需要补充的材料", personal=True),
        Field("means", "经济困难状况", FieldType.CHOICE, MEANS),
        Field("excluded_from", "核查期间的首日", FieldType.DATE),
        Field("excluded_until", "核查期间届满的次日", FieldType.DATE),
        Field("urgent", "先行提供法律援助", FieldType.FLAG),
        Field("urgent_ground", "先行援助的情形", FieldType.CHOICE, URGENT_GROUNDS),
        Field("refusal_reason", "不予援助的理由", personal=True),
        Field("lawyer", "承办人", personal=True),
        Field("change_reason", "更换承办人的理由", FieldType.CHOICE, CHANGES),
        Field("activity", "办理活动", FieldType.CHOICE, ACTIVITIES),
        Field("termination_ground", "终止的事由", FieldType.CHOICE, TERMINATIONS),
        Field("objected_on", "司法行政部门收到异议之日（与登记日不同的）", FieldType.DATE),
        Field("objection_outcome", "异议的处理", FieldType.CHOICE, OBJECTIONS),
        Field("score", "质量评查得分", FieldType.INTEGER, most=100),
        Field("subsidy", "补贴", FieldType.MONEY),
        *GOVERNING_FIELDS,
    ),
    states=(
        State("applied", "已申请"),
        State("supplementing", "补充材料中"),
        State("granted", "已准予援助"),
        State("assigned", "已指派"),
        State("finished", "已办结", open=False),
        State("refused", "不予援助", open=False),
        State("withdrawn", "已撤回", open=False),
        State("terminated", "已终止", open=False),
    ),
    steps=(*INTAKE, *DECISION, *HANDLING, GOVERN),
    roles=(Choice("recipient", "受援人"),),
    breakdowns=(("aid_type",), ("outcome",), ("notified",), ("aid_type", "outcome")),
    ledgers=(LEGAL_AID_LEDGER,),
)
