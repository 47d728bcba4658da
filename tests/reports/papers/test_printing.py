"""Papers as they are handed out: what stands in each, under which number, and what is left to fill in by hand."""

import io
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from docx import Document

from casetrack.accounts.models import AuditEntry, User
from casetrack.cases.drafts import CaseDraft, PartyDraft, StepDraft
from casetrack.cases.models import Case, PaperIssued
from casetrack.cases.operations import advance, open_case
from casetrack.kinds import KINDS
from casetrack.kinds.base import Fact
from casetrack.organizations.choices import Role
from casetrack.organizations.models import Organization, OrganizationKind
from reports.papers.catalogue import PAPERS
from reports.papers.choosing import PaperRefused, printable
from reports.papers.printing import print_paper
from tests.api.conftest import CITY, EAST, World, dispute, log_dispute, member, world
from tests.cases.erasing.asking import erased

__all__ = ["dispute", "world"]
pytestmark = pytest.mark.django_db
NOW = datetime(2024, 6, 1, 2, 0, tzinfo=UTC)
BLANK = "＿＿＿＿＿＿＿＿＿＿＿＿"


def lines_of(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs]


def printed(case: Case, paper: str, actor: User) -> list[str]:
    return lines_of(print_paper(case_id=case.pk, code=paper, actor=actor, now=NOW).content)


def opened(office: Organization, kind: str, parties: Sequence[PartyDraft], *steps: StepDraft) -> Case:
    return open_case(draft=CaseDraft(kind, office, steps, tuple(parties)), actor=None, now=NOW)


def step(name: str, month: int, day: int, **facts: Fact) -> StepDraft:
    return StepDraft(name, date(2024, month, day), facts)


@pytest.fixture
def petition(world: World) -> Case:
    office = Organization.objects.create(
        region_id=EAST, county_id=EAST, name="麦积区信访局", kind=OrganizationKind.PETITION_OFFICE
    )
    return opened(
        office,
        "petition",
        [PartyDraft("petitioner", "王五")],
        step("register", 3, 1, channel="letter", purpose="appeal", matter="征地补偿款未发放"),
        step("accept", 3, 8),
        step("extend", 4, 30, extended_days=30, approved=True, reasons_told=True),
        step("conclude", 5, 20, opinion="partly_supported"),
    )


@pytest.fixture
def reconsideration(world: World) -> Case:
    office = Organization.objects.create(
        region_id=EAST, county_id=EAST, name="麦积区人民政府", kind=OrganizationKind.RECONSIDERATION_OFFICE
    )
    return opened(
        office,
        "reconsideration",
        [PartyDraft("applicant", "赵六"), PartyDraft("respondent", "麦积区公安局")],
        step("receive", 3, 1, matter="penalty", claim="撤销处罚决定"),
        step("accept", 3, 5),
    )


def test_an_agreement_has_what_the_law_lists(world: World, dispute: Case) -> None:
    lines = printed(dispute, "mediation_agreement", world.clerk_east)

    assert lines == [
        "麦积区道北街道人民调解委员会",
        "人民调解协议书",
        "麦积区道北街道人调协〔2024〕1号",
        "一、当事人基本情况",
        "申请人：张三，证件号码620503198001011234，联系电话13812341234，住址天水市麦积区道北街道",
        f"被申请人：李四，证件号码{BLANK}，联系电话{BLANK}，住址{BLANK}",
        "二、纠纷的主要事实、争议事项以及各方当事人的责任",
        "宅前排水沟走向",
        f"各方当事人的责任：{BLANK}",
        "三、当事人达成调解协议的内容，履行的方式、期限",
        f"经调解，各方当事人自愿达成如下协议：{BLANK}",
        f"协议涉及金额：{BLANK}。",
        f"履行方式、地点：{BLANK}",
        f"履行期限：至{BLANK}。",
        "四、协议的效力",
        "本协议自各方当事人签名、盖章或者按指印，人民调解员签名并加盖人民调解委员会印章之日起生效。各方当事人应当按照约定"
        "履行；双方当事人认为有必要的，可以自协议生效之日起三十日内共同向人民法院申请司法确认。",
        f"本协议一式{BLANK}份，当事人各执一份，本人民调解委员会留存一份。",
        f"当事人（签名、盖章或者按指印）：{BLANK}",
        f"人民调解员（签名）：{BLANK}",
        f"记录人（签名）：{BLANK}",
        "麦积区道北街道人民调解委员会（印章）",
        "2024年6月1日",
    ]


