"""INDICATORS: every figure declared once; SUBJECTS: the same by what they are about."""

from casetrack.kinds import KINDS
from casetrack.kinds.base import Choice, Field, FieldType
from casetrack.organizations.choices import CommitteeKind
from casetrack.stats.indicators.base import OF_DAYS, RANKS, Counted, Form, Indicator, Subject, Term, Where, Window
from casetrack.stats.indicators.general import general
from casetrack.stats.indicators.particular import PARTICULAR
from casetrack.stats.indicators.reported import REPORTED_SUBJECTS, reported_for

COMMITTEE_KIND = Field(
    "committee_kind",
    "调委会类型",
    FieldType.CHOICE,
    tuple(Choice(code, label, listed=code != CommitteeKind.SUBDISTRICT) for code, label in CommitteeKind.choices),
    dimension=True,
)
MEDIATORS = "统计期末（或截止日）在存续的调解组织任职的人民调解员"


def register(subject: str, measure: str, label: str, unit: str, definition: str) -> Indicator:
    return Indicator(subject, measure, label, unit, definition, form=Form.REGISTER)


ORGANIZATION = Subject(
    "organization",
    "调解组织和队伍",
    (
        register(
            "organization",
            "mediation_committees",
            "人民调解委员会",
            "个",
            "统计期末（或截止日）存续的人民调解委员会数。",
        ),
        register("organization", "mediators", "人民调解员", "名", f"{MEDIATORS}数。"),
        register("organization", "mediators_full_time", "专职人民调解员", "名", f"{MEDIATORS}中专职的人数。"),
        register(
            "organization",
            "mediators_part_time",
            "兼职人民调解员",
            "名",
            f"{MEDIATORS}中不是专职的人数，名册未填的计入此项。",
        ),
        register("organization", "mediators_male", "男性调解员", "名", f"{MEDIATORS}中名册记载为男性的人数。"),
        register("organization", "mediators_female", "女性调解员", "名", f"{MEDIATORS}中名册记载为女性的人数。"),
        register(
            "organization",
            "mediators_of_college",
            "大专以上调解员",
            "名",
            f"{MEDIATORS}中文化程度为大专、本科或者研究生的人数。",
        ),
        register(
            "organization",
            "mediators_of_high_school",
            "高中中专调解员",
            "名",
            f"{MEDIATORS}中文化程度为高中、中专、技校或者职高的人数。",
        ),
    ),
    (COMMITTEE_KIND,),
)
TRAINING = Subject(
    "training",
    "调解员培训",
    (
        register("training", "sessions", "培训班", "次", "统计期内举办的人民调解员培训班次数。"),
        register("training", "attendance", "培训人次", "人次", "统计期内各次培训参加人次之和。"),
    ),
    (),
)
SUBJECTS: dict[str, Subject] = {
    **{
        kind.code: Subject(
            kind.code,
            kind.label,
            (*general(kind), *PARTICULAR.get(kind.code, ()), *reported_for(kind.code)),
            kind.dimensions,
        )
        for kind in KINDS.values()
    },
    ORGANIZATION.code: ORGANIZATION,
    TRAINING.code: TRAINING,
    **REPORTED_SUBJECTS,
}
INDICATORS: tuple[Indicator, ...] = tuple(found for subject in SUBJECTS.values() for found in subject.indicators)


def indicator(subject: str, measure: str) -> Indicator:
    return SUBJECTS[subject].measures[measure]


__all__ = [
    "INDICATORS",
    "OF_DAYS",
    "ORGANIZATION",
    "RANKS",
    "REPORTED_SUBJECTS",
    "SUBJECTS",
    "TRAINING",
    "Counted",
    "Form",
    "Indicator",
    "Subject",
    "Term",
    "Where",
    "Window",
    "indicator",
]
