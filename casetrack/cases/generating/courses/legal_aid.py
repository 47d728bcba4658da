"""How legal aid usually goes: granted within the week, assigned, finished, paid for and filed."""

from casetrack.cases.generating.courses.diary import Diary, Dice
from casetrack.kinds.base import Fact

TYPES = {
    **{"civil": 55, "criminal": 30, "administrative": 1, "labour_arbitration": 8, "non_litigation": 5},
    **{"state_compensation": 0.3, "notarisation": 0.2, "forensic_appraisal": 0.2, "other": 0.3},
}
FIRMS = {"法律援助中心": 35, "正平律师事务所": 25, "明理律师事务所": 20, "基层法律服务所": 20}


def legal_aid(diary: Diary, dice: Dice) -> None:
    kind = dice.one_of(TYPES)
    notified = kind == "criminal" and dice.percent(75)
    facts: dict[str, Fact] = {"aid_type": kind, "notified": notified, "persons": dice.one_of({1: 96, 3: 3, 9: 1})}
    if notified:
        facts.update(notifier=dice.one_of({"court": 50, "procuratorate": 35, "police": 15}))
        facts.update(hearing_on=diary.ahead(20, 45))
    else:
        facts.update(route=dice.one_of({"direct": 85, "station": 15}))
    diary.open("apply", **facts)
    if notified:
        diary.take("assign_notified", 0, 3, firm=dice.one_of(FIRMS))
    elif not granted(diary, dice):
        return
    handle(diary, dice)


def granted(diary: Diary, dice: Dice) -> bool:
    if dice.percent(8):
        diary.take("ask_supplement", 0, 3)
        diary.take("supplement", 1, 10)
    end = dice.one_of({"grant": 91, "refuse": 5, "withdraw": 4})
    if end == "refuse":
        diary.take("check_means", 0, 3, means="unqualified")
        diary.take("refuse", 0, 3)
        return False
    if end == "withdraw":
        diary.take("withdraw", 0, 6)
        return False
    diary.take("check_means", 0, 2, means=dice.one_of({"qualified": 60, "exempt": 35, "no_limit": 5}))
    diary.take("grant", 0, 3)
    diary.take("assign", 0, 3, firm=dice.one_of(FIRMS))
    return True


def handle(diary: Diary, dice: Dice) -> None:
    for activity in ("met", "read", "heard"):
        if dice.percent(45):
            diary.take("report_progress", 2, 25, activity=activity)
    if dice.percent(2):
        diary.take("terminate", 5, 40, termination_ground=dice.one_of({"requested": 5, "own_lawyer": 4, "other": 1}))
        return
    worth: dict[str, Fact] = {"recovered": dice.number(1_000, 80_000) * 100} if dice.percent(40) else {}
    diary.take("finish", 20, 120, **worth)
    if dice.percent(85):
        diary.take("submit_papers", 1, 25)
        if dice.percent(15):
            diary.take("review_quality", 5, 30, score=dice.number(70, 99))
        diary.take("pay_subsidy", 5, 40, subsidy=dice.one_of({800: 30, 1_200: 40, 1_800: 30}) * 100)
    if dice.percent(70):
        diary.take("archive", 5, 40)
