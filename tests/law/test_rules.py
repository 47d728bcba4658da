"""Every row of the source tables is declared, belongs to a duty, and every duty answers without ambiguity."""

from datetime import date, timedelta

import pytest

from casetrack.law.statutes import DUTIES, RULES, duty, rule, unverified
from casetrack.law.terms import Duty, NoTermInForce, Unit

MEDIATION = """
PM-TERM-GEN PM-TERM-NB PM-TERM-SZ PM-TERM-MED PM-TERM-LAB PM-COURT-PRE PM-COURT-PRE-OL PM-COURT-ORD PM-COURT-SUM
PM-OL-CONFIRM PM-OL-CONTACT PM-OL-APPOINT PM-OL-CHOOSE PM-ACC-NBMED PM-CONF-APPLY PM-CONF-APPLY-12
PM-CONF-APPLY-21 PM-CONF-APPLY-23 PM-CONF-ACC PM-CONF-DEC-11 PM-CONF-DEC-SP PM-CONF-OBJ-P PM-CONF-OBJ-T
PM-ENFORCE PM-TRAFFIC PM-POLICE-2ND PM-COMM-TERM PM-COMM-FILE-MED PM-COMM-FILE-NB
"""
PETITION = """
XF-REG-22 XF-REG-05 XF-STAGE XF-NOTICE-DIR-22 XF-NOTICE-FWD-22 XF-OBJECT XF-ACC-05 XF-END-22 XF-END-05
XF-REV-ASK XF-REV-DEC XF-RER-ASK XF-RER-DEC XF-SIM-ACC XF-SIM-END XF-SIM-HOP XF-SUGG-05 XF-ASSIGN
XF-ZJ-ACC XF-ZJ-END XF-SD-REVACC HL-12345
"""
RECONSIDERATION = """
FY23-APPLY FY23-APPLY-NOTICE FY23-CAP FY23-FORWARD FY23-REVIEW FY23-CORR-NOTICE FY23-CORR FY23-COPY-ORD
FY23-ANSWER-ORD FY23-COPY-SIM FY23-ANSWER-SIM FY23-DECIDE-ORD FY23-DECIDE-SIM FY23-HEARING FY23-ATTACH-OWN
FY23-ATTACH-XFER FY23-ATTACH-ASK FY23-ATTACH-REPLY FY23-ATTACH-BACK FY23-TERM60 FY23-OPINION FY23-SUE-PRE
FY99-APPLY FY99-REVIEW FY99-FORWARD FY99-COPY FY99-ANSWER FY99-DECIDE FY99-ATTACH FY99-SUE-PRE
TL07-CORR-NOTICE TL07-COMPETENCE TL07-INACTION TL07-TERM60 TL07-REMAKE TL07-OPINION
"""
LITIGATION = """
XS14-SUE XS14-SUE-AFTER XS14-SUE-INACTION XS14-SUE-NOTICE XS14-REGISTER XS14-COPY XS14-ANSWER XS14-JURIS
XS14-FIRST XS14-SIMPLE XS14-APPEAL-J XS14-APPEAL-R XS14-APPEAL-ANS XS14-SECOND XS14-RETRIAL-APP XS14-RETRIAL-ANS
XS14-RETRIAL-REV XS14-TERM90 XS14-ENFORCE XS14-NONLIT XS14-NORM-REPLY CZ20-NOTICE XS89-ANSWER XS89-FIRST
XS89-SECOND XS89-SUE MS23-ANSWER MS23-FIRST MS23-APPEAL MS23-SECOND
"""
LEGAL_AID = """
LA21-DECIDE LA21-ASSIGN LA21-NOTIFY LA21-NOTIFIED LA21-TRANSFER LA21-OBJECT LAP12-DECIDE LA03-OBJECT LA03-HEAR
"""
# A row with two lengths, and a row with two places, take a second rule each.
SECOND_LENGTHS = """
XF-STAGE-NATIONAL XF-STAGE-PROVINCE XF-STAGE-CITY XF-STAGE-COUNTY XF-BJ-REV-DEC XF-BJ-RER-DEC HL-12345-WF
FY23-APPLY-NOTICE-CAP FY23-CAP-REAL FY99-ATTACH-XFER FY99-ATTACH-BACK TL07-COMPETENCE-NAME XS14-SUE-CAP
XS14-SUE-CAP-REAL XS14-PERFORM XS14-EVIDENCE MS23-APPEAL-R MS23-SECOND-R LA03-HEAR-NAME
"""
IN_THE_TABLES = set((MEDIATION + PETITION + RECONSIDERATION + LITIGATION + LEGAL_AID).split())
# One place of every jurisdiction that has rules of its own, and one of none.
PLACES = ("420381000000", "330203000000", "440304000000", "370102000000", "370702000000", "110101000000")


def test_every_row_of_the_tables_is_a_rule_and_no_rule_is_made_up() -> None:
    assert set(RULES) == IN_THE_TABLES | set(SECOND_LENGTHS.split())


def test_every_rule_belongs_to_exactly_one_duty() -> None:
    owners: dict[str, list[str]] = {}
    for each in DUTIES.values():
        for member in each.rules:
            owners.setdefault(member.id, []).append(each.name)

    assert {rule_id: owners.get(rule_id, []) for rule_id in RULES if len(owners.get(rule_id, [])) != 1} == {}


