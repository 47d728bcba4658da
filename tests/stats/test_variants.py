"""Rates that have several definitions: each by its name, on a few cases whose figures are written out by hand."""

from functools import partial

from casetrack.kinds.base import Fact
from casetrack.organizations.models import Organization
from casetrack.stats import rollup
from casetrack.stats.answering import statistics
from casetrack.stats.figures import Answer
from casetrack.stats.indicators import SUBJECTS
from casetrack.stats.questions import Basis
from tests.stats.world import QINAN, Taken, day, log


def year(subject: str) -> Answer:
    """The figures of 2024."""
    return statistics(region=QINAN, first=day("2024-01-01"), last=day("2024-12-31"), subjects=[subject])


def both_ways(subject: str, *, as_of: str) -> tuple[Answer, Answer]:
    """The cases received in 2024, as they stood at the end of a month: from the cells, and from the events."""
    rollup.settle()
    ask = partial(statistics, region=QINAN, first=day("2024-01-01"), last=day("2024-12-31"), subjects=[subject])
    return ask(as_of=day(as_of), basis=Basis.CELLS), ask(as_of=day(as_of), basis=Basis.EVENTS)


def parts(answer: Answer, subject: str, *measures: str) -> dict[str, tuple[int | None, int | None]]:
    found = {name: answer.find(subject, name) for name in measures}
    return {name: (figure.numerator, figure.denominator) for name, figure in found.items() if figure}


def test_a_loss_upheld_on_appeal_is_a_loss_of_the_effective_judgment(litigation_office: Organization) -> None:
    for lost in (True, False):
        log(
            "litigation",
            litigation_office,
            ("notice", day("2024-02-01"), {"division": "administrative", "instance": "second"}),
            ("judge", day("2024-05-01"), {"outcome": "appeal_dismissed", "lost": lost}),
            ("take_effect", day("2024-05-01")),
        )
    log(
        "litigation",
        litigation_office,
        ("notice", day("2024-02-01"), {"division": "administrative", "instance": "first"}),
        ("judge", day("2024-03-01"), {"outcome": "unlawful"}),
    )
    answer = year("litigation")

    found = parts(answer, "litigation", "loss_rate_of_effective", "loss_rate")

    assert found == {"loss_rate_of_effective": (1, 2), "loss_rate": (1, 1)}


def test_the_appearance_of_heads_is_told_in_each_of_its_versions(litigation_office: Organization) -> None:
    """Of four hearings: the chief came; a deputy came when called; one was excused by the court; nobody came."""
    hearings: list[dict[str, Fact]] = [
        {"head_present": True, "head_rank": "chief"},
        {"head_present": True, "head_rank": "deputy"},
        {"head_present": False, "excuse": "public_duty", "excuse_accepted": True, "staff_present": True},
        {"head_present": False},
    ]
    for number, facts in enumerate(hearings):
        called: list[Taken] = [
            ("set_hearing", day("2024-02-10"), {"hearing_on": "2024-03-01"}),
            ("call_head", day("2024-02-20")),
        ]
        log(
            "litigation",
            litigation_office,
            ("notice", day("2024-02-01"), {"division": "administrative"}),
            *(called if number in (1, 3) else []),
            ("hear", day("2024-03-01"), facts),
        )

    found = parts(year("litigation"), "litigation", *rates_of("head_appearance", "chief_appearance"))

    assert found == {
        "head_appearance_rate": (2, 4),
        "head_appearance_rate_of_called": (1, 2),
        "head_appearance_rate_unexcused": (2, 3),
        "chief_appearance_rate": (1, 2),
    }


def rates_of(*beginnings: str) -> list[str]:
    return [name for name in SUBJECTS["litigation"].measures if name.startswith(beginnings) and name.count("rate")]


def test_correction_is_told_in_each_of_its_versions(reconsideration_office: Organization) -> None:
    """Of five accepted: one revoked, one withdrawn after the respondent changed its act, one mediated, one upheld."""
    ends: list[Taken | None] = [
        ("decide", day("2024-03-01"), {"outcome": "revoked"}),
        ("terminate", day("2024-03-01"), {"outcome": "withdrawn", "respondent_changed": True}),
        ("mediate", day("2024-03-01"), {"mediation_sealed": True}),
        ("decide", day("2024-03-01"), {"outcome": "upheld"}),
        None,
    ]
    for end in ends:
        steps: list[Taken] = [("receive", day("2024-02-01")), ("accept", day("2024-02-04"))]
        log("reconsideration", reconsideration_office, *steps, *([end] if end else []))
    answer = year("reconsideration")

    found = parts(
        answer,
        "reconsideration",
        "correction_rate",
        "correction_rate_of_accepted",
        "comprehensive_correction_rate",
        "comprehensive_correction_rate_with_settled",
        "settlement_rate",
    )

    assert found == {
        "correction_rate": (1, 4),
        "correction_rate_of_accepted": (1, 5),
        "comprehensive_correction_rate": (2, 4),
        "comprehensive_correction_rate_with_settled": (3, 4),
        "settlement_rate": (2, 4),
    }
    stocks = [answer.find("reconsideration", name) for name in ("accepted_carried_over", "accepted_pending")]
    assert [figure and figure.value for figure in stocks] == [0, 1]


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


def test_legal_aid_is_counted_by_its_kinds(legal_aid_centre: Organization) -> None:
    for kind in ("civil", "civil", "state_compensation"):
        log(
            "legal_aid",
            legal_aid_centre,
            ("apply", day("2024-02-01"), {"aid_type": kind, "persons": 2}),
            ("grant", day("2024-02-04")),
        )
    answer = year("legal_aid")

    names = ("accepted_civil", "accepted_criminal", "accepted_administrative", "accepted_by_notice", "recipients")
    found = {name: figure.value for name in names if (figure := answer.find("legal_aid", name))}

    assert found == {
        "accepted_civil": 2,
        "accepted_criminal": 0,
        "accepted_administrative": 1,
        "accepted_by_notice": 0,
        "recipients": 6,
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


def test_settled_for_good_is_what_was_closed_and_no_suit_followed(reconsideration_office: Organization) -> None:
    """Decided and not sued; decided and sued in May; sued before the decision of May; sued and undecided; refused."""
    decided: Taken = ("decide", day("2024-03-20"), {"outcome": "upheld"})
    courses: list[list[Taken]] = [
        [("accept", day("2024-02-04")), decided],
        [("accept", day("2024-02-04")), decided, ("sued", day("2024-05-10"))],
        [
            ("accept", day("2024-02-04")),
            ("sued", day("2024-04-20")),
            ("decide", day("2024-05-20"), {"outcome": "upheld"}),
        ],
        [("accept", day("2024-02-04")), ("sued", day("2024-04-20"))],
        [("refuse", day("2024-02-04"), {"outcome": "not_accepted"})],
    ]
    for steps in courses:
        log("reconsideration", reconsideration_office, ("receive", day("2024-02-01")), *steps)

    found = {
        as_of: [
            parts(answer, "reconsideration", "settled_for_good_rate", "suit_rate")
            for answer in both_ways("reconsideration", as_of=as_of)
        ]
        for as_of in ("2024-04-30", "2024-12-31")
    }

    assert found == {
        "2024-04-30": [{"settled_for_good_rate": (3, 3), "suit_rate": (2, 3)}] * 2,
        "2024-12-31": [{"settled_for_good_rate": (2, 4), "suit_rate": (3, 4)}] * 2,
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
