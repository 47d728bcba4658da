"""Every paper that there is."""

from reports.papers import mediation, petition, reconsideration

PAPERS = (*mediation.PAPERS, *petition.PAPERS, *reconsideration.PAPERS)
PAPER_NAMED = {paper.code: paper for paper in PAPERS}
