"""Rates of cases at law that have several definitions: each by its name, its figures written out by hand."""

from casetrack.kinds.base import Fact
from casetrack.organizations.models import Organization
from casetrack.stats.indicators import SUBJECTS
from tests.stats.variants import both_ways, parts, year
from tests.stats.world import Taken, day, log


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
