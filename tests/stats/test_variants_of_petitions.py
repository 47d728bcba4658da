"""Rates of petitions and mediations that have several definitions: each by its name, with figures written by hand."""

from casetrack.kinds.base import Fact
from casetrack.organizations.models import Organization
from tests.stats.variants import both_ways, parts, year
from tests.stats.world import Taken, day, log


def test_petitions_repeated_rated_and_returned_to(petition_office: Organization) -> None:
    """Three: a repeated one; a first one, concluded, rated and taken up again; a first one, settled and not rated."""
    log("petition", petition_office, ("register", day("2024-02-01"), {"channel": "letter", "repeat": True}))
    for repeat, end, after in (
        (False, "conclude", [("rate", day("2024-04-01"), {"satisfaction": "basically_satisfied"})]),
        (False, "settle", []),
    ):
        log(
            "petition",
            petition_office,
            ("register", day("2024-02-01"), {"channel": "letter", "purpose": "appeal", "repeat": repeat}),
            ("accept", day("2024-02-04")),
            (end, day("2024-03-01")),
            *after,
            *([("visit_again", day("2024-05-01")), ("visit_again", day("2024-06-01"))] if after else []),
        )

    found = parts(
        year("petition"),
        "petition",
        "repeat_rate",
        "return_rate",
        "rating_rate",
        "satisfaction_rate",
        "full_satisfaction_rate",
        "satisfaction_rate_of_ratable",
        "resolution_rate",
    )

    assert found == {
        "repeat_rate": (1, 3),
        "return_rate": (1, 2),
        "rating_rate": (1, 2),
        "satisfaction_rate": (1, 1),
        "full_satisfaction_rate": (0, 1),
        "satisfaction_rate_of_ratable": (1, 2),
        "resolution_rate": (1, 2),
    }


def test_success_of_mediation_by_what_ended_and_by_what_came(village_committee: Organization) -> None:
    """Three received, two ended, one of these with a written agreement that a court confirmed."""
    came: tuple[Taken, Taken] = ("register", day("2024-02-01"), {"category": "labour"}), ("accept", day("2024-02-01"))
    log("mediation", village_committee, *came)
    log("mediation", village_committee, *came, ("fail", day("2024-02-20")))
    log(
        "mediation",
        village_committee,
        *came,
        ("agree", day("2024-02-20"), {"agreement": "written"}),
        ("apply_confirmation", day("2024-02-25"), {"joint": True}),
        ("confirm", day("2024-03-05")),
    )

    found = parts(
        year("mediation"),
        "mediation",
        "success_rate",
        "success_rate_of_received",
        "confirmation_rate",
        "confirmation_rate_of_written",
        "confirmation_rate_of_requested",
    )

    assert found == {
        "success_rate": (1, 2),
        "success_rate_of_received": (1, 3),
        "confirmation_rate": (1, 1),
        "confirmation_rate_of_written": (1, 1),
        "confirmation_rate_of_requested": (1, 1),
    }


def test_what_was_due_counts_whether_kept_or_overdue_and_once(petition_office: Organization) -> None:
    """Of five: accepted in time, accepted late, refused in time, noted overdue and never accepted, noted by mistake."""
    letter: dict[str, Fact] = {"channel": "letter", "purpose": "appeal"}
    courses: list[list[Taken]] = [
        [("accept", day("2024-02-10")), ("conclude", day("2024-03-10"))],
        [("accept", day("2024-03-10")), ("conclude", day("2024-07-10"))],
        [("refuse", day("2024-02-10"))],
        [("note_acceptance_overdue", day("2024-02-20"))],
        [("accept", day("2024-02-10")), ("note_acceptance_overdue", day("2024-02-20"))],
    ]
    for steps in courses:
        log("petition", petition_office, ("register", day("2024-02-01"), letter), *steps)
    answer = year("petition")

    found = parts(answer, "petition", "timely_acceptance_rate", "acceptance_on_time_rate", "timely_conclusion_rate")

    assert found == {
        "timely_acceptance_rate": (3, 5),
        "acceptance_on_time_rate": (2, 3),
        "timely_conclusion_rate": (1, 2),
    }
    overdue = answer.find("petition", "acceptance_overdue")
    assert overdue
    assert overdue.value == 2


def test_performance_is_of_the_agreements_that_have_fallen_due(village_committee: Organization) -> None:
    """Performed before the day, after it, never; due next year only; and one without a day."""
    courses = [
        ("2024-04-01", "2024-03-15"),
        ("2024-04-01", "2024-05-15"),
        ("2024-04-01", ""),
        ("2025-04-01", "2024-03-15"),
        ("", "2024-03-01"),
    ]
    for due, performed in courses:
        log(
            "mediation",
            village_committee,
            ("register", day("2024-02-01"), {"category": "contract"}),
            ("accept", day("2024-02-01")),
            ("agree", day("2024-03-01"), {"agreement": "written", **({"performance_ended_on": due} if due else {})}),
            *([("perform", day(performed))] if performed else []),
        )

    found = {
        as_of: [parts(answer, "mediation", "performance_rate_of_due") for answer in both_ways("mediation", as_of=as_of)]
        for as_of in ("2024-03-31", "2024-04-30", "2024-12-31", "2025-04-30")
    }

    assert found == {
        "2024-03-31": [{"performance_rate_of_due": (0, 0)}] * 2,
        "2024-04-30": [{"performance_rate_of_due": (1, 3)}] * 2,
        "2024-12-31": [{"performance_rate_of_due": (2, 3)}] * 2,
        "2025-04-30": [{"performance_rate_of_due": (3, 4)}] * 2,
    }


def test_petitions_answered_publicly_contacted_and_not_come_back(petition_office: Organization) -> None:
    """First ones: contacted, answered publicly; answered, come back; accepted only. And a repeated one, contacted."""
    answered: list[Taken] = [("accept", day("2024-02-04")), ("conclude", day("2024-03-01"), {"opinion": "supported"})]
    publicly: Taken = ("conclude", day("2024-03-01"), {"opinion": "explained", "replied_publicly": True})
    courses: list[tuple[bool, list[Taken]]] = [
        (False, [("contact", day("2024-02-03")), ("accept", day("2024-02-04")), publicly]),
        (
            False,
            [*answered, ("rate", day("2024-04-01"), {"satisfaction": "satisfied"}), ("visit_again", day("2024-05-01"))],
        ),
        (False, [("accept", day("2024-02-04"))]),
        (True, [("contact", day("2024-02-03")), *answered, ("rate", day("2024-04-01"), {"satisfaction": "satisfied"})]),
    ]
    for repeat, steps in courses:
        facts: dict[str, Fact] = {"channel": "letter", "purpose": "appeal", "repeat": repeat}
        log("petition", petition_office, ("register", day("2024-02-01"), facts), *steps)
    names = ("contact_rate", "public_reply_rate", "one_time_resolution_rate", "timely_reply_rate", "return_rate")

    from_cells, from_events = both_ways("petition", as_of="2024-12-31")

    assert parts(from_events, "petition", *names, "satisfaction_rate_of_first") == {
        "contact_rate": (1, 3),
        "public_reply_rate": (1, 3),
        "one_time_resolution_rate": (2, 3),
        "timely_reply_rate": (3, 4),
        "return_rate": (1, 3),
        "satisfaction_rate_of_first": (1, 1),
    }
    assert from_cells.figures == from_events.figures
