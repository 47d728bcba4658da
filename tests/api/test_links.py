"""Links between cases: made by those who may write the earlier one, seen by those who may see both."""

import pytest
from rest_framework.test import APIClient

from casetrack.cases.models import Case
from tests.api.conftest import World, log_dispute

pytestmark = pytest.mark.django_db


@pytest.fixture
def renewed(world: World) -> Case:
    """The same dispute, before the committee of the west district."""
    return log_dispute(world.west)


def body(later: Case) -> dict[str, object]:
    return {"later": later.pk, "relation": "mediation_renewed"}


def test_a_case_is_linked_to_the_one_that_followed(dispute: Case, renewed: Case, supervisor: APIClient) -> None:
    made = supervisor.post(f"/api/v1/cases/{dispute.pk}/links/", body(renewed))

    assert made.status_code == 201
    for case in (dispute, renewed):
        found = supervisor.get(f"/api/v1/cases/{case.pk}/links/").json()["results"]
        assert [(each["earlier"], each["later"], each["relation_label"]) for each in found] == [
            (dispute.pk, renewed.pk, "同一纠纷再次调解")
        ]


def test_a_link_to_a_case_outside_the_scope_is_not_made_and_not_shown(
    dispute: Case, renewed: Case, clerk: APIClient, supervisor: APIClient
) -> None:
    assert clerk.post(f"/api/v1/cases/{dispute.pk}/links/", body(renewed)).status_code == 404

    supervisor.post(f"/api/v1/cases/{dispute.pk}/links/", body(renewed))

    assert clerk.get(f"/api/v1/cases/{dispute.pk}/links/").json()["results"] == []


def test_a_relation_that_the_kinds_can_not_have_is_refused_with_its_reason(
    dispute: Case, renewed: Case, supervisor: APIClient
) -> None:
    asked = {**body(renewed), "relation": "reconsideration_to_litigation"}

    answer = supervisor.post(f"/api/v1/cases/{dispute.pk}/links/", asked)

    assert (answer.status_code, answer.json()["code"]) == (422, "link_not_possible")
    assert "“对复议决定起诉”是行政复议到行政应诉的关系" in answer.json()["detail"]
