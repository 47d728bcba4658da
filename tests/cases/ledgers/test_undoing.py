"""An import can be undone: by further events, all or nothing, and never from under somebody's later work."""

from datetime import date

import pytest

from casetrack.cases.deeming import deem
from casetrack.cases.drafts import StepDraft
from casetrack.cases.ledgers.undoing import UndoRefused, touched, undo_import
from casetrack.cases.models import Case, CaseEvent, ImportBatch, Milestone, Party
from casetrack.cases.operations import advance, retract
from casetrack.cases.projection import effective
from casetrack.cases.verification import differences
from casetrack.organizations.models import Organization
from tests.cases.ledgers.books import NOW, book, dispute, ledger, open_dispute, send, verdicts

pytestmark = pytest.mark.usefixtures("registered")

UNPERFORMED = dispute(履行情况="未履行", 履行日期="")


def undo(batch: ImportBatch | None) -> int:
    assert batch is not None
    return undo_import(batch_id=batch.pk, actor=None, now=NOW).cases


def test_an_undone_import_leaves_no_figures_and_no_people_but_its_whole_history() -> None:
    send(ledger(dispute(), dispute(编号="秦人调〔2024〕2号")))
    batch = ImportBatch.objects.get()

    assert undo(batch) == 2

    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.UNDONE
    assert not Milestone.objects.exists()
    assert not Party.objects.exists()
    assert {case.state for case in Case.objects.all()} == {""}
    assert [case.private for case in Case.objects.all()] == [{}, {}]
    assert not any("张三" in case.search_text or "排水沟" in case.search_text for case in Case.objects.all())
    assert list(differences(Case.objects.all())) == []
    assert CaseEvent.objects.count() == 16
    assert {event.reason for event in CaseEvent.objects.filter(retracts=True)} == {
        f"撤销导入：批次{batch.pk}（台账.xlsx）"
    }


def test_an_undone_file_may_be_sent_again() -> None:
    content = ledger(dispute())
    send(content)
    undo(ImportBatch.objects.get())

    report = send(content)

    case = Case.objects.get()
    assert verdicts(report) == ["changed"]
    assert case.state == "performed"
    assert case.parties.count() == 2
    assert case.private == {"summary": "宅前排水沟走向"}


def test_undoing_a_correction_restores_what_it_replaced() -> None:
    send(ledger(dispute()))
    send(ledger(dispute(金额=4200, 履行日期="", 履行情况="未履行", 调结日期="2024-3-11")))

    undo(ImportBatch.objects.last())

    case = Case.objects.get()
    assert (case.state, case.values["amount"]) == ("performed", 350_000)
    assert case.milestones.get(name="performed").happened_on == date(2024, 3, 15)
    assert case.milestones.get(name="closed").happened_on == date(2024, 3, 10)


def test_what_people_took_further_is_not_pulled_from_under_them() -> None:
    send(ledger(dispute(), dispute(编号="秦人调〔2024〕2号")))
    case = Case.objects.get(number="秦人调〔2024〕2号")
    advance(case_id=case.pk, draft=StepDraft("confirm", date(2024, 3, 20)), actor=None, now=NOW)

    with pytest.raises(UndoRefused, match="请先更正或撤销这些记录：秦人调〔2024〕2号（人工登记）"):
        undo(ImportBatch.objects.get())
    assert {case.state for case in Case.objects.all()} == {"performed"}


def test_what_the_law_made_of_an_import_is_taken_back_with_it() -> None:
    send(ledger(UNPERFORMED))
    assert deem(now=NOW, limit=10, refused={}) == 1
    assert steps_standing() == ["register", "accept", "agree", "lapse_confirmation"]

    undo(ImportBatch.objects.get())

    assert steps_standing() == []
    assert not Party.objects.exists()
    assert list(differences(Case.objects.all())) == []


def test_what_the_law_makes_of_the_rest_is_recorded_anew() -> None:
    send(ledger(UNPERFORMED))
    send(ledger({**UNPERFORMED, "协议涉及金额(元)": 4200}))
    deem(now=NOW, limit=10, refused={})

    undo(ImportBatch.objects.latest("pk"))
    before = steps_standing()
    deem(now=NOW, limit=10, refused={})

    assert before == ["register", "accept", "agree"]
    assert steps_standing() == ["register", "accept", "agree", "lapse_confirmation"]


def test_a_deemed_step_that_was_said_anew_is_taken_back_as_it_stands() -> None:
    send(ledger(UNPERFORMED))
    deem(now=NOW, limit=10, refused={})
    send(ledger(open_dispute()))  # says that nothing was agreed, so nothing lapsed either
    first, second = ImportBatch.objects.order_by("pk")
    undo(second)
    assert "lapse_confirmation" in steps_standing()

    undo(first)

    assert steps_standing() == []


def test_what_someone_made_of_a_deemed_step_is_not_pulled_from_under_them() -> None:
    send(ledger(UNPERFORMED))
    deem(now=NOW, limit=10, refused={})
    lapsed = CaseEvent.objects.get(step="lapse_confirmation")
    retract(event_id=lapsed.pk, reason="已于期内申请", actor=None, now=NOW)

    with pytest.raises(UndoRefused, match="人工登记"):
        undo(ImportBatch.objects.get())


def steps_standing() -> list[str]:
    return [event.step for event, _ in sorted(effective(CaseEvent.objects.all()), key=lambda pair: pair[1])]


def test_of_two_imports_the_later_is_undone_first() -> None:
    send(ledger(dispute()))
    send(ledger(dispute(金额=4200)))
    first, second = ImportBatch.objects.order_by("pk")

    with pytest.raises(UndoRefused, match=f"批次{second.pk}"):
        undo(first)

    undo(second)
    undo(first)
    assert Case.objects.get().state == ""


def test_an_import_is_undone_once() -> None:
    send(ledger(dispute()))
    batch = ImportBatch.objects.get()
    undo(batch)

    with pytest.raises(UndoRefused, match="已经撤销过"):
        undo(batch)


def test_one_of_two_that_are_the_same_to_figures_is_missed_when_it_goes() -> None:
    send(ledger(dispute()))
    twice = [row for row in Milestone.objects.all() if row.name == "performed"] * 2

    assert touched(twice, twice, 1) == set()
    assert [(each.first, each.last) for each in touched(twice, twice[:1], 1)] == [
        (date(2024, 3, 15), date(2024, 3, 15))
    ]


def test_a_register_is_corrected_and_not_undone(registered: Organization) -> None:
    send(book([["姓名", "所属调解组织", "专兼职"], ["许某", registered.name, "专职"]]))

    with pytest.raises(UndoRefused, match="“人民调解员名册”是名册"):
        undo(ImportBatch.objects.get())


def test_a_batch_with_a_case_that_was_erased_since_is_refused_whole_and_the_case_named() -> None:
    send(ledger(dispute(), dispute(编号="秦人调〔2024〕2号")))
    erased = Case.objects.order_by("pk")[0]
    Case.objects.filter(pk=erased.pk).update(erased_at=NOW)

    with pytest.raises(UndoRefused, match=f"已依法删除.*不能整批撤销：{erased.number}；其余案件"):
        undo(ImportBatch.objects.get())

    assert ImportBatch.objects.get().state != ImportBatch.State.UNDONE
    assert not CaseEvent.objects.filter(retracts=True).exists()
