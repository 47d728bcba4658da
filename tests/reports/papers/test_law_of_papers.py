"""A paper cites the law that governs its case, and no later one; where that law knew no such paper, there is none."""

from collections.abc import Mapping
from datetime import date

import pytest

from casetrack.cases.drafts import PartyDraft, StepDraft
from casetrack.cases.models import Case, PaperIssued
from casetrack.cases.operations import advance
from casetrack.kinds import KINDS
from casetrack.kinds.base import Fact
from casetrack.organizations.models import Organization, OrganizationKind
from reports.papers.catalogue import PAPERS
from reports.papers.choosing import PaperRefused, printable
from reports.papers.declaring import Paper
from tests.api.conftest import EAST, World, world
from tests.reports.papers.test_printing import NOW, opened, printed

__all__ = ["world"]
pytestmark = pytest.mark.django_db


def on(name: str, day: str, **facts: Fact) -> StepDraft:
    return StepDraft(name, date.fromisoformat(day), facts)


def office_of(kind: str, name: str) -> Organization:
    return Organization.objects.create(region_id=EAST, county_id=EAST, name=name, kind=kind)


def petition_of(year: int, purpose: str = "appeal") -> Case:
    extended = on("extend", f"{year}-04-30", extended_days=30, approved=True, reasons_told=True)
    return opened(
        office_of(OrganizationKind.PETITION_OFFICE, "麦积区信访局"),
        "petition",
        [PartyDraft("petitioner", "王五")],
        on("register", f"{year}-03-01", channel="letter", purpose=purpose, matter="征地补偿款未发放"),
        on("accept", f"{year}-03-08"),
        *([extended] if purpose == "appeal" else []),
        on("conclude", f"{year}-05-20", opinion="partly_supported"),
    )


def reconsideration_of(year: int, accepting: str = "accept") -> Case:
    return opened(
        office_of(OrganizationKind.RECONSIDERATION_OFFICE, "麦积区人民政府"),
        "reconsideration",
        [PartyDraft("applicant", "赵六"), PartyDraft("respondent", "麦积区公安局")],
        on("receive", f"{year}-03-01", matter="penalty", claim="撤销处罚决定"),
        on(accepting, f"{year}-03-08"),
        on("decide", f"{year}-04-10", outcome="revoked"),
    )


def cited(case: Case) -> Mapping[str, str]:
    return {each.paper.code: each.version.cited for each in printable(case) if each.version}


def test_a_petition_before_may_2022_cites_the_regulation_of_2005(world: World) -> None:
    case = petition_of(2021)

    assert cited(case) == {
        "petition_acceptance": "信访条例（2005）第二十一条、第二十二条",
        "petition_reply": "信访条例（2005）第三十二条",
        "petition_extension": "信访条例（2005）第三十三条",
        "petition_service": "信访条例（2005）第三十四条",
    }
    reply = printed(case, "petition_reply", world.supervisor)
    assert reply[1] == "信访事项处理意见书"
    assert reply[-3] == ("如不服本处理意见，可以自收到本意见书之日起三十日内，请求原办理行政机关的上一级行政机关复查。")
    assert "信访工作条例" not in "".join(reply)


def test_a_petition_put_under_the_earlier_regulation_by_a_person_stays_there(world: World) -> None:
    case = petition_of(2023)
    reason = {"governing_on": "2022-04-01", "governing_reason": "施行前已受理"}
    advance(case_id=case.pk, draft=on("govern", "2023-05-21", **reason), actor=None, now=NOW)

    assert {citation[:8] for citation in cited(Case.objects.get(pk=case.pk)).values()} == {"信访条例（200"}


def test_a_reconsideration_accepted_before_2024_cites_the_law_of_1999(world: World) -> None:
    case = reconsideration_of(2023)

    assert cited(case) == {
        "reconsideration_acceptance": "行政复议法（1999）第十七条",
        "reconsideration_decision": "行政复议法（1999）第二十八条、第三十一条",
        "reconsideration_service": "行政复议法（1999）第四十条第一款、第三十一条第三款",
    }
    acceptance = printed(case, "reconsideration_acceptance", world.supervisor)
    assert acceptance[4] == (
        "你（单位）不服麦积区公安局的行政处罚，申请行政复议。本机关于2023年3月1日收到，经审查符合规定；依照"
        "《中华人民共和国行政复议法》第十七条，自收到之日起即为受理，案号为麦积区人民政府政复〔2023〕1号。"
    )
    assert not any("审理程序" in line for line in acceptance)


def test_one_accepted_in_2023_and_decided_in_2024_stays_under_the_law_of_1999(world: World) -> None:
    office = office_of(OrganizationKind.RECONSIDERATION_OFFICE, "麦积区人民政府")
    steps = [on("receive", "2023-12-25", matter="penalty"), on("accept", "2023-12-28")]
    case = opened(office, "reconsideration", [], *steps, on("decide", "2024-02-10", outcome="upheld"))

    assert all(citation.startswith("行政复议法（1999）") for citation in cited(case).values())


