"""Declarations: what figures there are, what divides them, and how numbers become figures."""

from collections import Counter
from decimal import Decimal

import pytest

from casetrack.kinds import KINDS
from casetrack.stats.dimensions import always_known, applies, breakdowns, carried, from_opening, values_of
from casetrack.stats.figures import figure_of, per_cent
from casetrack.stats.indicators import INDICATORS, SUBJECTS, Form, Indicator, Term, indicator
from casetrack.stats.indicators.general import marks_of

CITED = {
    "mediation": "mediated succeeded success_rate performed performance_rate judicially_confirmed agreement_amount",
    "petition": "received closed pending closure_rate",
    "petition_review": "accepted closed",
    "reconsideration": "received not_accepted withdrawn decided handled withdrawn_before_acceptance"
    " received_year_on_year",
    "litigation": "handled concluded pending hearings_attended hearing_attendance head_appearances heads_appeared"
    " head_appearance_rate judgments_performed judicial_suggestions procuratorial_suggestions",
    "legal_aid": "accepted advice_given",
    "organization": "mediation_committees mediators",
    "training": "sessions attendance",
    "hotline": "handled_rate",
    "proposal": "handled",
}


@pytest.mark.parametrize("subject", CITED)
def test_every_figure_that_reports_cite_is_declared(subject: str) -> None:
    assert set(CITED[subject].split()) <= set(SUBJECTS[subject].measures)


@pytest.mark.parametrize("found", INDICATORS, ids=lambda found: f"{found.subject}.{found.measure}")
def test_an_indicator_counts_milestones_that_its_kind_makes(found: Indicator) -> None:
    if found.form not in (Form.REGISTER, Form.REPORTED):
        kind = KINDS[found.subject]
        dimensions = {dimension.name: dimension for dimension in kind.dimensions}
        for term in (*found.terms, *found.base):
            assert term.name in marks_of(kind)
            for name, values in term.where:
                assert name in dimensions
                assert set(values) <= set(values_of(kind.code, name))


@pytest.mark.parametrize("found", INDICATORS, ids=lambda found: found.name)
def test_a_rate_without_one_public_definition_names_the_one_it_uses(found: Indicator) -> None:
    """Every rate of a subject of its own does; those that every kind has are defined once for all."""
    general = {"closure_rate", "flow_closure_rate", "received_year_on_year"}

    assert bool(found.version) == (found.unit == "%" and found.measure not in general)


def test_versions_are_told_apart() -> None:
    named = [(found.subject, found.version) for found in INDICATORS if found.version]

    assert len(named) == len(set(named))


def test_what_every_step_that_closes_a_case_says_is_always_known() -> None:
    assert "outcome" in always_known("petition", "closed")
    assert "outcome" not in always_known("petition", "accepted")
    assert "satisfaction" in always_known("petition", "rated")
    assert "agreement" not in always_known("mediation", "closed")


def test_a_share_in_time_is_only_told_where_time_can_run_out() -> None:
    told = {found.subject for found in INDICATORS if found.measure == "acceptance_on_time_rate"}

    # of reviews it can in one province, of mediation where a court waits for an answer
    assert {"petition", "petition_review", "mediation", "reconsideration", "legal_aid"} <= told
    assert "litigation" not in told


def test_what_a_milestone_can_carry_follows_from_the_lifecycle() -> None:
    assert "agreement" in carried("mediation", "performed")
    assert "agreement" not in carried("mediation", "accepted")
    assert "satisfaction" not in carried("petition", "closed")
    assert {"channel", "purpose", "repeat"} <= from_opening("petition")


@pytest.mark.parametrize(
    ("subject", "measure", "by", "can"),
    [
        ("petition", "received", "channel", True),
        ("petition", "received", "outcome", False),
        ("petition", "pending", "outcome", False),
        ("petition", "closed", "outcome", True),
        ("petition", "closure_rate", "channel", True),
        ("petition", "closure_rate", "outcome", False),
        ("petition", "on_time_closure_rate", "outcome", True),
        ("mediation", "succeeded", "agreement", True),
        ("mediation", "success_rate", "outcome", False),
        ("reconsideration", "correction_rate", "field", True),
        ("organization", "mediators", "committee_kind", True),
        ("proposal", "handled", "origin", True),
        ("hotline", "handled", "origin", False),
        ("legal_aid", "advice_given", "aid_type", False),
    ],
)
def test_a_figure_is_divided_only_by_what_is_known_when_it_is_counted(
    subject: str, measure: str, by: str, can: bool
) -> None:
    assert applies(indicator(subject, measure), (by,)) is can


def test_the_breakdowns_kept_hold_what_the_rates_look_at() -> None:
    assert ("division", "instance", "outcome") in breakdowns("litigation")
    assert ("matter", "outcome") in breakdowns("reconsideration")
    assert () in breakdowns("mediation")


@pytest.mark.parametrize(
    ("numerator", "denominator", "value"),
    [
        (57, 63, "90.4762"),
        (1, 3, "33.3333"),
        (2, 3, "66.6667"),
        (1, 32, "3.1250"),
        (1, 16_000, "0.0063"),
        (5, 5, "100"),
    ],
)
def test_rates_are_rounded_half_up_to_four_places(numerator: int, denominator: int, value: str) -> None:
    assert per_cent(numerator, denominator) == Decimal(value)


def test_there_is_no_share_of_nothing() -> None:
    assert per_cent(0, 0) is None


def test_an_amount_is_exact_and_shown_rounded_half_up() -> None:
    amount = indicator("mediation", "agreement_amount")

    figure = figure_of(amount, Counter({amount.terms[0]: 1_015_155_000}), {}, {})

    assert (figure.value, figure.shown) == (Decimal("1015.155"), "1015.16")


def test_a_declaration_that_cannot_be_right_is_refused() -> None:
    with pytest.raises(ValueError, match="a rate, a mean or a change has a base"):
        Indicator("petition", "x", "某率", "%", "某。", (Term("closed"),), form=Form.RATE)
    with pytest.raises(ValueError, match="one whole sentence"):
        Indicator("petition", "x", "某数", "件", "某", (Term("closed"),))
    with pytest.raises(ValueError, match="declare what is counted"):
        Indicator("petition", "x", "某数", "件", "某。")
    with pytest.raises(ValueError, match="say in words what is divided by what"):
        Indicator("petition", "x", "某率", "%", "某。", (Term("closed"),), (Term("received"),), Form.RATE)
    with pytest.raises(ValueError, match="a count is whole"):
        Indicator("petition", "x", "某数", "件", "某。", (Term("closed"),), decimals=1)
