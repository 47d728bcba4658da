"""Whose days run when in a petition: by regulation, by how it was received, by what is asked."""

from datetime import date

from casetrack.kinds.base import Fact, Start, Whose

REGULATION_OF_2022 = date(2022, 5, 1)

# the regulation of 2022 asks for notice of receipt and route, that of 2005 for a decision to accept
FIRST = ("petition.accept", "petition.notify_direct")
NOTICES = ("petition.notify_direct", "petition.notify_forwarded")
STAGES = tuple(f"petition.stage_{level}" for level in ("national", "province", "city", "county"))
PASSING_ON = ("petition.register", *STAGES, "petition.simple_forward")
SIMPLE = ("petition.simple_forward", "petition.simple_accept", "petition.simple_conclude")
UNTIL_ACCEPTED = (*FIRST, "petition.notify_forwarded", *PASSING_ON, "petition.simple_accept")
ACCEPTING = (*FIRST, "petition.notify_forwarded", "petition.simple_accept")
CONCLUDING = ("petition.conclude", "petition.simple_conclude")
CONCLUDE, OBJECT, ASSIGNED = "petition.conclude", "petition.object", "petition.assigned"
REVIEW, SUGGESTION = "petition.review_request", "petition.suggestion"
UNTIL_CLOSED = (*UNTIL_ACCEPTED, "petition.simple_conclude", CONCLUDE)

OFFICE, SENT, GIVEN = (("intake", way) for way in ("petition_office", "forwarded", "assigned"))
ROUTED, SIMPLIFIED = ("routed", True), ("simplified", True)
ELSEWHERE = "handed_over_on"


def from_2022(duty: str, whose: Whose = Whose.OFFICE, *when: tuple[str, Fact], fact: str = "") -> Start:
    return Start(duty, whose, when=when, fact=fact, since=REGULATION_OF_2022)


ON_REGISTERING = (
    Start("petition.accept", unless=(OFFICE,), until=REGULATION_OF_2022),
    # some places still print their older terms for accepting
    Start("petition.accept", unless=(OFFICE,), since=REGULATION_OF_2022, local=True),
    Start("petition.notify_direct", unless=(OFFICE, SENT, GIVEN), since=REGULATION_OF_2022),
    Start("petition.register", when=(OFFICE,)),
    *(
        start
        for received in (SENT, GIVEN)
        for start in (
            from_2022("petition.notify_forwarded", Whose.OFFICE, received),
            from_2022(OBJECT, Whose.PARTY, received),
        )
    ),
    Start(ASSIGNED, named_days="assigned_days", when=(GIVEN,)),
    *(
        Start(duty, when=(("stage", duty.removeprefix("petition.stage_")),), until=REGULATION_OF_2022)
        for duty in STAGES
    ),
)
# what the body it was passed on to must do, counted from the day it got it
ON_PASSING_ON = (
    Start("petition.accept", Whose.OTHER, fact=ELSEWHERE, until=REGULATION_OF_2022),
    Start("petition.accept", Whose.OTHER, fact=ELSEWHERE, since=REGULATION_OF_2022, local=True),
    from_2022("petition.notify_forwarded", Whose.OTHER, fact=ELSEWHERE),
    from_2022(OBJECT, Whose.OTHER, fact=ELSEWHERE),
    Start("petition.simple_accept", Whose.OTHER, when=(SIMPLIFIED,), fact=ELSEWHERE),
)
ON_ASSIGNING = (*ON_PASSING_ON, Start(ASSIGNED, Whose.OTHER, named_days="assigned_days"))
ON_SIMPLIFYING = (
    Start("petition.simple_accept", unless=(OFFICE,)),
    Start("petition.simple_forward", when=(OFFICE,)),
)


def with_an_answer_due(
    duty: str, whose: Whose, *, when: tuple[tuple[str, Fact], ...] = (), unless: tuple[tuple[str, Fact], ...] = ()
) -> tuple[Start, ...]:
    """Since 2022 only appeals without another statutory route have the 60 days (Art. 31 item 6 with Art. 34)."""
    return (
        Start(duty, whose, when=(("purpose", "appeal"), *when), unless=unless),
        *(
            Start(duty, whose, when=(("purpose", purpose), *when), unless=unless, until=REGULATION_OF_2022)
            for purpose in ("suggestion", "accusation", "other")
        ),
    )


ON_ACCEPTING = (
    *with_an_answer_due(CONCLUDE, Whose.OFFICE, unless=(ROUTED,)),
    *with_an_answer_due(CONCLUDE, Whose.OTHER, when=(ROUTED,)),
    Start("petition.simple_conclude", when=(SIMPLIFIED,), unless=(ROUTED,)),
    Start("petition.simple_conclude", Whose.OTHER, when=(SIMPLIFIED, ROUTED)),
)
ON_SERVING = with_an_answer_due(REVIEW, Whose.PARTY)
ON_PROPOSING = (Start(SUGGESTION, Whose.OTHER, fact="proposal_received_on", until=REGULATION_OF_2022),)
