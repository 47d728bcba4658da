"""What pages of cases answer, without a browser: to outsiders, to bad input, to each role."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casetrack.accounts.models import AuditEntry, User
from casetrack.cases.drafts import PartyDraft
from casetrack.cases.linking import link
from casetrack.cases.models import Case, Job, SavedList
from casetrack.cases.operations import correct
from casetrack.cases.parties import add_party
from casetrack.organizations.models import Membership, Region, Role
from tests.api.conftest import CITY, EAST, NOW, World, log_dispute, member
from tests.jobs.world import finished_export

pytestmark = pytest.mark.django_db


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_an_outsider_finds_neither_the_case_nor_its_people(world: World, dispute: Case) -> None:
    outside = browser_of(world.clerk_west)
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
    client = browser_of(world.statistician)
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

    answer = browser_of(world.clerk_east).post(f"/cases/{dispute.pk}/parties/{party.pk}/", {"purpose": "送达文书"})

    assert answer["Cache-Control"] == "no-store, private"
    assert "620503198001011234" in text_of(answer)
    assert dispute.number in text_of(answer)


def test_a_purpose_that_says_nothing_shows_nothing(world: World, dispute: Case) -> None:
    party = dispute.parties.get(role="applicant")

    page = text_of(browser_of(world.clerk_east).post(f"/cases/{dispute.pk}/parties/{party.pk}/", {"purpose": "看"}))

    assert "查看的目的应为4至200字的一句话" in page
    assert 'value="看"' in page
    assert "13812341234" not in page
    assert not AuditEntry.objects.filter(action="read_personal").exists()


def test_those_who_check_others_see_who_looked(world: World, dispute: Case) -> None:
    auditor = member("auditor", Role.AUDITOR, region_id=CITY)
    party = dispute.parties.get(role="applicant")
    browser_of(world.clerk_east).post(f"/cases/{dispute.pk}/parties/{party.pk}/", {"purpose": "送达文书"})

    seen = text_of(browser_of(auditor).get(f"/cases/{dispute.pk}/"))
    unseen = text_of(browser_of(world.clerk_east).get(f"/cases/{dispute.pk}/"))

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
    answer = browser_of(world.clerk_east).get(f"/cases/?{query}")

    assert answer.status_code == 200
    assert said in text_of(answer)
    assert dispute.number not in text_of(answer)


def test_a_statistician_finds_nobody_by_telephone(world: World, dispute: Case) -> None:
    page = text_of(browser_of(world.statistician).get("/cases/?party=13812341234"))

    assert "您的角色不办理案件" in page
    assert dispute.number not in page


def test_empty_filters_leave_the_address(world: World) -> None:
    answer = browser_of(world.clerk_east).get("/cases/?search=&kind=mediation&state=&light=red&light=overdue")

    assert answer.status_code == 302
    assert answer["Location"] == "/cases/?kind=mediation&light=red&light=overdue"


def test_pages_follow_one_another_in_the_order_of_a_head(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.cases.lists.SIZE", 2)
    cases = [log_dispute(world.east, date(2024, 3, day)) for day in (3, 1, 2)]
    client = browser_of(world.clerk_east)

    first = text_of(client.get("/cases/?ordering=received_on"))
    follow = re.search(r'rel="next" href="([^"]+)"', first)
    assert follow is not None
    second = text_of(client.get(follow[1].replace("&amp;", "&")))

    assert [case.number in first for case in cases] == [False, True, True]
    assert [case.number in second for case in cases] == [True, False, False]
    assert 'aria-sort="ascending"' in first


def test_columns_are_kept_for_the_session(world: World, dispute: Case) -> None:
    client = browser_of(world.clerk_east)

    answer = client.get("/cases/?kind=mediation&columns=&columns=steps&columns=values.category")
    page = text_of(client.get(answer["Location"]))

    assert answer["Location"] == "/cases/?kind=mediation"
    assert re.findall(r'<th scope="col">(?:<a[^>]*>)?([^<]+)', page) == ["案号", "下一步", "纠纷类型"]
    assert "达成协议" in page


def test_filters_are_saved_opened_and_dropped_by_their_owner_alone(world: World) -> None:
    clerk, other = browser_of(world.clerk_east), browser_of(world.clerk_west)

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


def test_a_list_is_exported_with_its_filters(world: World, dispute: Case) -> None:
    client = browser_of(world.clerk_east)

    asked = client.post("/exports/", {"query": "kind=mediation&cursor=x", "format": "csv"})
    job = Job.objects.get()
    page = text_of(client.get(f"/exports/{job.pk}/"))
    part = text_of(client.get(f"/exports/{job.pk}/", headers={"HX-Request": "true"}))
    early = client.get(f"/exports/{job.pk}/file/")

    assert asked["Location"] == f"/exports/{job.pk}/"
    assert (job.parameters["resource"], job.parameters["filters"]) == ("cases", {"kind": ["mediation"]})
    assert "排队中" in page
    assert 'hx-trigger="every 2s"' in part
    assert "<html" not in part
    assert early["Location"] == f"/exports/{job.pk}/"
    assert browser_of(world.clerk_west).get(f"/exports/{job.pk}/").status_code == 404


def test_a_list_is_exported_with_the_columns_that_it_shows(world: World, dispute: Case) -> None:
    client = browser_of(world.clerk_east)
    client.get("/cases/?kind=mediation&columns=title&columns=light&columns=steps&columns=values.category")

    client.post("/exports/", {"query": "kind=mediation", "format": "csv", "shown": "1"})

    assert Job.objects.get().parameters["fields"] == ["number", "title", "light", "due_on", "category"]


def test_an_export_is_fetched_when_it_is_done(world: World) -> None:
    job = finished_export(world.clerk_east, b"rows")

    page = text_of(browser_of(world.clerk_east).get(f"/exports/{job.pk}/"))
    file: Any = browser_of(world.clerk_east).get(f"/exports/{job.pk}/file/")
    foreign = browser_of(world.clerk_west).get(f"/exports/{job.pk}/file/")

    assert f'href="/exports/{job.pk}/file/"' in page
    assert "hx-trigger" not in page
    assert b"".join(file.streaming_content) == b"rows"
    assert file["Cache-Control"] == "no-store, private"
    assert foreign.status_code == 404


def test_an_export_can_be_called_off(world: World) -> None:
    client = browser_of(world.clerk_east)
    client.post("/exports/", {"query": "", "format": "xlsx"})
    job = Job.objects.get()

    client.post(f"/exports/{job.pk}/cancel/")

    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED


def test_who_may_not_export_is_refused(world: World) -> None:
    user = User.objects.create_user("nobody")

    answer = browser_of(user).post("/exports/", {"query": "", "format": "csv"})

    assert answer.status_code == 403
    assert not Membership.objects.filter(user=user).exists()
    assert not Job.objects.exists()


@pytest.mark.parametrize("path", ["/cases/", "/cases/{case}/"])
def test_a_page_costs_as_many_queries_for_many_rows_as_for_few(world: World, dispute: Case, path: str) -> None:
    client = browser_of(world.supervisor)
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


def together(*cases: Case, **more: str) -> dict[str, Any]:
    """What the page sends: the cases with the versions it was made from."""
    versions = {f"version-{case.pk}": str(case.version) for case in cases}
    return {"case": [case.pk for case in cases], "step": "withdraw", "on": "2024-03-20", **versions, **more}


def test_a_step_is_taken_in_several_cases_once_however_often_it_is_sent(world: World) -> None:
    client, cases = browser_of(world.clerk_east), [log_dispute(world.east), log_dispute(world.east)]
    offered = text_of(client.get("/cases/together/", {"case": [case.pk for case in cases]}))

    first = text_of(client.post("/cases/together/", together(*cases)))
    again = text_of(client.post("/cases/together/", together(*cases)))

    assert '<option value="withdraw">' in offered
    assert '<option value="agree">' not in offered, "an agreement is told case by case"
    assert "已登记2件" in first
    assert "已登记2件" in again
    assert [case.events.filter(step="withdraw").count() for case in cases] == [1, 1]


def test_one_case_that_cannot_keeps_none_of_the_others(world: World) -> None:
    early, late = log_dispute(world.east, date(2024, 3, 1)), log_dispute(world.east, date(2024, 3, 10))

    page = text_of(browser_of(world.clerk_east).post("/cases/together/", together(early, late, on="2024-03-05")))

    assert "已登记1件，未能登记1件" in page
    assert f"{late.number}</a>：" in page
    assert early.events.filter(step="withdraw").exists()
    assert not late.events.filter(step="withdraw").exists()


def test_a_case_that_changed_meanwhile_is_left_as_it_is(world: World, dispute: Case) -> None:
    sent = together(dispute)
    event = dispute.events.get(step="accept")
    correct(event_id=event.pk, on=date(2024, 3, 2), facts={}, reason="日期录错", actor=None, now=NOW)

    page = text_of(browser_of(world.clerk_east).post("/cases/together/", sent))

    assert "已登记0件，未能登记1件" in page
    assert "已被他人更新" in page


def test_cases_of_others_are_not_there_and_those_who_only_read_are_refused(world: World, dispute: Case) -> None:
    foreign = browser_of(world.clerk_west).post("/cases/together/", together(dispute))
    reader = browser_of(world.statistician).post("/cases/together/", together(dispute))

    assert "请先在案件列表中勾选" in text_of(foreign)
    assert reader.status_code == 403
    assert "勾选" not in text_of(browser_of(world.statistician).get("/cases/"))
    assert not dispute.events.filter(step="withdraw").exists()


@pytest.mark.parametrize("wrong", [{"on": "bald"}, {"step": "agree"}, {"step": ""}, {"on": "9999-12-31"}])
def test_a_step_or_day_that_cannot_be_is_told(world: World, dispute: Case, wrong: dict[str, str]) -> None:
    answer = browser_of(world.clerk_east).post("/cases/together/", together(dispute, **wrong))

    assert answer.status_code == 200
    assert not dispute.events.filter(step="withdraw").exists()


def test_of_very_many_regions_those_around_the_one_asked_for_are_offered(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.filters.MOST_CHOICES", 4)
    Region.objects.bulk_create(
        Region(code=f"6205030{number:02}000", name=f"第{number}镇", level="township", parent_id=EAST)
        for number in range(1, 4)
    )
    client = browser_of(world.supervisor)

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

    page = text_of(browser_of(world.clerk_east).get(f"/cases/{dispute.pk}/"))

    assert f'<a href="/cases/{nearer.pk}/">{nearer.number}</a>（在后）' in page
    assert further.number not in page
