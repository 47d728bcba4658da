"""The clocks of a suit, instance by instance. Those of the court and of parties are shown, never overdue here."""

from casetrack.kinds.base import Start, Whose
from casetrack.law.statutes.litigation import CZ20, JS18

ADMINISTRATIVE = ("division", "administrative")
CIVIL = ("division", "civil")
SIMPLIFIED = ("court_procedure", "simplified")
SECOND, REVIEW, RETRIAL = ("instance", "second"), ("instance", "retrial_review"), ("instance", "retrial")
# a suit whose instance nobody wrote down counts as one of the first
LATER = (SECOND, REVIEW, RETRIAL)
OURS = ("we_appealed", True)
PLAINTIFF = ("capacity", "plaintiff")

PENDING = ("noticed", "answered")
CLOSED = ("concluded", "appealed", "effective")

ANSWER, APPEAL_ANSWER = "litigation.answer", "litigation.appeal_answer"
RETRIAL_ANSWER, CIVIL_ANSWER = "litigation.retrial_answer", "litigation.civil_answer"
ANSWERING = (ANSWER, APPEAL_ANSWER, RETRIAL_ANSWER, CIVIL_ANSWER)
EVIDENCE, JURISDICTION = "litigation.evidence", "litigation.jurisdiction"
HEAD_NOTICE, SUSPENDED = "litigation.hearing_notice", "litigation.suspended"

FIRST, SIMPLE = "litigation.first_instance", "litigation.first_instance_simple"
EXTENDABLE = (
    FIRST,
    "litigation.second_instance",
    "litigation.retrial_review",
    "litigation.civil_first_instance",
    "litigation.civil_second_instance",
)
COURT = (*EXTENDABLE, SIMPLE, "litigation.civil_second_instance_ruling")
BESIDE = (*ANSWERING, EVIDENCE, JURISDICTION, HEAD_NOTICE, SUSPENDED, *COURT)

APPEAL_JUDGMENT, APPEAL_RULING = "litigation.appeal_judgment", "litigation.appeal_ruling"
CIVIL_APPEAL_JUDGMENT, CIVIL_APPEAL_RULING = "litigation.civil_appeal_judgment", "litigation.civil_appeal_ruling"
APPEALING = (APPEAL_JUDGMENT, APPEAL_RULING, CIVIL_APPEAL_JUDGMENT, CIVIL_APPEAL_RULING)
APPLY_RETRIAL, ENFORCE, NORM_REPLY = "litigation.retrial_apply", "litigation.enforce", "litigation.normative_reply"

JUDGMENT, RULING = ("document", "judgment"), ("document", "ruling")
DISMISSED = ("outcome", "suit_dismissed")  # of the rulings that end an instance, this one may be appealed

ON_NOTICE = (
    Start(ANSWER, when=(ADMINISTRATIVE,), unless=LATER),
    Start(APPEAL_ANSWER, when=(ADMINISTRATIVE, SECOND), unless=(OURS,)),
    Start(RETRIAL_ANSWER, when=(ADMINISTRATIVE, REVIEW), unless=(OURS,)),
    Start(CIVIL_ANSWER, when=(CIVIL,), unless=(*LATER, PLAINTIFF)),
    Start(JURISDICTION, Whose.PARTY, when=(ADMINISTRATIVE,), unless=LATER, since=JS18.since),
)
ON_FILING = (
    Start(FIRST, Whose.OTHER, when=(ADMINISTRATIVE,), unless=(*LATER, SIMPLIFIED)),
    Start(SIMPLE, Whose.OTHER, when=(ADMINISTRATIVE, SIMPLIFIED)),
    Start("litigation.second_instance", Whose.OTHER, when=(ADMINISTRATIVE, SECOND)),
    Start("litigation.retrial_review", Whose.OTHER, when=(ADMINISTRATIVE, REVIEW)),
    Start("litigation.civil_first_instance", Whose.OTHER, when=(CIVIL,), unless=LATER),
    Start("litigation.civil_second_instance", Whose.OTHER, when=(CIVIL, SECOND, ("appeal_against", "judgment"))),
    Start("litigation.civil_second_instance_ruling", Whose.OTHER, when=(CIVIL, SECOND, ("appeal_against", "ruling"))),
)
ON_SETTING = (Start(HEAD_NOTICE, Whose.OTHER, when=(ADMINISTRATIVE, ("must_call", True)), since=CZ20.since),)
ON_SERVICE = (
    Start(APPEAL_JUDGMENT, Whose.PARTY, when=(ADMINISTRATIVE, JUDGMENT), unless=LATER),
    Start(APPEAL_RULING, Whose.PARTY, when=(ADMINISTRATIVE, RULING, DISMISSED), unless=LATER),
    Start(CIVIL_APPEAL_JUDGMENT, Whose.PARTY, when=(CIVIL, JUDGMENT), unless=LATER),
    Start(CIVIL_APPEAL_RULING, Whose.PARTY, when=(CIVIL, RULING, DISMISSED), unless=LATER),
)
ON_EFFECT = (Start(APPLY_RETRIAL, Whose.PARTY, when=(ADMINISTRATIVE,), since=JS18.since),)
ON_PERFORMANCE = (Start(ENFORCE, Whose.PARTY, when=(ADMINISTRATIVE,), since=JS18.since),)


def suspended_on(ground: str) -> Start:
    return Start(SUSPENDED, Whose.OTHER, when=(ADMINISTRATIVE, ("suspension_ground", ground)), since=JS18.since)
