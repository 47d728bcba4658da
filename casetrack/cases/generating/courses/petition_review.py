"""How a review or re-review of a petition usually goes: mostly upheld, within the thirty days."""

from casetrack.cases.generating.courses.diary import Diary, Dice

DECISIONS = {"upheld": 78, "revoked": 6, "changed": 6, "redo": 10}


def petition_review(diary: Diary, dice: Dice) -> None:
    level = dice.one_of({"review": 72, "rereview": 28})
    diary.open("request", level=level, opinion_received_on=diary.ago(1, 25))
    end = dice.one_of({"decide": 88, "refuse": 8, "withdraw": 4})
    if end == "refuse":
        refusal = dice.one_of({"not_reviewable": 5, "final": 3, "other": 2})
        diary.take("refuse", 2, 12, refusal=refusal)
        return
    diary.take("accept", 1, 7)
    if end == "withdraw":
        diary.take("withdraw", 2, 15)
        return
    diary.take("decide", 5, 20, outcome=dice.one_of(DECISIONS))
    diary.pass_days(1, 6)
    if level == "rereview":
        diary.take("finalize", 0, 0, served_on=diary.on.isoformat())
        return
    diary.take("serve", 0, 0, served_on=diary.on.isoformat())
    if dice.percent(22):
        diary.pace = 1.0
        diary.take("request_rereview", 2, 20)
