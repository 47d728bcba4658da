"""A case held for writing: by one writer at a time, who has seen its latest version, and never once it was erased."""

from django.utils.timezone import localdate

from casetrack.cases.models import Case
from casetrack.kinds.refusals import Refused


class VersionPassed(Refused):
    """The case changed since the caller read it."""

    code = "version_passed"


class CaseErased(Refused):
    """The personal data of the case were erased: nothing more is entered."""

    code = "case_erased"


def locked(case_id: int, version: int | None = None) -> Case:
    """The case, held until the transaction ends, so that two writers take their steps one after the other."""
    case = Case.objects.select_for_update(of=("self",)).select_related("organization").get(pk=case_id)
    refuse_erased(case)
    refuse_unless_at(case, case.version, version)
    return case


def refuse_erased(case: Case) -> None:
    if case.erased_at is not None:
        raise CaseErased(
            f"案件{case.number}的个人信息已于{localdate(case.erased_at)}依法删除，不再登记任何内容；如有新的事项，请另立新案"
        )


def refuse_unless_at(case: Case, current: int, version: int | None) -> None:
    if version is not None and current != version:
        raise VersionPassed(f"案件{case.number}已被他人更新（版本{current}，您依据的是版本{version}），请刷新后重试")