def test_whose_data_were_erased_is_named_by_no_paper(world: World, dispute: Case) -> None:
    """Entered by mistake: what is handed to the others must not be addressed to someone called “erased”."""
    wrong = dispute.parties.get(name="李四")
    reason, admin = "录入时选错了人，与本案无关", member("admin", Role.ADMINISTRATOR, region_id=CITY)
    erased(dispute, world, admin, party_id=wrong.pk, ground="wrong_person", reason=reason)

    acceptance = printed(dispute, "mediation_acceptance", world.clerk_east)
    agreement = printed(dispute, "mediation_agreement", world.clerk_east)

    assert acceptance[3].startswith("张三")
    assert not any("已依法删除" in line for line in (*acceptance, *agreement))
    assert [line for line in agreement if line.startswith("被申请人")] == []


def test_notices_of_mediation(world: World, dispute: Case) -> None:
    acceptance = printed(dispute, "mediation_acceptance", world.clerk_east)
    rights = printed(dispute, "mediation_rights", world.clerk_east)

    assert acceptance[1:5] == [
        "受理通知书",
        "麦积区道北街道人调受〔2024〕1号",
        "张三、李四：",
        "2024年3月1日收到的邻里纠纷，经审查符合受理条件，本调解委员会已于2024年3月1日受理，"
        "案号为麦积区道北街道人调〔2024〕1号。",
    ]
    assert rights[1:3] == ["权利义务告知书", "麦积区道北街道人调告〔2024〕1号"]
    assert "（二）接受调解、拒绝调解或者要求终止调解；" in rights
    assert "（三）尊重对方当事人行使权利。" in rights
    assert "三、当事人在人民调解活动中履行下列义务" in rights
    assert rights[-3:] == [f"被告知人（签名）：{BLANK}", "麦积区道北街道人民调解委员会（印章）", "2024年6月1日"]


def test_papers_of_a_petition(world: World, petition: Case) -> None:
    papers = ("petition_acceptance", "petition_reply", "petition_extension")
    acceptance, reply, extension = (printed(petition, paper, world.supervisor) for paper in papers)

    assert acceptance[3:5] == [
        "王五：",
        "你（单位）提出的信访事项（来信），本机关（单位）于2024年3月1日收悉。经审查，属于本机关（单位）职权范围，"
        "已于2024年3月8日受理，编号为麦积区信访局信〔2024〕1号。依照《信访工作条例》第二十三条，现予告知。",
    ]
    assert acceptance[6].startswith("本信访事项的办理期限至2024年6月6日，")
    assert reply[1:] == [
        "信访处理意见书",
        "麦积区信访局信意〔2024〕1号",
        "王五：",
        "你（单位）提出的信访事项（来信），本机关（单位）于2024年3月8日受理，现已办理完毕。依照《信访工作条例》"
        "第三十一条第六项、第三十二条，出具处理意见如下。",
        "一、投诉请求",
        "征地补偿款未发放",
        "二、事实和理由",
        BLANK,
        "三、处理意见及其法律法规依据",
        "对你（单位）的请求，处理意见是：部分支持。",
        f"依据：{BLANK}",
        "四、救济途径",
        "如不服本处理意见，可以自收到本意见书之日起三十日内，请求原办理机关、单位的上一级机关、单位复查。",
        "麦积区信访局（印章）",
        "2024年6月1日",
    ]
    assert extension[4:7] == [  # 90 days from 8 March end on 6 June
        "你（单位）提出的信访事项（麦积区信访局信〔2024〕1号），于2024年3月8日受理，因情况复杂，未能在规定期限内办结。",
        "依照《信访工作条例》第三十四条，经负责人于2024年4月30日批准，办理期限延长30日，至2024年6月6日。",
        f"延期理由：{BLANK}",
    ]


