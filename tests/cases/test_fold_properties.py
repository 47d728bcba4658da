"""Whatever lawful walk a case takes, what is stored beside its events is what they fold to."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis.extra.django import TestCase

from casetrack.cases.drafts import CaseDraft, StepDraft, check
from casetrack.cases.models import Case
from casetrack.cases.operations import advance, open_case
from casetrack.cases.verification import differences
from casetrack.kinds import Kind
from casetrack.kinds.fold import Happening
from casetrack.organizations.models import CommitteeKind, Organization, OrganizationKind, Region
from tests.cases.conftest import NOW
from tests.kinds.test_folding import lawful_walks

LATEST = date(2024, 6, 1)


class StoredStandingTest(TestCase):
    """Random walks through the database: logged at once, and step by step."""

    province: Region

    @classmethod
    def setUpTestData(cls) -> None:
        nation = Region.objects.create(code="000000000000", name="中华人民共和国", level="nation")
        cls.province = Region.objects.create(code="620000000000", name="甘肃省", level="province", parent=nation)

    def office_for(self, kind: Kind) -> Organization:
        committee = kind.office == OrganizationKind.MEDIATION_COMMITTEE
        found, _ = Organization.objects.get_or_create(
            county=self.province,
            name=kind.office,
            defaults={
                "region": self.province,
                "kind": kind.office,
                "committee_kind": CommitteeKind.VILLAGE if committee else "",
            },
        )
        return found

    @given(lawful_walks())
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def test_a_walk_logged_at_once_is_stored_as_it_folds(self, walk: tuple[Kind, list[Happening]]) -> None:
        kind, happenings = walk
        steps = tuple(StepDraft(h.step, h.on, h.facts) for h in happenings if h.on <= LATEST)

        open_case(draft=CaseDraft(kind.code, self.office_for(kind), steps), actor=None, now=NOW)

        assert list(differences(Case.objects.all())) == []

    @given(lawful_walks())
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def test_a_walk_taken_step_by_step_ends_where_it_ends_at_once(self, walk: tuple[Kind, list[Happening]]) -> None:
        kind, happenings = walk
        steps = tuple(StepDraft(h.step, h.on, h.facts) for h in happenings if h.on <= LATEST)
        office = self.office_for(kind)
        whole = check(CaseDraft(kind.code, office, steps), today=LATEST).standing

        case = open_case(draft=CaseDraft(kind.code, office, steps[:1]), actor=None, now=NOW)
        for step in steps[1:]:
            advance(case_id=case.pk, draft=step, actor=None, now=NOW)

        case.refresh_from_db()
        assert (case.state, case.due_on) == (whole.state, whole.due_on)
        assert list(differences(Case.objects.all())) == []
