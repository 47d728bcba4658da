"""秦安县 with a town, a village and one office of each kind, and a few cases whose figures can be written by hand."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from casetrack.kinds.base import Fact
from casetrack.organizations.models import CommitteeKind, Mediator, Organization, OrganizationKind, Region, Training
from casetrack.organizations.regions import ensure_regions
from casetrack.organizations.reported.keeping import ReportedDraft, report
from tests.reports.world import QINAN, VILLAGE, settle
from tests.stats.world import NOW, TOWN, Taken, day, log

MARCH = (date(2024, 3, 1), date(2024, 3, 31))
OFFICIAL_YEAR = (date(2023, 12, 11), date(2024, 12, 10))
"""The year of reconsideration and litigation response, from 11 December to 10 December."""


@dataclass(frozen=True, slots=True)
class Offices:
    village: Organization
    town: Organization
    centre: Organization
    bureau: Organization
    petitions: Organization
    reconsideration: Organization
    litigation: Organization
    aid: Organization


def make_county() -> Offices:
    """Everything of it, counted."""
    offices = make_offices()
    make_disputes(offices)
    make_petitions(offices.petitions)
    make_reconsiderations(offices.reconsideration)
    make_suits(offices.litigation)
    make_aid(offices.aid)
    make_registers(offices)
    settle()
    return offices


def make_offices() -> Offices:
    ensure_regions(names={QINAN: "秦安县", TOWN: "兴国镇", VILLAGE: "兴国镇第1村"})
    county = Region.objects.get(pk=QINAN)

    def office(kind: OrganizationKind, name: str, code: str = QINAN, committee: str = "") -> Organization:
        return Organization.objects.create(
            region_id=code,
            county=county,
            name=name,
            kind=kind,
            committee_kind=committee,
            active_from=date(2012, 3, 1) if committee else None,
        )

    committee = OrganizationKind.MEDIATION_COMMITTEE
    return Offices(
        village=office(committee, "兴国镇第1村人民调解委员会", VILLAGE, CommitteeKind.VILLAGE),
        town=office(committee, "兴国镇人民调解委员会", TOWN, CommitteeKind.TOWNSHIP),
        centre=office(committee, "秦安县医疗纠纷人民调解委员会", QINAN, CommitteeKind.PROFESSIONAL),
        bureau=office(OrganizationKind.JUSTICE_BUREAU, "秦安县司法局"),
        petitions=office(OrganizationKind.PETITION_OFFICE, "秦安县信访局"),
        reconsideration=office(OrganizationKind.RECONSIDERATION_OFFICE, "秦安县行政复议机构"),
        litigation=office(OrganizationKind.LITIGATION_OFFICE, "秦安县行政应诉机构"),
        aid=office(OrganizationKind.LEGAL_AID_CENTRE, "秦安县法律援助中心"),
    )


def make_disputes(offices: Offices) -> None:
    """Five mediated in March: two of the village, one of the town, two of the county; one still open."""

    def dispute(committee: Organization, came: str, facts: dict[str, Fact], *after: Taken) -> None:
        log("mediation", committee, ("register", day(came), facts), ("accept", day(came)), *after)

    dispute(
        offices.village,
        "2024-02-20",
        {"category": "neighbour", "source": "application", "persons": 2},
        ("agree", day("2024-03-10"), {"agreement": "written", "amount": 12_345_00}),
        ("perform", day("2024-03-20")),
    )
    dispute(
        offices.village,
        "2024-03-05",
        {"category": "contract", "source": "active"},
        ("fail", day("2024-03-20")),
    )
    dispute(
        offices.town,
        "2024-03-01",
        {"category": "migrant_wages", "source": "police", "difficult": True, "persons": 5},
        ("agree", day("2024-03-15"), {"agreement": "oral", "amount": 50_000_00}),
    )
    dispute(
        offices.centre,
        "2024-03-02",
        {"category": "medical", "source": "petition", "persons": 2},
        ("agree", day("2024-03-25"), {"agreement": "written"}),
        ("apply_confirmation", day("2024-03-26"), {"joint": True}),
        ("confirm", day("2024-03-29")),
    )
    dispute(
        offices.centre,
        "2024-03-03",
        {"category": "tourism"},
        ("agree", day("2024-03-08"), {"agreement": "oral"}),
    )
    dispute(offices.village, "2024-03-28", {"category": "neighbour", "source": "active"})


def make_petitions(office: Organization) -> None:
    """Three of March and one of February: concluded and rated, repeated and open, told elsewhere, carried over."""
    log(
        "petition",
        office,
        ("register", day("2024-03-01"), {"channel": "letter", "purpose": "appeal", "repeat": False}),
        ("accept", day("2024-03-04")),
        ("conclude", day("2024-03-20")),
        ("rate", day("2024-03-25"), {"satisfaction": "satisfied"}),
    )
    log(
        "petition",
        office,
        ("register", day("2024-03-04"), {"channel": "visit", "purpose": "appeal", "repeat": True, "persons": 6}),
    )
    log("petition", office, ("register", day("2024-03-06"), {"channel": "visit", "purpose": "accusation"}))
    log(
        "petition",
        office,
        ("register", day("2024-02-01"), {"channel": "online", "purpose": "suggestion"}),
        ("accept", day("2024-02-05")),
        ("settle", day("2024-03-11")),
    )


def make_reconsiderations(office: Organization) -> None:
    """Of the official year: one carried over, five received and four of them accepted, one received too late for it."""

    def application(came: str, facts: dict[str, Fact], *after: Taken) -> None:
        log("reconsideration", office, ("receive", day(came), facts), *after)

    application(
        "2023-12-01",
        {"field": "market", "matter": "penalty", "respondent_level": "county_department", "organ_level": "county"},
        ("accept", day("2023-12-05")),
        ("decide", day("2024-01-10"), {"outcome": "upheld"}),
    )
    application(
        "2024-03-01",
        {"field": "market", "matter": "work_injury", "respondent_level": "county", "organ_level": "city", "persons": 3},
        ("accept", day("2024-03-04")),
        ("decide", day("2024-04-10"), {"outcome": "partly_revoked", "compensation": 1_234_56}),
    )
    application(
        "2024-03-02",
        {
            **{"field": "land", "matter": "levy", "respondent_level": "township", "organ_level": "county"},
            **{"several_matters": True, "several_respondents": True},
        },
        ("accept", day("2024-03-05")),
        ("terminate", day("2024-04-01"), {"outcome": "withdrawn"}),
    )
    application("2024-03-03", {"field": "public_security", "matter": "penalty"}, ("accept", day("2024-03-06")))
    application(
        "2024-03-04",
        {"matter": "agreement", "respondent_level": "township", "organ_level": "county"},
        ("accept", day("2024-03-07")),
        ("decide", day("2024-04-20"), {"outcome": "void"}),
    )
    application(
        "2024-03-05",
        {"field": "market", "matter": "information"},
        ("refuse", day("2024-03-08"), {"outcome": "not_accepted"}),
    )
    application("2024-12-11", {"field": "market", "matter": "penalty"}, ("accept", day("2024-12-12")))


def make_suits(office: Organization) -> None:
    """Two first instances, of which one was lost with the head present, an appeal, and a civil suit that is no part."""
    log(
        "litigation",
        office,
        (
            "notice",
            day("2024-02-01"),
            {
                **{"division": "administrative", "instance": "first", "capacity": "joint", "organ_level": "county"},
                **{"persons": 2, "attached_review": True},
            },
        ),
        ("hear", day("2024-03-01"), {"head_present": True, "head_rank": "chief"}),
        ("judge", day("2024-04-01"), {"outcome": "act_revoked", "compensation": 5_000_00}),
    )
    log(
        "litigation",
        office,
        ("notice", day("2024-02-02"), {"division": "administrative", "instance": "first", "capacity": "act"}),
        ("hear", day("2024-03-02"), {"head_present": False}),
        ("judge", day("2024-04-02"), {"outcome": "withdrawn", "withdrawal": "after_change"}),
    )
    log(
        "litigation",
        office,
        ("notice", day("2024-05-01"), {"division": "administrative", "instance": "second", "capacity": "act"}),
    )
    log(
        "litigation",
        office,
        ("notice", day("2024-02-03"), {"division": "civil", "instance": "first", "capacity": "defendant"}),
        ("judge", day("2024-04-03"), {"outcome": "supported"}),
    )


def make_aid(centre: Organization) -> None:
    log(
        "legal_aid",
        centre,
        (
            "apply",
            day("2024-03-01"),
            {
                **{"aid_type": "civil", "persons": 2, "route": "direct", "stage": "first", "form": "civil"},
                **{"migrant_worker": True, "woman": True},
            },
        ),
        ("grant", day("2024-03-04")),
        ("assign", day("2024-03-05")),
        ("finish", day("2024-03-28"), {"recovered": 30_000_00}),
    )
    log(
        "legal_aid",
        centre,
        ("apply", day("2024-03-02"), {"aid_type": "criminal", "notified": True, "notifier": "court"}),
        ("grant", day("2024-03-04")),
    )
    log("legal_aid", centre, ("apply", day("2024-03-03"), {"aid_type": "civil"}), ("refuse", day("2024-03-06")))


def make_registers(offices: Offices) -> None:
    """Three mediators, one of whom says nothing of herself; a training; and what the bureau and the town reported."""
    mediator(offices.village, "王五", sex="male", full_time=True, education="大专")
    mediator(offices.centre, "赵六", sex="female", full_time=False, education="中专")
    mediator(offices.centre, "孙七", full_time=False)
    Training.objects.create(region_id=QINAN, held_on=date(2024, 3, 12), name="春季培训", attendance=40)
    state(offices.town, "mediation.sweeps", "7")
    state(offices.town, "mediation.suicides_prevented", "1")
    state(offices.town, "mediation.suicides_prevented_persons", "2")
    state(offices.bureau, "legal_aid.advice_given", "52", qualifier="approximate")
    state(offices.bureau, "hotline.received", "200")
    state(offices.bureau, "hotline.handled", "196")


def mediator(committee: Organization, name: str, **facts: object) -> None:
    Mediator.objects.create(organization=committee, name=name, **facts)


def state(body: Organization, name: str, value: str, *, qualifier: str = "") -> None:
    subject, measure = name.split(".")
    first, last = MARCH
    draft = ReportedDraft(
        organization=body,
        subject=subject,
        measure=measure,
        first=first,
        last=last,
        value=Decimal(value),
        source="登记簿",
        dimensions={},
        whole_region=False,
        qualifier=qualifier,
    )
    report(draft=draft, actor=None, now=NOW)
