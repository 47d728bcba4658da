"""One step in many cases at once, each taken or refused by itself; sent twice, it is taken once."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from casetrack.accounts.models import User
from casetrack.cases.drafts import StepDraft
from casetrack.cases.many import Asked, log_each
from casetrack.cases.models import CaseEvent
from casetrack.cases.operations import Entry
from casetrack.kinds.refusals import Refused

DAY_BEYOND = "日期超出可以计算的范围，请核对年份"


@transaction.atomic
def advance_each(*, versions: Mapping[int, int], draft: StepDraft, actor: User, now: datetime) -> dict[int, str]:
    """Take the step in cases by their ids, each only at its version: why it wasn't taken, empty where it was.

    A second click finds the version passed by the first: that is no refusal, but the same answer.
    """
    asked = [Asked(case, Entry(draft), version) for case, version in versions.items()]
    outcomes = zip(versions, log_each(asked=asked, actor=actor, now=now), strict=True)
    refusals = {case: said(one) for case, one in outcomes if not isinstance(one, CaseEvent)}
    same = CaseEvent.objects.of_cases(refusals).filter(step=draft.step, occurred_on=draft.on, actor=actor)
    for case, sequence in same.values_list("case", "sequence"):
        if sequence == versions[case] + 1:
            del refusals[case]
    return {case: refusals.get(case, "") for case in versions}


def said(refusal: Exception) -> str:
    return str(refusal) if isinstance(refusal, Refused) else DAY_BEYOND
