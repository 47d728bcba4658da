"""What each kind of case is and how it proceeds: one declaration a kind, pure Python."""

from casetrack.kinds.base import Kind
from casetrack.kinds.legal_aid import LEGAL_AID
from casetrack.kinds.litigation import LITIGATION
from casetrack.kinds.mediation import MEDIATION
from casetrack.kinds.petition import PETITION
from casetrack.kinds.petition_review import PETITION_REVIEW
from casetrack.kinds.reconsideration import RECONSIDERATION

KINDS: dict[str, Kind] = {
    kind.code: kind for kind in (MEDIATION, PETITION, PETITION_REVIEW, RECONSIDERATION, LITIGATION, LEGAL_AID)
}

__all__ = ["KINDS", "Kind"]
