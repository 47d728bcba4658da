"""Every paper that there is."""

from reports.papers import legal_aid, mediation, petition, petition_review, reconsideration

PAPERS = (
    *mediation.PAPERS,
    *petition.PAPERS,
    *petition_review.PAPERS,
    *reconsideration.PAPERS,
    *legal_aid.PAPERS,
)
PAPER_NAMED = {paper.code: paper for paper in PAPERS}
