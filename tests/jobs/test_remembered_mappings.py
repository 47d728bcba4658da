"""A mapping that is remembered reads next month's file of the region, is shown, and can be forgotten."""

from dataclasses import replace
from html import unescape

import pytest
from django.test import Client
from rest_framework.test import APIClient

from casetrack.accounts.models import User
from casetrack.cases.jobs.remembering import MOST, TooManyRemembered, remember, remembered_in
from casetrack.cases.ledgers.mapping import mappings_of
from casetrack.cases.models import Case, Job, RememberedMapping
from casetrack.organizations.models import Organization, Region
from tests.cases.ledgers.books import COUNTY, book
from tests.cases.ledgers.test_mapping import FIELDS, FIRST, HEADINGS, mapping
from tests.jobs.conftest import member
from tests.jobs.test_importing_files import send
from tests.jobs.test_importing_pages import at_the_page, look_at, worked_off
from tests.jobs.world import NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queues", "committee")]

MARCH = book([["三月"], HEADINGS, FIRST])
APRIL = book([["四月"], ["填报单位", "某所"], HEADINGS, ("秦人调〔2024〕2号", *FIRST[1:])])
CHOSEN = {"ledger": "mediation", "heading_row": 2, "heading_rows": 1}
(SAID,) = mappings_of(mapping())


def chosen_and_remembered(client: Client) -> None:
    trial = look_at(client, MARCH)
    worked_off(client, trial)
    by_headings = client.post(f"{trial}sheets/0/", CHOSEN)["Location"]
    worked_off(client, by_headings)
    fields = {f"column_{number}": field for number, field in enumerate(FIELDS, start=1)}
    client.post(f"{by_headings}sheets/0/", {**CHOSEN, **fields, "remember": "on"})
    worked_off(client, "/imports/")


def test_next_months_file_needs_no_telling_and_says_how_it_was_read(boss: User) -> None:
    client = at_the_page(boss)
    chosen_and_remembered(client)

    trial = look_at(client, APRIL)
    shown = worked_off(client, trial)
    taken = client.post(f"{trial}go/")["Location"]
    RememberedMapping.objects.all().delete()  # the taking in reads as its trial did, whatever is forgotten meanwhile
    done = worked_off(client, taken)

    assert "按记住的对照读取" in shown
    assert "新增1行" in done
    assert Case.objects.get().values["amount"] == 3_500_000
    said = Job.objects.latest("pk").parameters["mapping"]
    assert (said[0]["file"], said[0]["heading_row"], said[0]["columns"][7]["field"]) == ("台账1.xlsx", 3, "amount")


def test_it_is_shown_and_forgotten(boss: User, county: Region) -> None:
    client = at_the_page(boss)
    chosen_and_remembered(client)
    kept = RememberedMapping.objects.get()
    page = unescape(client.get("/imports/").content.decode())
    colleague = at_the_page(member("colleague", region=county))
    assert "台账1.xlsx［表1］" in page
    assert "某镇" not in kept.said

    token = {"token": "0b7a2f5e-5d3c-4b43-9a53-1f2f0f0a0005"}
    forgotten, again = (colleague.post(f"/imports/remembered/{kept.pk}/forget/", token, follow=True) for _ in range(2))

    assert "不再记住“台账1.xlsx［表1］”的对照" in forgotten.content.decode()
    assert again.status_code == 200
    assert "没有读取" in worked_off(client, look_at(client, APRIL))


def test_it_is_not_there_for_those_who_may_not_import_there(
    boss: User, clerk: User, petition_office: Organization
) -> None:
    kept = remember(region_code=COUNTY, headings="x", said=SAID, actor=boss, now=NOW)
    elsewhere = Region.objects.create(code="110000000000", name="北京市", level="province", parent_id="000000000000")

    for other in (clerk, member("stranger", region=elsewhere)):
        assert at_the_page(other).post(f"/imports/remembered/{kept.pk}/forget/").status_code == 404
    assert RememberedMapping.objects.visible_to(boss).get() == kept
    assert remembered_in("110000000000") == {}


def test_a_program_is_not_read_by_what_people_remember(client: APIClient, boss: User) -> None:
    chosen_and_remembered(at_the_page(boss))

    answer = send(client, APRIL, dry_run="true")
    worked_off(at_the_page(boss), "/imports/")

    assert Job.objects.get(pk=answer.json()["id"]).result["sheets"] == []


def test_the_last_choice_holds_and_no_more_are_kept_than_anyone_knows(
    boss: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casetrack.cases.jobs.remembering.MOST", 1)
    remember(region_code=COUNTY, headings="x", said=SAID, actor=boss, now=NOW)
    remember(region_code=COUNTY, headings="x", said=replace(SAID, columns=None), actor=boss, now=NOW)

    assert MOST == 200
    assert remembered_in(COUNTY)["x"].columns is None
    with pytest.raises(TooManyRemembered, match="已记住1份对照"):
        remember(region_code=COUNTY, headings="y", said=SAID, actor=boss, now=NOW)


def test_a_mapping_that_the_ledger_no_longer_allows_is_not_followed(boss: User) -> None:
    kept = remember(region_code=COUNTY, headings="x", said=SAID, actor=boss, now=NOW)
    kept.said = kept.said.replace("accepted_on", "no_such_field")
    kept.save()

    assert remembered_in(COUNTY) == {}
    assert "台账已改，不再适用" in at_the_page(boss).get("/imports/").content.decode()
