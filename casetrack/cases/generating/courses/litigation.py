"""How a suit against an organ usually goes: answered in fifteen days, heard, judged, and in effect unless appealed."""

from casetrack.cases.generating.courses.diary import Diary, Dice
from casetrack.kinds.base import Fact

FIRST = {
    **{"claims_dismissed": 38, "suit_dismissed": 20, "withdrawn": 20, "act_revoked": 6, "unlawful": 6},
    **{"ordered": 4, "compensation": 2, "partly_revoked": 1, "mediated": 1, "terminated": 1, "other": 1},
}
SECOND = {"appeal_dismissed": 82, "reversed": 6, "remanded": 5, "appeal_withdrawn": 7}
CIVIL = {"claims_dismissed": 30, "supported": 20, "partly_supported": 25, "mediated": 10, "withdrawn": 15}
COURTS = {"县人民法院": 60, "中级人民法院": 30, "铁路运输法院": 10}
RULINGS = ("suit_dismissed", "withdrawn", "terminated", "appeal_withdrawn")


def litigation(diary: Diary, dice: Dice) -> None:
    division = dice.one_of({"administrative": 92, "civil": 8})
    instance = dice.one_of({"first": 72, "second": 28})
    court = dice.one_of(COURTS) if instance == "first" else "中级人民法院"
    capacity = dice.one_of({"act": 72, "reconsideration": 10, "joint": 18})
    diary.open(
        "notice",
        division=division,
        instance=instance,
        court=court,
        persons=dice.one_of({1: 88, 2: 7, 6: 4, 20: 1}),
        capacity=capacity if division == "administrative" else "defendant",
    )
    if dice.percent(40):
        diary.take("assign", 0, 3, handling_unit="法规科")
    diary.take("answer", 2, 12)
    hear(diary, dice, division)
    judge(diary, dice, division, instance)
    follow(diary, dice, instance)


def hear(diary: Diary, dice: Dice, division: str) -> None:
    if dice.percent(85):
        must = division == "administrative" and dice.percent(30)
        diary.pass_days(1, 12)
        diary.take("set_hearing", 0, 0, hearing_on=diary.ahead(20, 50), must_call=must)
        if must:
            diary.take("call_head", 0, 4)
        present = division == "administrative" and dice.percent(85)
        facts: dict[str, Fact] = {"head_present": present, "attendance": dice.one_of({0: 60, 5: 25, 20: 15})}
        if present:
            facts.update(heads=1, head_rank=dice.one_of({"chief": 20, "deputy": 75, "participating": 5}))
        else:
            facts.update(staff_present=True)
        diary.take("hear", 5, 25, **facts)


def judge(diary: Diary, dice: Dice, division: str, instance: str) -> None:
    outcome = dice.one_of(SECOND if instance == "second" else CIVIL if division == "civil" else FIRST)
    facts: dict[str, Fact] = {"outcome": outcome, "document": "ruling" if outcome in RULINGS else "judgment"}
    if outcome == "mediated":
        facts["document"] = "mediation"
    if outcome == "compensation":
        facts["compensation"] = dice.number(1_000, 200_000) * 100
    if outcome == "withdrawn":
        facts["withdrawal"] = dice.one_of({"own": 60, "after_change": 25, "deemed": 15})
    diary.take("judge", 10, 90, **facts)


def follow(diary: Diary, dice: Dice, instance: str) -> None:
    diary.take("serve", 1, 10, served_to="us")
    if instance == "second":
        diary.take("take_effect", 0, 2)
        if dice.percent(15):
            diary.take("perform", 5, 50)
    elif dice.percent(38):
        diary.pace = 1.0
        diary.take("appeal", 2, 8, appealed_by=dice.one_of({"opposite": 85, "us": 12, "both": 3}))
    if dice.percent(2):
        diary.take("judicial_suggestion", 1, 20, suggestion_about="general")
        diary.take("reply_suggestion", 10, 40)
    if dice.percent(50):
        diary.take("archive", 20, 60)
