"""How an administrative reconsideration usually goes: accepted, answered, decided within the sixty days."""

from datetime import date

from casetrack.cases.generating.courses.diary import Diary, Dice
from casetrack.kinds.base import Fact

LAW_OF_2023 = date(2024, 1, 1)
MATTERS = {
    **{"penalty": 38, "compulsion": 4, "levy": 6, "permit": 3, "right_determination": 4, "confirmation": 5},
    **{"information": 9, "complaint_handling": 12, "inaction": 9, "agreement": 1, "compensation": 2},
    **{"work_injury": 5, "other": 2},
}
FIELDS = {
    **{"public_security": 28, "human_resources": 9, "natural_resources": 16, "market": 18, "housing": 8},
    **{"environment": 2, "agriculture": 2, "transport": 3, "city_management": 4, "tax": 1, "health": 2},
    **{"education": 1, "township": 4, "other": 2},
}
RESULTS = {
    **{"upheld": 48, "revoked": 7, "partly_revoked": 1, "changed": 2, "unlawful": 6, "void": 0.3, "ordered": 5},
    **{"request_dismissed": 12, "application_dismissed": 18, "agreement_liability": 0.7},
}
LEVELS = {"township": 12, "county_department": 70, "county": 10, "city_department": 8}
INTAKE = {"accept": 82, "refuse": 8, "withdraw_before": 6, "correct": 4}


def reconsideration(diary: Diary, dice: Dice) -> None:
    matter = dice.one_of(MATTERS)
    diary.open(
        "receive",
        matter=matter,
        field=dice.one_of(FIELDS),
        persons=dice.one_of({1: 90, 2: 6, 5: 3, 12: 1}),
        channel=dice.one_of({"in_person": 40, "post": 35, "online": 22, "oral": 3}),
        respondent_level=dice.one_of(LEVELS),
        known_on=diary.ago(3, 55),
    )
    way = dice.one_of(INTAKE)
    if way == "refuse":
        diary.take("refuse", 1, 5, outcome="not_accepted")
        diary.take("serve_refusal", 0, 4, served_to="applicant", service_method="post")
        return
    if way == "withdraw_before":
        diary.take("withdraw_before", 1, 4, settled_before=dice.percent(80))
        return
    if way == "correct":
        diary.take("notify_correction", 1, 4)
        diary.take("correction_notice_received", 1, 4)
        diary.take("correct", 1, 7)
    accept(diary, dice)
    try_case(diary, dice)
    end(diary, dice)


def accept(diary: Diary, dice: Dice) -> None:
    diary.pass_days(1, 4)
    if diary.on >= LAW_OF_2023 and dice.percent(12):
        ground = dice.one_of({"on_the_spot": 3, "amount": 3, "information": 2, "consent": 2})
        diary.take("accept_simplified", 0, 0, simplified_ground=ground)
        diary.pace = 1.0
    else:
        diary.take("accept", 0, 0)


def try_case(diary: Diary, dice: Dice) -> None:
    simplified = diary.steps[-1].step == "accept_simplified"
    under_2023 = diary.on >= LAW_OF_2023
    diary.take("send_copy", 0, 2 if simplified else 6)
    diary.take("copy_received", 1, 3)
    diary.take("answer", 1, 4 if simplified else 9)
    if dice.percent(70):
        method = {"in_person": 35, "phone": 50, "online": 5, "written": 10}
        diary.take("hear_opinions", 0, 6, opinion_method=dice.one_of(method))
    if not simplified and diary.pace == 1.0 and dice.percent(8):
        approver = "office_head" if under_2023 else "organ_head"
        diary.take("extend", 1, 12, extension_days=30, approver=approver, parties_notified=True)
    if not simplified and dice.percent(4):
        diary.take("suspend", 1, 8, suspension_ground="other_case", parties_notified=True)
        diary.take("resume", 15, 60, parties_notified=True)


def end(diary: Diary, dice: Dice) -> None:
    way = dice.one_of({"decide": 68, "mediate": 10, "terminate": 22})
    if way == "decide":
        outcome = dice.one_of(RESULTS)
        facts: dict[str, Fact] = {"outcome": outcome, f"item_{outcome}": True}
        diary.take("decide", 3, 14, **facts)
        diary.take("serve", 1, 5, served_to="applicant", service_method=dice.one_of({"post": 7, "direct": 3}))
        if dice.percent(9):
            diary.take("sued", 5, 15)
    elif way == "mediate":
        diary.take("mediate", 3, 14, mediation_sealed=True)
        diary.take("serve_end", 0, 3, served_to="applicant", service_method="direct")
    else:
        outcome = dice.one_of({"withdrawn": 75, "reconciled": 25})
        diary.take("terminate", 3, 14, outcome=outcome, termination_ground=outcome)
        diary.take("serve_end", 0, 3, served_to="applicant", service_method="post")
    if dice.percent(60):
        diary.take("archive", 5, 30)
