"""Slips of service: one for each paper and each who is served, each with a number of its own."""

import pytest

from casetrack.accounts.models import AuditEntry
from casetrack.cases.models import Case, PaperIssued
from casetrack.cases.paper_numbers import Service
from reports.papers.choosing import PaperRefused, printable
from reports.papers.printing import Printed, print_paper
from tests.api.conftest import World, dispute, world
from tests.reports.papers.test_printing import NOW, lines_of, petition, reconsideration

__all__ = ["dispute", "petition", "reconsideration", "world"]
pytestmark = pytest.mark.django_db
SLIP = "reconsideration_service"


def party(case: Case, role: str) -> int:
    return case.parties.get(role=role).pk


def slip(world: World, case: Case, served: str, party: int) -> Printed:
    return print_paper(
        case_id=case.pk, code=f"{case.kind}_service", actor=world.supervisor, now=NOW, service=Service(served, party)
    )


def test_each_service_on_each_party_has_a_slip_and_the_same_number_again(world: World, reconsideration: Case) -> None:
    served = "reconsideration_acceptance"
    print_paper(case_id=reconsideration.pk, code=served, actor=world.supervisor, now=NOW)

    first = slip(world, reconsideration, served, party(reconsideration, "applicant"))
    second = slip(world, reconsideration, served, party(reconsideration, "respondent"))
    again = slip(world, reconsideration, served, party(reconsideration, "applicant"))

    assert again == first
    assert lines_of(first.content)[2:6] == [
        "麦积区人民政府政复送〔2024〕1号",
        "案号：麦积区人民政府政复〔2024〕1号",
        "受送达人：赵六",
        "送达文书名称、文号：《行政复议受理通知书》，麦积区人民政府政复受〔2024〕1号",
    ]
    assert lines_of(second.content)[2] == "麦积区人民政府政复送〔2024〕2号"
    assert lines_of(second.content)[4] == "受送达人：麦积区公安局"
    assert AuditEntry.objects.filter(purpose="打印文书").count() == 4


def test_the_slips_of_a_case_are_listed_without_a_whole_name(world: World, petition: Case) -> None:
    slip(world, petition, "petition_reply", party(petition, "petitioner"))

    listed = next(each for each in printable(petition) if each.paper.slip)

    assert [title for _, title in listed.to_serve] == ["受理通知书", "信访处理意见书", "延期办理告知书"]
    assert [name for _, name in listed.parties] == ["信访人 王*"]
    assert [(proof.number, proof.label) for proof in listed.proofs] == [
        ("麦积区信访局信送〔2024〕1号", "信访处理意见书，信访人 王*")
    ]


def test_what_is_not_served_or_not_yet_or_on_nobody_of_the_case_has_no_slip(
    world: World, petition: Case, reconsideration: Case
) -> None:
    petitioner, applicant = party(petition, "petitioner"), party(reconsideration, "applicant")

    for case, served, on, said in (
        (reconsideration, "reconsideration_decision", applicant, "须先登记“作出复议决定”"),
        (reconsideration, "reconsideration_service", applicant, "不需要送达回证"),
        (reconsideration, "petition_reply", applicant, "没有这种文书"),
        (reconsideration, "reconsideration_acceptance", petitioner, "须是这一案件的当事人"),
        (petition, "petition_answer", petitioner, "信访事项回复用于建议意见类"),
    ):
        with pytest.raises(PaperRefused, match=said):
            slip(world, case, served, on)
    with pytest.raises(PaperRefused, match="请选择送达的文书和受送达人"):
        print_paper(case_id=petition.pk, code="petition_service", actor=world.supervisor, now=NOW)

    assert not PaperIssued.objects.exists()


def test_a_slip_from_when_a_case_had_one_number_is_printed_again_under_it(world: World, petition: Case) -> None:
    PaperIssued.objects.create(
        case=petition, organization=petition.organization, paper="petition_service", year=2024, number=7, issued_at=NOW
    )

    again = print_paper(case_id=petition.pk, code="petition_service", actor=world.supervisor, now=NOW)

    assert again.name == "麦积区信访局信送〔2024〕7号送达回证.docx"
