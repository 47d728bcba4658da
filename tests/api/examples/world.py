"""The small world that the examples speak of, always with the same numbers and at the same moment."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from django.db import connection

from casetrack.accounts.models import User
from casetrack.accounts.tokens import issue_token
from casetrack.cases.attachments import attach
from casetrack.cases.drafts import CaseDraft, PartyDraft, StepDraft
from casetrack.cases.linking import link
from casetrack.cases.models import Case
from casetrack.cases.operations import open_case
from casetrack.cases.parties import read_party
from casetrack.organizations.models import (
    CommitteeKind,
    Mediator,
    Membership,
    Organization,
    OrganizationKind,
    ReportedVersion,
    Role,
    Sex,
    Training,
)
from casetrack.organizations.reported.keeping import ReportedDraft, correct, report
from casetrack.stats.closing.closing import close
from casetrack.stats.closing.reporting import confirm
from casetrack.stats.rollup import settle
from tests.api.conftest import CITY, EAST, make_regions
from tests.jobs.world import (
    finished_check,
    finished_export,
    finished_import,
    waiting_check,
    waiting_export,
    waiting_import,
)

NOW = datetime(2024, 6, 3, 2, 0, tzinfo=UTC)  # ten in the morning in China
OURS = ("accounts_", "organizations_", "cases_", "stats_", "reports_", "workers_", "api_")


@dataclass(frozen=True)
class ExampleWorld:
    """Who asks in the examples."""

    supervisor: User
    auditor: User
    administrator: User


def number_rows_from(first: int) -> None:
    """The next row of each of our tables gets this number, whatever ran before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'S'")
        for (name,) in cursor.fetchall():
            if name.startswith(OURS):
                cursor.execute("SELECT setval(%s, %s, false)", [name, first])


def build() -> ExampleWorld:
    number_rows_from(1)
    make_regions()
    world = ExampleWorld(
        supervisor=member("wangxl", "王秀兰", Role.SUPERVISOR),
        auditor=member("zhaojg", "赵建国", Role.AUDITOR),
        administrator=member("sunm", "孙敏", Role.ADMINISTRATOR),
    )
    Membership.objects.create(user=world.auditor, role=Role.STATISTICIAN, region_id=EAST, kinds=["mediation"])
    committee, office = registers()
    hotline = report(draft=calls(office, 5, 310), actor=world.supervisor, now=NOW)
    put_right(hotline, 318, "补计月末工单", world)
    published = report(draft=calls(office, 3, 287), actor=world.supervisor, now=NOW)
    fill(committee, office, world)
    while settle():
        pass
    ask_for_work(world)
    march = date(2024, 3, 1)
    close(region=EAST, month=march, without_confirmations="尚未实行月报确认", actor=world.supervisor, now=NOW)
    put_right(published, 291, "补计转办工单", world)
    confirm(organization_id=committee.pk, month=date(2024, 4, 1), zero=True, actor=world.supervisor, now=NOW)
    return world


def registers() -> tuple[Organization, Organization]:
    """A committee with its mediator and a training, and an office."""
    committee = Organization.objects.create(
        region_id=EAST,
        county_id=EAST,
        name="麦积区柳湾街道人民调解委员会",
        kind=OrganizationKind.MEDIATION_COMMITTEE,
        committee_kind=CommitteeKind.TOWNSHIP,
        active_from=date(2011, 1, 1),
    )
    office = Organization.objects.create(
        region_id=EAST, county_id=EAST, name="麦积区信访局", kind=OrganizationKind.PETITION_OFFICE
    )
    Mediator.objects.create(
        organization=committee,
        name="何玉珍",
        sex=Sex.FEMALE,
        full_time=True,
        phone="13900005678",
        active_from=date(2018, 3, 1),
    )
    Training.objects.create(
        region_id=EAST, held_on=date(2024, 4, 11), name="人民调解员年度培训", attendance=46, organizer="麦积区司法局"
    )
    return committee, office


def calls(office: Organization, month: int, number: int) -> ReportedDraft:
    """Reported figures: what the hotline took in, 1 of May, corrected once, 2 of March, once it was published."""
    return ReportedDraft(
        organization=office,
        subject="hotline",
        measure="received",
        first=date(2024, month, 1),
        last=date(2024, month, 31),
        value=Decimal(number),
        source="12345热线平台月报",
        evidence=f"2024年{month}月工单清单",
        whole_region=True,
    )


def put_right(entry: ReportedVersion, number: int, reason: str, world: ExampleWorld) -> None:
    changes = {"value": Decimal(number)}
    correct(figure_id=entry.figure_id, changes=changes, reason=reason, actor=world.supervisor, now=NOW)


def ask_for_work(world: ExampleWorld) -> None:
    """Job 1: a ledger taken in; 2: one that waits; 3: a list in its file; 4: one that waits; 5, 6: likewise checks."""
    clerk = world.supervisor
    finished_import(clerk, Case.objects.earliest("pk"))
    waiting_import(clerk, EAST, b"ledger")
    finished_export(clerk)
    waiting_export(clerk)
    finished_check(clerk)
    waiting_check(clerk, EAST, 2024)


def member(username: str, name: str, role: Role) -> User:
    user = User.objects.create_user(username, display_name=name)
    Membership.objects.create(user=user, role=role, region_id=CITY)
    return user


def fill(committee: Organization, office: Organization, world: ExampleWorld) -> None:
    """Case 1: a dispute being mediated; 2: one mediated in March; 3: a petition that waits."""
    clerk = world.supervisor
    drain = open_case(draft=dispute(committee, date(2024, 5, 20), "宅前排水沟走向"), actor=clerk, now=NOW)
    earlier = dispute(committee, date(2024, 3, 4), "宅基地边界", agreed=date(2024, 3, 15))
    wall = open_case(draft=earlier, actor=clerk, now=NOW)
    link(earlier_id=wall.pk, later_id=drain.pk, relation="mediation_renewed", actor=clerk, now=NOW)
    letter = StepDraft(
        "register", date(2024, 5, 6), {"channel": "letter", "purpose": "appeal", "category": "transport"}
    )
    people = (PartyDraft("petitioner", "周小梅", phone="13700002468"),)
    open_case(draft=CaseDraft("petition", office, (letter,), people), actor=clerk, now=NOW)
    applicant = drain.parties.earliest("pk")
    read_party(party_id=applicant.pk, purpose="送达调解通知", actor=clerk, now=NOW)
    attach(case_id=drain.pk, name="申请书.pdf", content=b"%PDF-1.7", sort="application", actor=clerk, now=NOW)
    issue_token(
        user=clerk,
        name="区热线平台",
        scopes=["read", "write"],
        expires_at=datetime(2024, 9, 1, tzinfo=UTC),
        actor=clerk,
        now=NOW,
    )


def dispute(committee: Organization, on: date, summary: str, agreed: date | None = None) -> CaseDraft:
    steps = [StepDraft("register", on, {"category": "neighbour", "summary": summary}), StepDraft("accept", on)]
    if agreed:
        steps.append(StepDraft("agree", agreed, {"agreement": "written", "amount": 300000}))
    parties = (
        PartyDraft("applicant", "李桂芳", "13812341234", "620503198001011234", "天水市麦积区柳湾街道幸福巷8号"),
        PartyDraft("respondent", "陈永福", phone="13698765432"),
    )
    return CaseDraft("mediation", committee, tuple(steps), parties)
