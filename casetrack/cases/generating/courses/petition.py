"""How a petition usually goes: registered, passed on to the body in charge, answered in writing, rated."""

from casetrack.cases.generating.courses.diary import Diary, Dice
from casetrack.kinds.base import Fact
from casetrack.kinds.petition_clocks import REGULATION_OF_2022

CHANNELS = {"letter": 16, "visit": 30, "online": 40, "phone": 9, "fax": 0.5, "delegated": 4.5}
PURPOSES = {"appeal": 72, "suggestion": 14, "accusation": 6, "other": 8}
CONTENTS = {
    **{"urban_construction": 22, "natural_resources": 14, "civil_affairs": 8, "transport": 6, "health": 5},
    **{"labour_social_security": 14, "rural_agriculture": 12, "education": 5, "politics_law": 4, "discipline": 2},
    **{"environment": 4, "market": 3, "other": 1},
}
BODIES = {
    "住房和城乡建设局": 22,
    "自然资源局": 14,
    "人力资源和社会保障局": 14,
    "农业农村局": 12,
    "民政局": 8,
    "交通运输局": 6,
    "教育局": 5,
    "卫生健康局": 5,
    "生态环境分局": 4,
    "市场监督管理局": 3,
    "乡镇人民政府": 7,
}
WAYS = {"forward": 52, "assign": 14, "handle": 15, "tell_elsewhere": 5, "refuse": 4, "divert": 5, "withdraw": 5}
OPINIONS = {"supported": 30, "partly_supported": 20, "explained": 42, "not_supported": 8}
PUBLIC = {"suggestion": 30, "appeal": 8}
"""Of a hundred answers, how many are made public: of what concerns everybody more than of what concerns one."""
RATINGS = {"satisfied": 78, "basically_satisfied": 15, "dissatisfied": 7}


def petition(diary: Diary, dice: Dice) -> None:
    channel, purpose = dice.one_of(CHANNELS), dice.one_of(PURPOSES)
    register(diary, dice, channel, purpose)
    if channel == "visit" and dice.percent(2):
        diary.take("report_urgent", 0, 1)
    way = dice.one_of(WAYS)
    if way == "tell_elsewhere":
        diary.take("tell_elsewhere", 1, 12, told_to=dice.one_of(BODIES))
    elif way == "refuse":
        refusal = dice.one_of({"handled_below": 40, "final": 20, "statutory": 35, "other": 5})
        diary.take("refuse", 1, 12, refusal=refusal)
    elif way == "divert":
        diary.take("divert", 1, 12, route=dice.one_of({"judicial": 4, "arbitration": 2, "administrative": 4}))
    elif way == "withdraw":
        diary.take("withdraw", 1, 20)
    else:
        pass_on(diary, dice, way)
        handle(diary, dice, purpose, way)


def register(diary: Diary, dice: Dice, channel: str, purpose: str) -> None:
    persons = dice.one_of({1: 82, 2: 8, 3: 4, 4: 2, 7: 3, 16: 1})
    group = channel == "visit" and persons >= 5
    facts: dict[str, Fact] = {"group": True, "representatives": dice.number(2, 5)} if group else {}
    diary.open(
        "register",
        channel=channel,
        purpose=purpose,
        category="discipline" if purpose == "accusation" and dice.percent(60) else dice.one_of(CONTENTS),
        repeat=dice.percent(17),
        persons=persons,
        intake="petition_office",
        **facts,
    )


def pass_on(diary: Diary, dice: Dice, way: str) -> None:
    if way == "forward":
        diary.take("forward", 1, 10, responsible=dice.one_of(BODIES), to_accused=False)
    elif way == "assign":
        days = dice.one_of({15: 10, 30: 50, 60: 40})
        diary.take("assign", 1, 10, responsible=dice.one_of(BODIES), to_accused=False, assigned_days=days)


def handle(diary: Diary, dice: Dice, purpose: str, way: str) -> None:
    passed_on = diary.on
    if dice.percent(92):
        diary.take("notify", 0, 4)
    diary.take("accept", 0, 5)
    if dice.percent(80):
        diary.take("contact", 0, 3)
    if dice.percent(45):
        diary.take("investigate", 1, 15)
    if dice.percent(1.5):
        diary.take("hear", 1, 12)
    if purpose == "appeal" and diary.pace == 1.0 and dice.percent(5):
        diary.take("extend", 1, 12, extended_days=dice.one_of({15: 3, 30: 7}), approved=True, reasons_told=True)
    if dice.percent(3):
        diary.take("supervise", 1, 10, ground="overdue", measure=dice.one_of({"supervise": 8, "talk": 2}))
    if dice.percent(6):
        diary.take("settle", 2, 25, in_writing=True)
    else:
        public: dict[str, Fact] = {"replied_publicly": True} if dice.percent(PUBLIC.get(purpose, 3)) else {}
        diary.take("conclude", 2, 25, opinion=dice.one_of(OPINIONS), **public)
        if dice.percent(90):
            diary.take("serve", 1, 6, service_proved=True)
            if purpose == "appeal" and dice.percent(4):
                ask_review(diary, dice)
    if way == "assign" and passed_on >= REGULATION_OF_2022:
        diary.take("report", 0, 4)
    if dice.percent(45):
        diary.take("rate", 1, 15, satisfaction=dice.one_of(RATINGS))
    if dice.percent(2):
        diary.take("visit_again", 10, 60, visitors=dice.number(1, 3))


def ask_review(diary: Diary, dice: Dice) -> None:
    """Within thirty days of the opinion, whatever the pace of the office."""
    pace, diary.pace = diary.pace, 1.0
    diary.take("request_review", 3, 20)
    diary.pace = pace
