"""The indicators that every kind of case has, as far as its lifecycle makes the milestones they count."""

from dataclasses import replace

from casetrack.cases.entry import ENTERED, IMPORTED, LATEST
from casetrack.kinds import Kind
from casetrack.stats.indicators.base import Counted, Form, Indicator, Term, Window
from casetrack.stats.indicators.shorthand import cohort, flow, rate

RECEIVED = Term("received")
CARRIED_OVER = Term("received", Window.CARRIED_OVER)
PENDING = Term("received", Window.PENDING)
CLOSED = Term("closed")


def marks_of(kind: Kind) -> frozenset[str]:
    """Every milestone that a case of the kind can make, its entry into the record among them."""
    return frozenset({ENTERED, IMPORTED, *(mark.name for step in kind.steps for mark in step.marks)})


def timed(kind: Kind, name: str) -> bool:
    """Whether any step that makes the milestone can be late; otherwise a share in time would say nothing."""
    return any(step.ends for step in kind.steps if any(mark.name == name for mark in step.marks))


COLUMNS = {
    ("reconsideration", "received"): "行政复议案件统计表（国法复统字1号） 第2栏",
    ("reconsideration", "accepted"): "行政复议案件统计表（国法复统字1号） 第3栏",
    ("reconsideration", "withdrawn"): "行政复议案件统计表（国法复统字1号） 第39栏",
}
"""The official columns that general indicators answer to, where the form is known."""


def column(subject: str, measure: str) -> str:
    return COLUMNS.get((subject, measure), "")


def general(kind: Kind) -> tuple[Indicator, ...]:
    marks = marks_of(kind)
    flows = [flow for flow in FLOWS if flow[0] in marks]
    return (
        *(
            Indicator(kind.code, name, label, "件", text, (Term(name),), column=column(kind.code, name))
            for name, label, text in flows
        ),
        *stocks(kind.code),
        *rates(kind.code),
        *rates_in_time(kind),
        *durations(kind),
        *entries(kind.code),
    )


FLOWS = (
    ("received", "收到", "统计期内收到（登记）的案件数。"),
    ("accepted", "受理", "统计期内受理的案件数。"),
    ("not_accepted", "不予受理", "统计期内决定不予受理的案件数。"),
    ("withdrawn", "撤回", "统计期内因申请人撤回而终结的案件数。"),
    ("closed", "办结", "统计期内以任何方式终结的案件数，包括不予受理和撤回。"),
)


def stocks(subject: str) -> tuple[Indicator, ...]:
    return (
        Indicator(
            subject,
            "carried_over",
            "上期结转",
            "件",
            "统计期开始前收到、开始时尚未办结的案件数。",
            (CARRIED_OVER,),
        ),
        Indicator(
            subject,
            "pending",
            "未办结",
            "件",
            "截至统计期末（或截止日）已收到而尚未办结的案件数。",
            (PENDING,),
        ),
        Indicator(subject, "handled", "办理", "件", "上期结转与统计期内收到的案件数之和。", (CARRIED_OVER, RECEIVED)),
        Indicator(
            subject,
            "persons",
            "涉及人次",
            "人次",
            "统计期内收到的案件所登记的人数之和，未登记人数的按一人计。",
            (Term("received", counted=Counted.PERSONS),),
            column=column(subject, "persons"),
        ),
    )


def rates(subject: str) -> tuple[Indicator, ...]:
    return (
        rate(
            subject,
            "closure_rate",
            "办结率",
            "统计期内收到的案件中，截至截止日已办结的所占比例。",
            (cohort("closed"), (RECEIVED,)),
            ("截至截止日的办结数", "收到数"),
        ),
        rate(
            subject,
            "flow_closure_rate",
            "结案率（含结转）",
            "统计期内办结的案件数与上期结转、本期收到案件数之和的比例。",
            ((CLOSED,), (CARRIED_OVER, RECEIVED)),
            ("办结数", "上期结转数与收到数之和"),
        ),
        year_on_year(subject),
    )


def year_on_year(subject: str) -> Indicator:
    return Indicator(
        subject,
        "received_year_on_year",
        "收到数同比",
        "%",
        "统计期内收到的案件数比上年同期增加的百分比，上年同期没有案件的不计算。",
        (RECEIVED,),
        (Term("received", Window.YEAR_BEFORE),),
        Form.CHANGE,
        decimals=1,
        numerator="收到数比上年同期的增加数",
        denominator="上年同期收到数",
    )


