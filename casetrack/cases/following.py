"""A case logged as the same matter as earlier ones: the case and its links, or neither."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from casetrack.accounts.models import User
from casetrack.cases.drafts import CaseDraft
from casetrack.cases.linking import LinkRefused, link
from casetrack.cases.models import Case
from casetrack.cases.operations import open_case
from casetrack.kinds.links import of_the_same_matter


@transaction.atomic
def open_following(*, draft: CaseDraft, earlier: Iterable[int], actor: User | None, now: datetime) -> Case:
    """Log a case, and link it to the earlier ones of its kind that it is about the matter of."""
    case = open_case(draft=draft, actor=actor, now=now)
    for earlier_id in earlier:
        relation = of_the_same_matter(draft.kind)
        if relation is None:
            raise LinkRefused(f"{draft.declared.label}案件之间没有“同一事项”的关系，不能关联")
        link(earlier_id=earlier_id, later_id=case.pk, relation=relation.code, actor=actor, now=now)
    return case
