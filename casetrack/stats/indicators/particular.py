"""The indicators that each subject has of its own, beside those that every kind of case has."""

from casetrack.stats.indicators.legal_aid import LEGAL_AID
from casetrack.stats.indicators.litigation import LITIGATION
from casetrack.stats.indicators.mediation import MEDIATION
from casetrack.stats.indicators.petition import PETITION, PETITION_REVIEW
from casetrack.stats.indicators.reconsideration import RECONSIDERATION

PARTICULAR = {
    "mediation": MEDIATION,
    "petition": PETITION,
    "petition_review": PETITION_REVIEW,
    "reconsideration": RECONSIDERATION,
    "litigation": LITIGATION,
    "legal_aid": LEGAL_AID,
}