def rates_in_time(kind: Kind) -> tuple[Indicator, ...]:
    """Only where some clock can run out: a share that can't be below 100 % is not a finding."""
    declared = {
        "on_time_closure_rate": ("closed", "按期办结率", "统计期内办结的案件中，在法定期限内办结的所占比例。"),
        "acceptance_on_time_rate": ("accepted", "按期受理率", "统计期内受理的案件中，在法定期限内受理的所占比例。"),
    }
    return tuple(
        Indicator(
            kind.code,
            measure,
            label,
            "%",
            definition,
            (Term(name, counted=Counted.IN_TIME),),
            (Term(name),),
            Form.RATE,
            decimals=1,
            numerator=f"按期{label[2:4]}数",
            denominator=f"{label[2:4]}数",
            version=f"{label}·按{label[2:4]}数·1",
        )
        for measure, (name, label, definition) in declared.items()
        if timed(kind, name)
    )


def durations(kind: Kind) -> tuple[Indicator, ...]:
    """Days by the calendar from receipt; what was paused or excluded by law is not taken off, as people wait it too."""
    closed, rest = Term("closed"), "自收到之日起按日历日计，不扣除中止等期间"
    spread = Term("closed", counted=Counted.SPREAD)
    accepted_later = any(mark.name == "accepted" for step in kind.steps if not step.opens_case for mark in step.marks)
    return (
        mean(kind.code, "mean_days", "平均办理天数", f"统计期内办结的案件所用天数的平均数，{rest}。", closed),
        *(
            (
                mean(
                    kind.code,
                    "mean_days_to_accept",
                    "平均受理天数",
                    f"统计期内受理的案件自收到至受理所用天数的平均数，{rest}。",
                    Term("accepted"),
                ),
            )
            if accepted_later
            else ()
        ),
        ranked(
            kind.code,
            "median_days",
            "办理天数中位数",
            Form.MEDIAN,
            f"统计期内办结的案件按所用天数由少到多排列，居于前百分之五十之末的一件所用的天数（件数乘以百分之五十，有小数的进一），{rest}。",
            spread,
        ),
        ranked(
            kind.code,
            "days_of_90_percent",
            "九成案件办理天数",
            Form.PERCENTILE_90,
            f"统计期内办结的案件按所用天数由少到多排列，居于前百分之九十之末的一件所用的天数（件数乘以百分之九十，有小数的进一），{rest}。",
            spread,
        ),
    )


def mean(subject: str, measure: str, label: str, definition: str, term: Term) -> Indicator:
    days = replace(term, counted=Counted.DAYS)
    return Indicator(
        subject,
        measure,
        label,
        "天",
        definition,
        (days,),
        (term,),
        Form.MEAN,
        decimals=1,
        numerator="天数之和",
        denominator="件数",
    )


def ranked(subject: str, measure: str, label: str, form: Form, definition: str, spread: Term) -> Indicator:
    base = replace(spread, counted=Counted.CASES)
    return Indicator(
        subject,
        measure,
        label,
        "天",
        definition,
        (spread,),
        (base,),
        form,
        numerator="居于该位的天数",
        denominator="件数",
    )


def entries(subject: str) -> tuple[Indicator, ...]:
    """How long after its receipt a case was entered. Ledgers are imported late by nature, and so stand apart."""
    entered, late = Term(ENTERED), Term(ENTERED, counted=Counted.LATE)
    when, apart = f"收到之日起超过{LATEST}日才录入的", "不含台账导入。"
    imported = "统计期内由台账导入的案件数，按导入日期计，不论收到日期。"
    return (
        flow(subject, "entered", "录入", f"统计期内逐件录入的案件数，按录入日期计，{apart}", term=entered),
        flow(subject, "imported", "台账导入", imported, term=Term(IMPORTED)),
        flow(subject, "entered_late", "补录", f"统计期内逐件录入的案件中，{when}案件数，{apart}", term=late),
        rate(
            subject,
            "late_entry_rate",
            "补录率",
            f"统计期内逐件录入的案件中，{when}所占比例，{apart}",
            ((late,), (entered,)),
            ("补录数", "录入数"),
            version=f"补录率·{LATEST}日·1",
        ),
        mean(
            subject,
            "mean_entry_lag",
            "平均录入间隔",
            f"统计期内逐件录入的案件自收到至录入的天数的平均数，{apart}",
            entered,
        ),
    )
