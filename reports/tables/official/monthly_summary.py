"""The bureau's month on one page: every kind of case in the month and the year so far, the months, and all the rest."""

from casetrack.kinds import KINDS
from reports.tables.declaring import Column, Count, Equality, Line, OfficialTable, Part, Share, count

NAME, TITLE = "monthly_summary", "月报"
FORM = "司法局内部月报，没有官方表式"
OVER_TIME = {"received": "收到", "closed": "办结"}


def of_each(measure: str, label: str, unit: str = "件") -> Column:
    return Column(measure, (label,), count(f"*.{measure}"), unit)


def reported(subject: str, measure: str, headings: tuple[str, ...], unit: str) -> Column:
    return Column(f"{subject}_{measure}", headings, Count((Part(f"{subject}.{measure}"),)), unit)


BY_KIND = tuple(Line(kind.label, subject=kind.code) for kind in KINDS.values())
COURSE = OfficialTable(
    name="monthly_course",
    title="月报：收案与办结",
    subject="",
    stub="类别",
    form=FORM,
    columns=(
        of_each("carried_over", "上期结转"),
        of_each("received", "收到"),
        of_each("accepted", "受理"),
        of_each("closed", "办结"),
        of_each("pending", "未办结"),
        of_each("persons", "涉及人次", "人次"),
        Column("closure_rate", ("办结率",), Share(Part("*.closure_rate")), "%"),
        Column("on_time", ("按期办结率",), Share(Part("*.on_time_closure_rate")), "%"),
        Column("year_on_year", ("收到同比",), Share(Part("*.received_year_on_year")), "%"),
    ),
    lines=BY_KIND,
    equalities=(Equality("收结", "上期结转＋收到＝办结＋未办结", ("carried_over", "received"), ("closed", "pending")),),
    without_total=True,
)
MONTHS = OfficialTable(
    name="monthly_course_of_months",
    title="月报：各月收到与办结",
    subject="",
    stub="月份",
    form=FORM,
    columns=tuple(
        Column(f"{kind.code}_{measure}", (kind.label, label), count(f"{kind.code}.{measure}"))
        for kind in KINDS.values()
        for measure, label in OVER_TIME.items()
    ),
    lines=(Line("本月"),),
    without_total=True,
)
OTHERS = OfficialTable(
    name="monthly_others",
    title="月报：组织、培训和报送事项",
    subject="",
    stub="期间",
    form=FORM,
    columns=(
        Column("committees", ("调解组织", "调委会"), count("organization.mediation_committees"), "个"),
        Column("mediators", ("调解组织", "调解员"), count("organization.mediators"), "名"),
        Column("sessions", ("调解员培训", "班次"), count("training.sessions"), "次"),
        Column("attendance", ("调解员培训", "人次"), count("training.attendance"), "人次"),
        reported("mediation", "sweeps", ("排查预防", "排查"), "次"),
        reported("mediation", "disputes_prevented", ("排查预防", "预防纠纷"), "件"),
        reported("hotline", "received", ("12345热线", "受理"), "件"),
        reported("hotline", "handled", ("12345热线", "办理"), "件"),
        Column("hotline_rate", ("12345热线", "办理率"), Share(Part("hotline.handled_rate")), "%"),
        reported("proposal", "handled", ("议案提案",), "件"),
        reported("legal_aid", "advice_given", ("法律咨询",), "人次"),
        reported("legal_aid", "duty_lawyer_help", ("值班律师帮助",), "件"),
        reported("reported", "documents_filed", ("规范性文件", "备案"), "件"),
        reported("reported", "documents_reviewed", ("规范性文件", "审核"), "件"),
        reported("reported", "publicity_events", ("法治宣传",), "场次"),
    ),
    lines=(Line("本月"),),
    without_total=True,
)
