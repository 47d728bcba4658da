"""How long mediation may last: the rule of the dispute or of its source in place of the general month."""

from datetime import date

from casetrack.kinds.base import Fact, Start, Whose
from casetrack.kinds.mediation_codes import LABOUR

LABOUR_LAW, INVITED, MEDICAL, ONLINE = date(2008, 5, 1), date(2016, 7, 1), date(2018, 10, 1), date(2022, 1, 1)
INTERPRETATION = date(2022, 4, 10)  # which numbers the objection to a confirmation as the law's table has it

BEFORE = ("court_stage", "before_filing")
AFTER = ("court_stage", "after_filing")
SUMMARY = ("court_stage", "after_filing_summary")
COURT = (BEFORE, AFTER, SUMMARY)
ON_PLATFORM = ("online", True)
IS_MEDICAL = ("category", "medical")
IS_LABOUR = tuple(("category", code) for code in LABOUR)

# the terms of mediation, whichever of them runs in a case
TERMS = (
    "mediation.term",
    "mediation.term.medical",
    "mediation.term.labour",
    "mediation.term.court_before_filing",
    "mediation.term.court_before_filing.online",
    "mediation.term.court_after_filing",
    "mediation.term.court_summary",
)
INTAKE = ("mediation.online_confirm", "mediation.accept.medical")
CONTACT = "mediation.online_contact"


def term(name: str, *when: tuple[str, Fact], since: date = date.min, until: date = date.max) -> Start:
    return Start(f"mediation.term.{name}", when=when, since=since, until=until)


def general(*when: tuple[str, Fact], unless: tuple[tuple[str, Fact], ...] = (), until: date = date.max) -> Start:
    return Start("mediation.term", when=when, unless=unless, until=until)


# a medical dispute sent by a court has both terms: neither text gives way to the other
ON_REGISTERING = (
    *(term("labour", is_labour, since=LABOUR_LAW) for is_labour in IS_LABOUR),
    Start("mediation.online_confirm", when=(("source", "court"), ON_PLATFORM), since=ONLINE),
    Start("mediation.accept.medical", when=(IS_MEDICAL,), local=True),
)
ON_ACCEPTING = (
    general(unless=(IS_MEDICAL, *IS_LABOUR, *COURT)),
    term("medical", IS_MEDICAL, since=MEDICAL),
    Start("mediation.term.court_before_filing", when=(BEFORE,), unless=(ON_PLATFORM,), since=INVITED),
    term("court_before_filing", BEFORE, ON_PLATFORM, since=INVITED, until=ONLINE),
    term("court_before_filing.online", BEFORE, ON_PLATFORM, since=ONLINE),
    term("court_after_filing", AFTER, since=INVITED),
    term("court_summary", SUMMARY, since=INVITED),
    Start(CONTACT, when=(("source", "court"), ON_PLATFORM), since=ONLINE),
    # before the special texts were in force the general one held
    general(IS_MEDICAL, unless=COURT, until=MEDICAL),
    *(general(is_labour, unless=COURT, until=LABOUR_LAW) for is_labour in IS_LABOUR),
    *(general(stage, until=INVITED) for stage in COURT),
)
# an agreement on what a court has already filed becomes the court's own document, and is not confirmed
ON_AGREEING = (Start("mediation.confirm_apply", Whose.PARTY, unless=(AFTER, SUMMARY)),)
ON_FAILING = (Start("mediation.traffic", Whose.PARTY, when=(("category", "traffic"),)),)
ON_APPLYING = (Start("mediation.confirm_accept", Whose.OTHER, fact="confirmation_received_on"),)
ON_FILING = (Start("mediation.confirm_decide", Whose.OTHER, fact="confirmation_filed_on"),)
ON_CONFIRMING = (
    Start("mediation.confirm_object", Whose.PARTY, since=INTERPRETATION),
    Start("mediation.enforce", Whose.PARTY, unless=(("performance_state", "full"),)),
)
