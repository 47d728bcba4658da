"""Whose training a figure is of: mediators', the law's, or another matter's, whichever office is named beside it."""

import re

from reports.checking.figures import Figure
from reports.checking.lexicon import GENERAL
from reports.checking.lexicon.organization import TRAINING
from reports.checking.lexicon.others import REPORTED
from reports.checking.units import Sort

TRAINED = re.compile(r"(?:培训|轮训|集训|参训)(?!基地|中心|教材|资料|经费|学校|机构|手册|合格)")
TAKING_PART = re.compile(r"参加|参训|学员|受训|覆盖|培训|轮训")
OF_LAW = re.compile(r"法|应诉|复议")
COUNTED = frozenset({Sort.TIMES, Sort.BODIES, Sort.PERSONS, Sort.ATTENDANCE})
ATTENDING = frozenset({Sort.PERSONS, Sort.ATTENDANCE})
BARE = re.compile(  # words that do not say who was trained
    r"[,、;]?(?:共|累计|先后|组织|举办|开展|召开|各类|各级|业务|集中|专题|线上|线下|全[年县市区]|了)*(?:培训|轮训|集训|参训)[班会]?"
)
OF_MEDIATORS = frozenset({"organization", "training"})


def trained(own: str, sort: Sort, previous: Figure | None, spoken_of: str) -> str | None:
    """The subject of a figure of a training; None where the words speak of none."""
    before = previous.subject if previous is not None and is_of_training(previous) else ""
    if sort not in COUNTED or not (TRAINED.search(own) or (before and sort in ATTENDING and TAKING_PART.search(own))):
        return None
    if "调解" in own:
        return TRAINING.code
    if OF_LAW.search(own) and TRAINED.search(own):
        return REPORTED.code
    if before and (sort in ATTENDING or BARE.fullmatch(own)):
        return before
    return TRAINING.code if spoken_of in OF_MEDIATORS and BARE.fullmatch(own) else GENERAL


def is_of_training(figure: Figure) -> bool:
    return figure.subject in (TRAINING.code, REPORTED.code) and TRAINED.search(figure.own) is not None


def measure_of_training(subject: str, own: str, sort: Sort) -> str:
    """What REPORTED calls the trainings that are not of mediators."""
    if subject != REPORTED.code or sort not in COUNTED or not TRAINED.search(own):
        return ""
    return "training_attendance" if sort in ATTENDING else "training_sessions"
