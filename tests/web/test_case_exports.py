"""Lists taken away as files from the pages: by whom, with which filters and columns."""

from typing import Any

import pytest

from casetrack.accounts.models import User
from casetrack.cases.models import Case, Job
from casetrack.organizations.models import Membership
from tests.api.conftest import World
from tests.jobs.world import finished_export
from tests.web.cases import client_of, text_of

pytestmark = pytest.mark.django_db


def test_a_list_is_exported_with_its_filters(world: World, dispute: Case) -> None:
    client = client_of(world.clerk_east)

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
    assert client_of(world.clerk_west).get(f"/exports/{job.pk}/").status_code == 404


def test_a_list_is_exported_with_the_columns_that_it_shows(world: World, dispute: Case) -> None:
    client = client_of(world.clerk_east)
    client.get("/cases/?kind=mediation&columns=title&columns=light&columns=steps&columns=values.category")

    client.post("/exports/", {"query": "kind=mediation", "format": "csv", "shown": "1"})

    assert Job.objects.get().parameters["fields"] == ["number", "title", "light", "due_on", "category"]


def test_an_export_is_fetched_when_it_is_done(world: World) -> None:
    job = finished_export(world.clerk_east, b"rows")

    page = text_of(client_of(world.clerk_east).get(f"/exports/{job.pk}/"))
    file: Any = client_of(world.clerk_east).get(f"/exports/{job.pk}/file/")
    foreign = client_of(world.clerk_west).get(f"/exports/{job.pk}/file/")

    assert f'href="/exports/{job.pk}/file/"' in page
    assert "hx-trigger" not in page
    assert b"".join(file.streaming_content) == b"rows"
    assert file["Cache-Control"] == "no-store, private"
    assert foreign.status_code == 404


def test_an_export_can_be_called_off(world: World) -> None:
    client = client_of(world.clerk_east)
    client.post("/exports/", {"query": "", "format": "xlsx"})
    job = Job.objects.get()

    client.post(f"/exports/{job.pk}/cancel/")

    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED


def test_who_may_not_export_is_refused(world: World) -> None:
    user = User.objects.create_user("nobody")

    answer = client_of(user).post("/exports/", {"query": "", "format": "csv"})

    assert answer.status_code == 403
    assert not Membership.objects.filter(user=user).exists()
    assert not Job.objects.exists()
