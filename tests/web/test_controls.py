"""Controls that several pages have: each is the same on all of them."""

import re

import pytest

from casetrack.cases.models import Case
from tests.api.conftest import World, dispute
from tests.web.cases import client_of

__all__ = ["dispute"]

pytestmark = pytest.mark.django_db


def test_a_day_is_asked_for_by_the_same_control_everywhere(world: World, dispute: Case) -> None:
    client = client_of(world.clerk_east)
    drawn: set[str] = set()
    for address, name in (
        ("/cases/?received_from=2024-03-01", "received_from"),
        ("/deadlines/?act_from=2024-03-01", "act_from"),
        ("/cases/new/mediation/", "opening-occurred_on"),
        (f"/cases/{dispute.pk}/steps/agree/", "occurred_on"),
        (f"/cases/together/?case={dispute.pk}", "on"),
    ):
        found = re.search(rf'<input [^>]*name="{name}"[^>]*>', client.get(address).content.decode())
        assert found is not None
        assert re.search(r'value="\d{4}-\d\d-\d\d"', found[0])
        drawn |= set(re.findall(r'type="\w+"|class="[^"]+"', found[0]))

    assert drawn == {'type="date"', 'class="form-control"'}