@pytest.mark.parametrize("each", DUTIES.values(), ids=lambda each: each.name)
@pytest.mark.parametrize("place", PLACES)
def test_of_two_rules_for_one_place_and_level_the_newer_is_always_another_day_newer(each: Duty, place: str) -> None:
    for member in each.rules:
        for term in member.terms:
            found = each.rules_on(term.since, place)
            keys = [(rule.jurisdiction, rule.term_on(term.since).since) for rule in found]

            assert len(keys) == len(set(keys)), f"{each.name} on {term.since}: {[rule.id for rule in found]}"


@pytest.mark.parametrize("each", DUTIES.values(), ids=lambda each: each.name)
def test_once_begun_a_duty_has_no_gap_before_its_known_end(each: Duty) -> None:
    national = [rule for rule in each.rules if not rule.jurisdiction]
    ends = sorted(term.until for rule in national for term in rule.terms if term.until)
    if not ends or any(rule.gap for rule in national) or each.name in ENDED:
        return

    assert all(any(rule.in_force(end) for rule in national) for end in ends)


# Duties that ended with their statute and have no successor with a number.
ENDED = {
    "petition.stage",
    "petition.stage_national",
    "petition.stage_province",
    "petition.stage_city",
    "petition.stage_county",
    "legal_aid.hearing_notice",
    "legal_aid.hearing_name",
}


def test_before_the_first_regulation_there_is_no_term_and_the_message_says_what_exists() -> None:
    with pytest.raises(NoTermInForce, match="XF-END-05、XF-END-22"):
        duty("petition.conclude").rule_on(date(2004, 12, 31))


def test_after_the_regulation_of_2007_the_missing_text_is_named() -> None:
    with pytest.raises(NoTermInForce, match="修订文本.*尚未取得"):
        rule("TL07-REMAKE").term_on(date(2026, 7, 1))


def test_the_last_day_of_the_regulation_of_2007_still_has_its_term() -> None:
    assert rule("TL07-REMAKE").term_on(date(2026, 6, 30)).length == 60


def test_the_respondents_ten_days_are_calendar_days_until_2023_and_working_days_after() -> None:
    answer = duty("reconsideration.answer")

    assert answer.rule_on(date(2023, 12, 31)).term_on(date(2023, 12, 31)).unit is Unit.DAY
    assert answer.rule_on(date(2024, 1, 1)).term_on(date(2024, 1, 1)).unit is Unit.WORKING_DAY


def test_the_decision_counts_from_receipt_under_the_old_law_and_from_acceptance_under_the_new() -> None:
    decide = duty("reconsideration.decide")

    assert decide.rule_on(date(2023, 12, 31)).counted_from == "received_on"
    assert decide.rule_on(date(2024, 1, 1)).counted_from == "accepted_on"


def test_another_head_approves_the_extension_under_each_version() -> None:
    found = []
    for day in (date(2023, 12, 31), date(2024, 1, 1)):
        extension = duty("reconsideration.decide").rule_on(day).term_on(day).extension
        found.append(extension.approver if extension else "")

    assert found == ["行政复议机关负责人", "行政复议机构负责人"]


def test_a_local_rule_governs_only_its_own_place() -> None:
    conclude = duty("petition.conclude")
    day = date(2020, 6, 1)

    assert conclude.rule_on(day, "330102000000").id == "XF-ZJ-END"
    assert conclude.rule_on(day, "420381000000").id == "XF-END-05"
    assert [each.id for each in conclude.rules_on(day, "330102000000")] == ["XF-ZJ-END", "XF-END-05"]


def test_every_unverified_term_says_what_is_in_doubt() -> None:
    found = unverified()

    assert {"PM-CONF-APPLY-12", "XF-ZJ-END", "TL07-REMAKE", "XS89-ANSWER", "LA21-DECIDE", "LAP12-DECIDE"} <= {
        rule.id for rule, _ in found
    }
    assert not {"XF-END-22", "FY23-DECIDE-ORD", "FY99-DECIDE", "XS14-ANSWER", "TL07-TERM60"} & {
        rule.id for rule, _ in found
    }
    assert all(term.note for _, term in found)


def test_warnings_follow_the_length_of_the_term() -> None:
    expected = {
        "XF-END-22": (10, 3),
        "XF-REV-DEC": (7, 3),
        "XF-REG-22": (5, 2),
        "XF-SIM-END": (3, 1),
        "XF-OBJECT": (1, 0),
        "XF-SIM-HOP": (0, 0),
        "XS14-FIRST": (10, 3),
    }

    assert {rule_id: RULES[rule_id].warn for rule_id in expected} == expected


def test_asking_for_a_rule_or_a_duty_that_is_not_there_names_it() -> None:
    with pytest.raises(LookupError, match="XF-NOTHING"):
        rule("XF-NOTHING")
    with pytest.raises(LookupError, match=r"petition\.nothing"):
        duty("petition.nothing")


def test_a_term_ends_the_day_before_its_successor_begins() -> None:
    for each in RULES.values():
        for earlier, later in zip(each.terms, each.terms[1:], strict=False):
            assert earlier.until == later.since
            assert earlier.covers(later.since - timedelta(days=1))
