"""The law over the API: rules with their versions, and a due date with every counted day explained."""

import pytest
from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db


def due(clerk: APIClient, **asked: str) -> dict[str, object]:
    answer = clerk.get("/api/v1/law/due-date/", asked)
    assert answer.status_code == 200, answer.json()
    found: dict[str, object] = answer.json()
    return found


def refused(clerk: APIClient, **asked: str) -> dict[str, str]:
    answer = clerk.get("/api/v1/law/due-date/", asked)
    assert answer.status_code == 400
    errors: dict[str, str] = answer.json()["errors"]
    return errors


def test_a_due_date_says_which_days_were_not_counted_and_why(clerk: APIClient) -> None:
    answer = due(clerk, duty="reconsideration.answer", on="2024-02-06")

    assert (answer["rule"], answer["act_by"]) == ("FY23-ANSWER-ORD", "2024-02-26")
    receipt = answer["receipt"]
    assert isinstance(receipt, list)
    texts = [line["text"] for line in receipt]
    assert any("2024年2月10日（星期六）：春节" in text for text in texts)
    assert any("2024年2月18日（星期日）：春节调休上班" in text and "计入" in text for text in texts)


def test_the_old_law_gives_the_same_case_ten_calendar_days(clerk: APIClient) -> None:
    answer = due(clerk, duty="reconsideration.answer", on="2024-02-06", governed_on="2023-12-20")

    assert (answer["rule"], answer["act_by"]) == ("FY99-ANSWER", "2024-02-18")


def test_a_gap_in_the_law_is_an_answer_and_not_a_date(clerk: APIClient) -> None:
    assert "尚未取得" in refused(clerk, rule="TL07-REMAKE", on="2026-07-02")["on"]


def test_an_extension_beyond_the_most_is_refused_in_words(clerk: APIClient) -> None:
    assert "超过" in refused(clerk, rule="XF-END-22", on="2025-07-01", extended_by="31")["extended_by"]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"on": "2024-03-01"}, "rule"),
        ({"rule": "XF-END-22", "duty": "petition.conclude", "on": "2024-03-01"}, "rule"),
        ({"rule": "NO-SUCH", "on": "2024-03-01"}, "rule"),
        ({"duty": "no.such", "on": "2024-03-01"}, "duty"),
        ({"rule": "XF-END-22"}, "on"),
        ({"rule": "XF-END-22", "on": "9999-12-31"}, "on"),
        ({"rule": "XF-END-22", "on": "2024-03-01", "region": "62x"}, "region"),
        ({"rule": "LA21-TRANSFER", "on": "2024-03-01"}, "rule"),
    ],
)
def test_what_can_not_be_counted_is_refused_by_its_parameter(
    clerk: APIClient, asked: dict[str, str], field: str
) -> None:
    assert field in refused(clerk, **asked)


def test_the_rules_of_a_duty_stand_with_their_versions_and_doubts(clerk: APIClient) -> None:
    found = clerk.get("/api/v1/law/rules/", {"duty": "petition.conclude"}).json()["results"]

    ids = {rule["id"]: rule for rule in found}
    assert {"XF-END-05", "XF-END-22"} <= ids.keys()
    assert ids["XF-END-22"]["terms"][0]["quote"] == "六十日"


def test_the_unverified_rules_can_be_listed(clerk: APIClient) -> None:
    found = clerk.get("/api/v1/law/rules/", {"verified": "false"}).json()["results"]

    assert found
    assert not any(rule["verified"] for rule in found)


def test_a_word_that_is_neither_true_nor_false_narrows_nothing_quietly(clerk: APIClient) -> None:
    answer = clerk.get("/api/v1/law/rules/", {"verified": "banana"})

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["verified"])


def test_the_rules_of_a_place_leave_out_those_of_others(clerk: APIClient) -> None:
    everywhere = {rule["jurisdiction"] for rule in clerk.get("/api/v1/law/rules/").json()["results"]}
    beijing = {rule["jurisdiction"] for rule in clerk.get("/api/v1/law/rules/?region=110101").json()["results"]}

    assert {"", "11", "37"} <= everywhere
    assert beijing == {"", "11"}


def test_a_rule_says_by_how_much_it_may_be_extended_and_who_approves(clerk: APIClient) -> None:
    (term,) = clerk.get("/api/v1/law/rules/XF-END-22/").json()["terms"]

    assert (term["extension"]["most"], term["extension"]["unit"]) == (30, "day")
    assert term["extension"]["approver"]


def test_a_rule_that_is_none_is_not_found(clerk: APIClient) -> None:
    assert clerk.get("/api/v1/law/rules/NO-SUCH/").status_code == 404