def test_papers_of_a_reconsideration(world: World, reconsideration: Case) -> None:
    acceptance = printed(reconsideration, "reconsideration_acceptance", world.supervisor)

    assert acceptance[3:6] == [
        "赵六：",
        "你（单位）不服麦积区公安局的行政处罚，申请行政复议。经审查，符合《中华人民共和国行政复议法》第三十条第一款"
        "规定的条件，已于2024年3月5日受理，案号为麦积区人民政府政复〔2024〕1号。",
        "审理程序：普通程序。",
    ]
    with pytest.raises(PaperRefused, match="还不能制作行政复议决定书：须先登记“作出复议决定”"):
        printed(reconsideration, "reconsideration_decision", world.supervisor)

    decided = step("decide", 4, 10, outcome="revoked")
    advance(case_id=reconsideration.pk, draft=decided, actor=None, now=NOW)

    decision = printed(reconsideration, "reconsideration_decision", world.supervisor)
    assert decision[2:5] == ["麦积区人民政府政复决〔2024〕1号", "申请人：赵六", "被申请人：麦积区公安局"]
    assert decision[6:9] == ["行政复议请求", "撤销处罚决定", "决定结果"]
    assert decision[-2:] == ["行政复议机关（印章）", "2024年6月1日"]
    assert decision[9] == "依照《中华人民共和国行政复议法》第六十一条、第七十五条，本机关决定：撤销。"


def test_a_paper_printed_again_has_its_number_and_each_printing_is_audited(world: World, dispute: Case) -> None:
    first = print_paper(case_id=dispute.pk, code="mediation_rights", actor=world.clerk_east, now=NOW)
    other = log_dispute(world.east)
    second = print_paper(case_id=other.pk, code="mediation_rights", actor=world.clerk_east, now=NOW)
    later = datetime(2025, 2, 1, tzinfo=UTC)
    again = print_paper(case_id=dispute.pk, code="mediation_rights", actor=world.supervisor, now=later)

    assert first.name == "麦积区道北街道人调告〔2024〕1号权利义务告知书.docx"
    assert second.name == "麦积区道北街道人调告〔2024〕2号权利义务告知书.docx"
    assert again == first
    entries = AuditEntry.objects.filter(action="read_personal").order_by("pk")
    assert [(entry.actor, entry.purpose) for entry in entries] == [
        (world.clerk_east, "打印文书"),
        (world.clerk_east, "打印文书"),
        (world.supervisor, "打印文书"),
    ]


def test_what_the_case_does_not_say_is_told_by_name(world: World, dispute: Case) -> None:
    found = {each.paper.code: each for each in printable(dispute)}

    assert list(found) == ["mediation_acceptance", "mediation_rights", "mediation_agreement"]
    assert list(found["mediation_acceptance"].missing) == ["调解时间", "调解地点", "查询码"]
    assert found["mediation_rights"].missing == []
    assert not PaperIssued.objects.exists()


def test_a_paper_of_another_kind_is_refused(world: World, dispute: Case) -> None:
    for code in ("petition_reply", "no-such-paper"):
        with pytest.raises(PaperRefused, match="人民调解案件没有这种文书"):
            printed(dispute, code, world.clerk_east)


def test_every_paper_follows_steps_that_its_kind_has() -> None:
    unknown = [paper.code for paper in PAPERS if not set(paper.after) <= set(KINDS[paper.kind].step_named)]

    assert unknown == []
    assert len({(paper.kind, paper.word) for paper in PAPERS}) == len(PAPERS)  # or two series give one number


@pytest.mark.django_db(transaction=True)
def test_two_printers_at_once_leave_no_gap_and_no_number_twice(world: World) -> None:
    cases = [log_dispute(world.east) for _ in range(8)]

    def run(case: Case) -> None:
        try:
            print_paper(case_id=case.pk, code="mediation_rights", actor=world.clerk_east, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, [*cases, *cases]))

    assert sorted(PaperIssued.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_a_number_stays_that_of_the_office_which_gave_it(world: World, dispute: Case) -> None:
    before = print_paper(case_id=dispute.pk, code="mediation_rights", actor=world.supervisor, now=NOW)
    Case.objects.filter(pk=dispute.pk).update(organization=world.west)

    after = print_paper(case_id=dispute.pk, code="mediation_rights", actor=world.supervisor, now=NOW)

    assert after.name == before.name == "麦积区道北街道人调告〔2024〕1号权利义务告知书.docx"
