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
    tuple(Choice(code, label) for code, label in CommitteeKind.choices),
    dimension=True,
)


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
        register(
            "organization",
            "mediators",
            "人民调解员",
            "名",
            "统计期末（或截止日）在存续的调解组织任职的人民调解员数。",
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
