"""A year of a county, in which all that can be counted happens at least once: what is rare too."""

from datetime import UTC, date, datetime

from casetrack.cases.drafts import CaseDraft, StepDraft
from casetrack.cases.operations import open_case
from casetrack.organizations.models import Organization
from tests.reports.tables.county import Offices
from tests.stats.world import Taken, day, log

IN_DECEMBER = datetime(2024, 12, 30, 2, 0, tzinfo=UTC)
MARCH = date(2024, 3, 1)


def enter(kind: str, office: Organization, *steps: Taken) -> None:
    """A case entered at the end of the year: one of March late."""
    drafts = tuple(StepDraft(*step) for step in steps)
    open_case(draft=CaseDraft(kind, office, drafts), actor=None, now=IN_DECEMBER)


def log_the_year_before(offices: Offices) -> None:
    """One case of each kind, which stays open."""
    before = day("2023-03-01")
    log("mediation", offices.village, ("register", before, {"category": "neighbour"}))
    log("petition", offices.petitions, ("register", before, {"channel": "letter"}))
    log("petition_review", offices.petitions, ("request", before, {"level": "review"}))
    log("reconsideration", offices.reconsideration, ("receive", before))
    log("litigation", offices.litigation, ("notice", before, {"division": "administrative"}))
    log("legal_aid", offices.aid, ("apply", before, {"aid_type": "civil"}))


def log_what_is_rare(offices: Offices) -> None:
    """What the few cases of the small county do not come to."""
    dispute: tuple[Taken, Taken] = ("register", MARCH, {"category": "contract"}), ("accept", day("2024-03-02"))
    agreed: Taken = ("agree", day("2024-03-04"), {"agreement": "written", "performance_ended_on": "2024-03-20"})
    enter("mediation", offices.village, *dispute, agreed, ("perform", day("2024-03-15")))
    enter("mediation", offices.village, *dispute, agreed)
    enter("mediation", offices.village, ("register", MARCH, {"category": "neighbour"}), ("refuse", MARCH))
    enter("mediation", offices.village, *dispute, ("withdraw", day("2024-03-09")))
    enter("mediation", offices.village, *dispute, ("transfer", day("2024-03-09"), {"moved_to": "县公安局"}))
    visit: Taken = ("register", MARCH, {"channel": "visit", "purpose": "appeal", "repeat": False})
    publicly: Taken = ("conclude", day("2024-03-20"), {"opinion": "supported", "replied_publicly": True})
    again: Taken = ("visit_again", day("2024-03-25"), {"visitors": 2})
    enter("petition", offices.petitions, visit, ("contact", MARCH), ("accept", day("2024-03-04")), publicly, again)
    ends: list[Taken] = [
        ("tell_elsewhere", day("2024-03-05"), {"told_to": "县自然资源局"}),
        ("divert", day("2024-03-05"), {"route": "administrative"}),
        ("refuse", day("2024-03-05"), {"refusal": "statutory"}),
        ("withdraw", day("2024-03-05")),
    ]
    for end in ends:
        enter("petition", offices.petitions, visit, end)
    asked: Taken = ("request", MARCH, {"level": "review", "opinion_received_on": "2024-02-20"})
    upheld: Taken = ("decide", day("2024-03-28"), {"outcome": "upheld"})
    enter("petition_review", offices.petitions, asked, ("accept", day("2024-03-05")), upheld)
    enter("petition_review", offices.petitions, asked)
    log_what_is_rare_in_law(offices)


def log_what_is_rare_in_law(offices: Offices) -> None:
    applied: tuple[Taken, Taken] = ("receive", MARCH), ("accept", day("2024-03-04"))
    ends: list[list[Taken]] = [
        [("decide", day("2024-03-20"), {"outcome": "upheld"}), ("sued", day("2024-03-28"))],
        [("mediate", day("2024-03-20"), {"mediation_sealed": True})],
        [("terminate", day("2024-03-20"), {"outcome": "reconciled", "termination_ground": "reconciled"})],
    ]
    for end in ends:
        enter("reconsideration", offices.reconsideration, *applied, *end)
    enter("reconsideration", offices.reconsideration, ("receive", MARCH), ("withdraw_before", day("2024-03-02")))
    enter(
        "litigation",
        offices.litigation,
        ("notice", MARCH, {"division": "administrative", "instance": "second"}),
        ("set_hearing", day("2024-03-05"), {"hearing_on": "2024-03-12"}),
        ("call_head", day("2024-03-06")),
        ("hear", day("2024-03-12"), {"head_present": True, "head_rank": "deputy", "heads": 1, "attendance": 12}),
        ("judge", day("2024-03-20"), {"outcome": "appeal_dismissed", "lost": True}),
        ("take_effect", day("2024-03-20")),
        ("perform", day("2024-03-29")),
    )
    application: Taken = ("apply", MARCH, {"aid_type": "administrative", "disabled": True, "elderly": True})
    granted: tuple[Taken, Taken] = ("grant", day("2024-03-04")), ("assign", day("2024-03-05"))
    quality: list[Taken] = [
        ("finish", day("2024-03-20")),
        ("review_quality", day("2024-03-25"), {"score": 92}),
        ("pay_subsidy", day("2024-03-26"), {"subsidy": 1_500_00}),
    ]
    enter("legal_aid", offices.aid, application, *granted, *quality)
    enter("legal_aid", offices.aid, application, ("withdraw", day("2024-03-02")))