def test_what_nobody_decided_is_not_said_to_have_been_looked_at(world: World) -> None:
    case = reconsideration_of(2024, accepting="accept_deemed")

    lines = printed(case, "reconsideration_acceptance", world.supervisor)

    assert lines[4] == (
        "你（单位）不服麦积区公安局的行政处罚，申请行政复议。本机关在审查期限内没有作出不予受理决定，依照"
        "《中华人民共和国行政复议法》第三十条第三款，自2024年3月8日起视为受理，案号为麦积区人民政府政复〔2024〕1号。"
    )
    assert not any("经审查" in line for line in lines)


def test_only_an_appeal_ends_in_an_opinion_that_can_be_reviewed(world: World) -> None:
    suggestion = petition_of(2023, purpose="suggestion")

    with pytest.raises(PaperRefused, match="只用于申诉求决类事项"):
        printed(suggestion, "petition_reply", world.supervisor)

    assert [each.label for each in printable(suggestion)] == ["受理通知书", "信访事项回复", "送达回证"]
    answer = printed(suggestion, "petition_answer", world.supervisor)
    assert answer[1] == "信访事项回复"
    assert "复查" not in "".join(answer)
    assert not PaperIssued.objects.filter(paper="petition_reply").exists()


def test_where_no_law_in_force_knew_a_paper_there_is_none(world: World) -> None:
    steps = [on("register", "2010-03-01", category="neighbour"), on("accept", "2010-03-02")]
    old = opened(world.east, "mediation", [PartyDraft("applicant", "张三"), PartyDraft("respondent", "李四")], *steps)

    with pytest.raises(PaperRefused, match="适用2010-03-02有效的法律，系统没有当时的人民调解协议书"):
        printed(old, "mediation_agreement", world.clerk_east)
    assert all(each.refused and each.version is None for each in printable(old))


def test_a_review_and_a_rereview_say_where_one_may_turn_next(world: World) -> None:
    office = office_of(OrganizationKind.PETITION_OFFICE, "麦积区信访局")
    review, rereview = (
        opened(
            office,
            "petition_review",
            [PartyDraft("applicant", "王五")],
            on("request", "2024-03-01", level=level, reason="认定事实不清"),
            on("accept", "2024-03-08"),
            on("decide", "2024-03-25", outcome="upheld"),
        )
        for level in ("review", "rereview")
    )

    first, second = (
        printed(case, paper, world.supervisor)
        for case, paper in ((review, "review_opinion"), (rereview, "rereview_opinion"))
    )

    assert first[1:4] == ["信访复查意见书", "麦积区信访局信查意〔2024〕1号", "王五："]
    assert first[4].endswith("于2024年3月1日收到。依照《信访工作条例》第三十五条，提出复查意见如下。")
    assert first[-3] == (
        "如不服本复查意见，可以自收到本意见书之日起三十日内，向复查机关、单位的上一级机关、单位请求复核。"
    )
    assert second[-3] == (
        "不服复核意见，仍然以同一事实和理由提出投诉请求的，各级党委和政府信访部门和其他机关、单位不再受理。"
    )
    with pytest.raises(PaperRefused, match="复核意见书用于复核"):
        printed(review, "rereview_opinion", world.supervisor)


def aid_of(year: int) -> Case:
    return opened(
        office_of(OrganizationKind.LEGAL_AID_CENTRE, "麦积区法律援助中心"),
        "legal_aid",
        [PartyDraft("recipient", "周六")],
        on("apply", f"{year}-03-01", aid_type="civil", matter="追索劳动报酬"),
        on("refuse", f"{year}-03-05", refusal_reason="不符合经济困难标准"),
    )


def test_who_is_refused_legal_aid_is_told_why_and_where_to_object(world: World) -> None:
    refusal = printed(aid_of(2024), "aid_refused", world.supervisor)

    assert refusal[3:8] == [
        "周六：",
        "你申请的法律援助（民事），本机构于2024年3月1日收到，编号为麦积区法律援助中心援〔2024〕1号。经审查，"
        "不符合法律援助条件，依照《中华人民共和国法律援助法》第四十三条，不给予法律援助。",
        "申请事项：追索劳动报酬",
        "理由：不符合经济困难标准",
        "对本决定有异议的，可以向设立本机构的司法行政部门提出；对司法行政部门维持本决定不服的，"
        "可以依法申请行政复议或者提起行政诉讼。",
    ]


def test_legal_aid_before_2022_cites_the_regulation_of_2003(world: World) -> None:
    case = aid_of(2021)

    assert cited(case) == {"aid_refused": "法律援助条例第十八条第二款"}
    assert (
        printed(case, "aid_refused", world.supervisor)[-3] == "对本通知有异议的，可以向确定本机构的司法行政部门提出。"
    )


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.code)
def test_versions_follow_one_another_without_a_day_of_two(paper: Paper) -> None:
    spans = sorted((version.since, version.statute.until or date.max) for version in paper.versions)

    assert all(earlier[1] <= later[0] for earlier, later in zip(spans, spans[1:], strict=False))
    for version in paper.versions:
        within = [basis.statute for basis in version.bases if basis.statute.doubt == ""]
        assert all(statute.since <= version.since for statute in within)
        if version.only:
            field = KINDS[paper.kind].field_named[version.only[0]]
            assert set(version.only[1]) <= {choice.code for choice in field.choices}


def test_an_article_that_was_not_read_is_marked_so() -> None:
    unread = {paper.code for paper in PAPERS for version in paper.versions if not version.verified}

    assert unread == {"mediation_rights"}  # 人民调解工作若干规定, from a web page
