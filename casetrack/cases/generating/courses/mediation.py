"""How a people's mediation usually goes: settled within the month, now and then confirmed by the court."""

from datetime import date

from casetrack.cases.generating.courses.diary import Diary, Dice
from casetrack.kinds.base import Fact

CATEGORIES = {
    **{"marriage_family": 17, "inheritance": 1, "neighbour": 23, "house_homestead": 7, "contract": 7},
    **{"production_business": 2, "damages": 12, "forest_land": 7, "land_taking": 2, "pollution": 0.5},
    **{"migrant_wages": 3, "labour": 3, "tourism": 0.4, "e_commerce": 0.4, "consumer": 3, "medical": 1.2},
    **{"traffic": 6, "property_management": 2.5, "other": 2},
}
SOURCES = {
    **{"application": 52, "active": 27, "court": 8, "procuratorate": 0.3, "police": 7, "petition": 2},
    "other_department": 3.7,
}
SENDERS = {
    "court": "县人民法院",
    "procuratorate": "县人民检察院",
    "police": "公安派出所",
    "petition": "信访局",
    "other_department": "乡镇人民政府",
}
STAGES = {"before_filing": 75, "after_filing": 15, "after_filing_summary": 10}
COURT_STAGES_SINCE = date(2016, 7, 1)
ENDS = {"agree": 90, "fail": 5, "refuse": 2, "withdraw": 2, "transfer": 1}
YUAN = {0: 25, 500: 8, 2_000: 18, 8_000: 22, 30_000: 18, 120_000: 8, 600_000: 1}


def mediation(diary: Diary, dice: Dice) -> None:
    source = dice.one_of(SOURCES)
    facts: dict[str, Fact] = {
        "category": dice.one_of(CATEGORIES),
        "source": source,
        "difficult": dice.percent(4),
        "persons": dice.one_of({2: 78, 3: 11, 4: 6, 6: 3, 15: 2}),
    }
    if source in SENDERS:
        facts["entrusted_by"] = SENDERS[source]
    if source == "court" and diary.on >= COURT_STAGES_SINCE:
        facts.update(court_stage=dice.one_of(STAGES), online=dice.percent(35), signed_on=diary.on.isoformat())
    diary.open("register", **facts)
    end = dice.one_of(ENDS)
    if end == "refuse":
        diary.take("refuse", 1, 4, refusal=dice.one_of({"party_refuses": 7, "taken_up": 2, "reserved": 1}))
        return
    if end == "transfer":
        diary.take("transfer", 1, 6, moved_to=dice.one_of({"县人民法院": 5, "公安派出所": 3, "劳动仲裁委员会": 2}))
        return
    diary.take("accept", 0, 2, consent=True)
    work(diary, dice)
    if end == "agree":
        agree(diary, dice, source)
    elif end == "fail":
        failure = dice.one_of({"no_agreement": 6, "party_refuses": 3, "unreachable": 1})
        diary.take("fail", 3, 24, failure=failure, remedies_told=True)
    else:
        diary.take("withdraw", 1, 20)


def work(diary: Diary, dice: Dice) -> None:
    if dice.percent(30):
        diary.take("choose_mediators", 0, 2, mediators=dice.number(1, 3), chosen_by_parties=dice.percent(20))
    if dice.percent(35):
        diary.take("investigate", 0, 4)
    if dice.percent(2):
        diary.take("report_danger", 0, 2, danger=dice.one_of({"escalation": 8, "public_security": 2}))
    for _ in range(dice.one_of({0: 35, 1: 50, 2: 12, 3: 3})):
        mode = dice.one_of({"on_site": 80, "phone": 12, "online": 8})
        diary.take("session", 0, 5, session_mode=mode, open_session=dice.percent(30))


def agree(diary: Diary, dice: Dice, source: str) -> None:
    form = dice.one_of({"written": 62, "oral": 38})
    most = dice.one_of(YUAN)
    facts: dict[str, Fact] = {"amount": dice.number(most // 4, most) * 100} if most else {}
    diary.pass_days(0, 12)
    if dice.percent(60):
        facts["performance_ended_on"] = diary.ahead(7, 45)
    diary.take("agree", 0, 0, agreement=form, effective_on="", **facts)
    if form == "written" and source != "court" and dice.percent(12):
        confirm(diary, dice)
    if dice.percent(70):
        diary.take("perform", 0, 25)
    elif dice.percent(4):
        diary.on = max(diary.on, date.fromisoformat(str(facts.get("performance_ended_on", diary.on))))
        diary.take("default", 20, 60)
    if dice.percent(25):
        diary.take("visit", 10, 40, finding=dice.one_of({"performed": 85, "performing": 12, "not_performed": 3}))
    if dice.percent(60):
        diary.take("archive", 1, 30, papers_complete=True)


def confirm(diary: Diary, dice: Dice) -> None:
    """The thirty days of the application don't wait for a slow office."""
    pace, diary.pace = diary.pace, 1.0
    diary.take("apply_confirmation", 0, 15, joint=True, court="县人民法院")
    diary.pace = pace
    diary.take("file_confirmation", 0, 3)
    diary.take("confirm", 2, 15, court="县人民法院")
