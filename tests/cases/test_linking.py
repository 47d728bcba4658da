"""A case that followed from another is linked to it, in the relation that the two kinds can have."""

from datetime import date

import pytest

from casetrack.cases.drafts import CaseDraft, StepDraft
from casetrack.cases.linking import LinkRefused, link, unlink
from casetrack.cases.models import Case, CaseLink
from casetrack.cases.operations import open_case
from casetrack.organizations.models import Organization
from tests.cases.conftest import NOW
from tests.cases.logging import log_dispute


@pytest.fixture
def petition(petition_office: Organization) -> Case:
    step = StepDraft("register", date(2024, 2, 20), {"channel": "visit", "purpose": "appeal"})
    return open_case(draft=CaseDraft("petition", petition_office, (step,)), actor=None, now=NOW)


@pytest.fixture
def dispute(committee: Organization) -> Case:
    return log_dispute(committee, date(2024, 3, 1), source="petition")


def join(earlier: Case, later: Case, relation: str = "petition_to_mediation") -> CaseLink:
    return link(earlier_id=earlier.pk, later_id=later.pk, relation=relation, actor=None, now=NOW)


def test_a_petition_is_linked_to_the_mediation_it_was_sent_to(petition: Case, dispute: Case) -> None:
    join(petition, dispute)

    assert [found.later for found in petition.links_to_later.all()] == [dispute]


def test_linking_twice_leaves_one_link(petition: Case, dispute: Case) -> None:
    assert join(petition, dispute) == join(petition, dispute)


def test_a_relation_of_other_kinds_is_refused(petition: Case, dispute: Case) -> None:
    with pytest.raises(LinkRefused, match="“对复议决定起诉”是行政复议到行政应诉的关系"):
        join(petition, dispute, "reconsideration_to_litigation")


def test_what_followed_can_not_have_come_first(petition: Case, committee: Organization) -> None:
    with pytest.raises(LinkRefused, match="早于在先案件的2024-02-20"):
        join(petition, log_dispute(committee, date(2024, 1, 5)))


def test_a_wrong_link_is_ended_and_can_be_made_anew(petition: Case, dispute: Case) -> None:
    wrong = join(petition, dispute)

    unlink(link_id=wrong.pk, actor=None, now=NOW)

    assert join(petition, dispute) != wrong
    assert CaseLink.objects.count() == 2
