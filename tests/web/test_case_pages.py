"""What pages of cases answer, without a browser: to outsiders, to bad input, to each role."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casetrack.accounts.models import AuditEntry
from casetrack.cases.drafts import PartyDraft
from casetrack.cases.linking import link
from casetrack.cases.models import Case, SavedList
from casetrack.cases.operations import correct
from casetrack.cases.parties import add_party
from casetrack.organizations.models import Region, Role
from tests.api.conftest import CITY, EAST, NOW, World, log_dispute, member
from tests.web.cases import client_of, text_of

pytestmark = pytest.mark.django_db


def test_an_outsider_finds_neither_the_case_nor_its_people(world: World, dispute: Case) -> None:
    outside = client_of(world.clerk_west)
    party = dispute.parties.first()
    assert party is not None

    answers = [
        outside.get(f"/cases/{dispute.pk}/"),
        outside.post(f"/cases/{dispute.pk}/parties/{party.pk}/", {"purpose": "电话通知调解时间"}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert dispute.number not in text_of(outside.get("/cases/"))
    assert not AuditEntry.objects.filter(action="read_personal").exists()


def test_a_statistician_reads_the_case_without_what_is_personal(world: World, dispute: Case) -> None:
    client = client_of(world.statistician)
    party = dispute.parties.first()
    assert party is not None

    page = text_of(client.get(f"/cases/{dispute.pk}/"))
    refused = client.post(f"/cases/{dispute.pk}/parties/{party.pk}/", {"purpose": "电话通知调解时间"})

    assert "邻里纠纷" in page
    assert "排水沟" not in page
    assert "查看完整信息" not in page
    assert "下一步" not in page
    assert refused.status_code == 403


def test_without_a_script_the_page_comes_back_with_the_party_whole(world: World, dispute: Case) -> None:
    party = dispute.parties.get(role="applicant")

    answer = client_of(world.clerk_east).post(f"/cases/{dispute.pk}/parties/{party.pk}/", {"purpose": "送达文书"})

    assert answer["Cache-Control"] == "no-store, private"
    assert "620503198001011234" in text_of(answer)
    assert dispute.number in text_of(answer)


def test_a_purpose_that_says_nothing_shows_nothing(world: World, dispute: Case) -> None:
    party = dispute.parties.get(role="applicant")

    page = text_of(client_of(world.clerk_east).post(f"/cases/{dispute.pk}/parties/{party.pk}/", {"purpose": "看"}))

    assert "查看的目的应为4至200字的一句话" in page
    assert 'value="看"' in page
    assert "13812341234" not in page
    assert not AuditEntry.objects.filter(action="read_personal").exists()


def test_those_who_check_others_see_who_looked(world: World, dispute: Case) -> None:
    auditor = member("auditor", Role.AUDITOR, region_id=CITY)
    party = dispute.parties.get(role="applicant")
    client_of(world.clerk_east).post(f"/cases/{dispute.pk}/parties/{party.pk}/", {"purpose": "送达文书"})

    seen = text_of(client_of(auditor).get(f"/cases/{dispute.pk}/"))
    unseen = text_of(client_of(world.clerk_east).get(f"/cases/{dispute.pk}/"))

    assert "送达文书" in seen[seen.index("查阅记录") :]
    assert "查阅记录" not in unseen


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("nonsense=1", "没有“nonsense”这一条件"),
        ("received_from=gestern", "不是日期"),
        ("cursor=made-up", "cursor 无效"),
        ("organization=1e9", "整数"),
        ("under=99", "99"),
    ],
)
def test_what_cannot_be_asked_is_told_and_lists_nothing(world: World, dispute: Case, query: str, said: str) -> None:
    answer = client_of(world.clerk_east).get(f"/cases/?{query}")

    assert answer.status_code == 200
    assert said in text_of(answer)
    assert dispute.number not in text_of(answer)


def test_a_statistician_finds_nobody_by_telephone(world: World, dispute: Case) -> None:
    page = text_of(client_of(world.statistician).get("/cases/?party=13812341234"))

    assert "您的角色不办理案件" in page
    assert dispute.number not in page


@pytest.mark.parametrize("address", ["/cases/", "/deadlines/"])
def test_an_order_and_a_place_that_cannot_be_are_told(
    world: World, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr("web.filters.MOST_CHOICES", 2)  # the regions around the one asked for are looked up
    client = client_of(world.supervisor)

    order, place = client.get(f"{address}?ordering=evil"), client.get(f"{address}?under=999999999999")

    assert "evil" in text_of(order)[text_of(order).index('role="alert"') :]
    assert "不是省级代码" in text_of(place)


def test_empty_filters_leave_the_address(world: World) -> None:
    answer = client_of(world.clerk_east).get("/cases/?search=&kind=mediation&state=&light=red&light=overdue")

    assert answer.status_code == 302
    assert answer["Location"] == "/cases/?kind=mediation&light=red&light=overdue"


def test_pages_follow_one_another_in_the_order_of_a_head(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.cases.lists.SIZE", 2)
    cases = [log_dispute(world.east, date(2024, 3, day)) for day in (3, 1, 2)]
    client = client_of(world.clerk_east)

    first = text_of(client.get("/cases/?ordering=received_on"))
    follow = re.search(r'rel="next" href="([^"]+)"', first)
    assert follow is not None
    second = text_of(client.get(follow[1].replace("&amp;", "&")))

    assert [case.number in first for case in cases] == [False, True, True]
    assert [case.number in second for case in cases] == [True, False, False]
    assert 'aria-sort="ascending"' in first


def test_columns_are_kept_for_the_session(world: World, dispute: Case) -> None:
    client = client_of(world.clerk_east)

    answer = client.get("/cases/?kind=mediation&columns=&columns=steps&columns=values.category")
    page = text_of(client.get(answer["Location"]))

    assert answer["Location"] == "/cases/?kind=mediation"
    assert re.findall(r'<th scope="col">(?:<a[^>]*>)?([^<]+)', page) == ["案号", "下一步", "纠纷类型"]
    assert "达成协议" in page


def test_filters_are_saved_opened_and_dropped_by_their_owner_alone(world: World) -> None:
    clerk, other = client_of(world.clerk_east), client_of(world.clerk_west)

    clerk.post("/lists/", {"name": "快到期的", "query": "light=red&light=overdue&cursor=x&total=true"})
    saved = SavedList.objects.get()
    opened, foreign = clerk.get(f"/lists/{saved.pk}/"), other.get(f"/lists/{saved.pk}/")
    not_dropped = other.post(f"/lists/{saved.pk}/drop/")

    assert opened["Location"] == "/cases/?light=red&light=overdue"
    assert (foreign.status_code, not_dropped.status_code) == (404, 404)
    assert "快到期的" in text_of(clerk.get("/cases/"))
    assert "快到期的" not in text_of(other.get("/cases/"))

    clerk.post(f"/lists/{saved.pk}/drop/")
    assert not SavedList.objects.exists()


@pytest.mark.parametrize("path", ["/cases/", "/cases/{case}/"])
def test_a_page_costs_as_many_queries_for_many_rows_as_for_few(world: World, dispute: Case, path: str) -> None:
    client = client_of(world.supervisor)
    address = path.format(case=dispute.pk)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for day in (4, 5, 6):
        log_dispute(world.west)
        event = dispute.events.effective().get(step="accept")
        correct(event_id=event.pk, on=date(2024, 3, day), facts={}, reason="日期录错", actor=world.clerk_east, now=NOW)
        add_party(case_id=dispute.pk, draft=PartyDraft("respondent", "王五"), actor=world.clerk_east, now=NOW)

    with CaptureQueriesContext(connection) as many:
        client.get(address)

    assert len(many) == len(few)


def test_of_very_many_regions_those_around_the_one_asked_for_are_offered(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.filters.MOST_CHOICES", 4)
    Region.objects.bulk_create(
        Region(code=f"6205030{number:02}000", name=f"第{number}镇", level="township", parent_id=EAST)
        for number in range(1, 4)
    )
    client = client_of(world.supervisor)

    at_the_top = offered(text_of(client.get("/cases/")))
    further_down = offered(text_of(client.get(f"/cases/?under={EAST}")))

    assert at_the_top == ["天水市", "秦州区", "麦积区"]
    assert further_down == ["天水市", "麦积区", "第1镇", "第2镇"]


def offered(page: str) -> list[str]:
    """The regions that the form lets one choose."""
    control = re.search(r'<select name="under".*?</select>', page, re.DOTALL)
    assert control is not None
    return re.findall(r'<option value="\d+"[^>]*>([^<]+)', control[0])


def test_linked_cases_are_shown_as_far_as_the_reader_sees_them(world: World, dispute: Case) -> None:
    nearer, further = log_dispute(world.east, date(2024, 3, 5)), log_dispute(world.west, date(2024, 3, 6))
    for later in (nearer, further):
        link(earlier_id=dispute.pk, later_id=later.pk, relation="mediation_renewed", actor=None, now=NOW)

    page = text_of(client_of(world.clerk_east).get(f"/cases/{dispute.pk}/"))

    assert f'<a href="/cases/{nearer.pk}/">{nearer.number}</a>（在后）' in page
    assert further.number not in page
