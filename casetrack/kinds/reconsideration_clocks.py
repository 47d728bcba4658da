"""The states and clocks of reconsideration that several of its files name."""

from casetrack.kinds.base import Mark
from casetrack.law.statutes.reconsideration_1999 import FROM_23

LAW_OF_2023 = FROM_23

RECEIVED = ("received", "settling")
ACTIVE = ("accepted", "proposed")
IN_TRIAL = (*ACTIVE, "suspended")
CLOSED = ("decided", "mediated", "terminated", "unaccepted")
# who was not answered in time may sue before the case is closed: then it is both when it is closed
CLOSED_MARKS = (Mark("closed"), Mark("closed_and_sued", after="sued", once=True))

REVIEW = "reconsideration.review"
CORRECT_NOTICE, CORRECT = "reconsideration.correct_notice", "reconsideration.correct"
COMPETENCE = ("reconsideration.competence", "reconsideration.competence_name")
INTAKE_CLOCKS = (CORRECT, *COMPETENCE)

DECIDE, DECIDE_SIMPLIFIED = "reconsideration.decide", "reconsideration.decide_simplified"
DECIDING = (DECIDE, DECIDE_SIMPLIFIED)
COPY, COPY_SIMPLIFIED = "reconsideration.copy", "reconsideration.copy_simplified"
COPYING = (COPY, COPY_SIMPLIFIED)
ANSWER, ANSWER_SIMPLIFIED = "reconsideration.answer", "reconsideration.answer_simplified"
ANSWERING = (ANSWER, ANSWER_SIMPLIFIED)
HEARING = "reconsideration.hearing_notice"
SUSPENDED = "reconsideration.suspended"
NORM, NORM_TRANSFER = "reconsideration.attached", "reconsideration.attached_transfer"
NORM_ASK, NORM_REPLY, NORM_BACK = (
    "reconsideration.attached_ask",
    "reconsideration.attached_reply",
    "reconsideration.attached_back",
)
# what no longer matters once the case is decided
BESIDE = (*COPYING, *ANSWERING, HEARING, SUSPENDED, NORM, NORM_TRANSFER, NORM_ASK, NORM_REPLY, NORM_BACK)

SUE_AFTER, SUE_PRIOR = "litigation.sue_after", "reconsideration.sue"
SUING = (SUE_AFTER, SUE_PRIOR)
REMAKE = "reconsideration.remake"
OPINION = "reconsideration.opinion_reply"

PRIOR = ("prior_compulsory", True)
SIMPLIFIED = ("procedure", "simplified")
