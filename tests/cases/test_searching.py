"""Search in Chinese text: by words of one character and more, over names, number and account, and by no number of a
person."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casetrack.accounts.models import User
from casetrack.cases.drafts import CaseDraft, PartyDraft, StepDraft
from casetrack.cases.models import Case
from casetrack.cases.operations import correct, open_case
from casetrack.cases.parties import add_party, change_party
from casetrack.cases.searching import names_line, search_text
from casetrack.lib.grams import grams_of, plain, words_of
from casetrack.organizations.models import Organization
from tests.cases.conftest import NOW
from tests.cases.logging import log_dispute

LETTERS = "甲乙丙丁ab1 "


@pytest.fixture
def dispute(committee: Organization) -> Case:
    return log_dispute(committee)


@pytest.mark.parametrize(
    "asked",
    ["纠纷", "纷", "邻里纠纷", "排水沟", "张三", "三", "张三 水沟", "〔2024〕", "兴国镇", "（2024", "  排水  沟 "],
)
def test_a_case_is_found_by_any_word_of_its_names_number_and_account(dispute: Case, asked: str) -> None:
    found = list(Case.objects.matching(asked))

    # brackets of full and half width are not the same brackets
    assert found == ([] if asked == "（2024" else [dispute])


@pytest.mark.parametrize(
    "asked", ["水排", "纠里", "邻里沟", "张三 王五", "纠纷宅前", "三、李四邻", "%", "_", "\\", "张%", "'"]
)
def test_words_that_do_not_stand_in_it_find_nothing(dispute: Case, asked: str) -> None:
    assert not Case.objects.matching(asked).exists()


def test_every_form_of_a_letter_finds_the_same(committee: Organization) -> None:
    case = log_dispute(committee, summary="ＫＴＶ噪声 Straße")

    for asked in ("ktv", "ＫＴＶ", "Ktv噪声", "strasse"):
        assert list(Case.objects.matching(asked)) == [case], asked


def test_a_number_of_a_person_that_stands_in_an_account_finds_nobody(committee: Organization) -> None:
    case = log_dispute(committee, summary="联系人电话138-0000 1234，身份证62050319800101123X，门牌12号")

    for asked in ("13800001234", "1380000", "62050319800101123X", "01123x"):
        assert not Case.objects.matching(asked).exists(), asked
    assert list(Case.objects.matching("门牌12号")) == [case]


def test_a_corrected_account_is_found_by_its_new_words(dispute: Case) -> None:
    facts = {"category": "contract", "summary": "借款未还"}

    correct(
        event_id=dispute.events.get(sequence=1).pk,
        on=date(2024, 3, 1),
        facts=facts,
        reason="登记有误",
        actor=None,
        now=NOW,
    )

    assert not Case.objects.matching("排水沟").exists()
    assert not Case.objects.matching("邻里").exists()
    for asked in ("借款", "合同纠纷", "张三"):
        assert list(Case.objects.matching(asked)) == [dispute], asked


def test_a_case_is_found_by_the_names_that_now_stand_in_it(dispute: Case, clerk: User) -> None:
    applicant = dispute.parties.get(role="applicant")

    change_party(party_id=applicant.pk, details={"name": "钱七"}, actor=clerk, now=NOW)
    add_party(case_id=dispute.pk, draft=PartyDraft("respondent", "孙八"), actor=clerk, now=NOW)

    for asked, found in {"张三": [], "钱七": [dispute], "李四": [dispute], "孙八 排水沟": [dispute]}.items():
        assert list(Case.objects.matching(asked)) == found, asked


def test_the_account_of_every_kind_is_searched(petition_office: Organization) -> None:
    step = StepDraft(
        "register", date(2024, 3, 1), {"channel": "letter", "purpose": "appeal", "matter": "安置房迟迟不交付"}
    )
    draft = CaseDraft("petition", petition_office, (step,), (PartyDraft("petitioner", "赵六"),))

    case = open_case(draft=draft, actor=None, now=NOW)

    assert list(Case.objects.matching("安置房 赵六")) == [case]


def test_what_was_typed_becomes_few_words_each_written_one_way() -> None:
    assert words_of(" 邻里　纠纷 ＡＢ 纠纷 ") == ("邻里", "纠纷", "ab")
    assert [grams_of(word) for word in ("纷", "纠纷", "排水沟", "邻里纠纷")] == [
        ["纷"],
        ["纠纷"],
        ["排水", "水沟"],
        ["邻里", "纠纷"],
    ]


def test_a_long_account_is_searched_as_far_as_it_is_read() -> None:
    private = {"summary": "甲" * 5000}

    text = search_text(kind="mediation", names="", number="1", values={}, private=private)

    assert text == "\n".join(["", "1", "人民调解案件", "甲" * 1000])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(LETTERS, max_size=8), word=st.text(LETTERS, min_size=1, max_size=4))
def test_the_database_finds_what_python_finds(dispute: Case, name: str, word: str) -> None:
    line = names_line([name])
    Case.objects.filter(pk=dispute.pk).update(search_text=line)

    found = Case.objects.matching(word).exists()

    assert found == all(plain(each) in line for each in word.split())
