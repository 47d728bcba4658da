"""Links between cases: a petition and the mediation it was sent to, a decision and the suit against it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from casetrack.accounts.models import User
from casetrack.cases.models import Case, CaseLink
from casetrack.kinds import KINDS
from casetrack.kinds.links import LINKS
from casetrack.kinds.refusals import Refused


class LinkRefused(Refused):
    """The two cases can't stand in that relation."""

    code = "link_not_possible"


def links_seen(case: Case, user: User) -> QuerySet[CaseLink]:
    """The links of a case that stand, as far as the user sees both their ends."""
    seen = Case.objects.visible_to(user).values("pk")
    standing = CaseLink.objects.filter(Q(earlier=case) | Q(later=case), ended_at=None)
    return standing.filter(earlier__in=seen, later__in=seen).order_by("pk")


@transaction.atomic
def link(*, earlier_id: int, later_id: int, relation: str, actor: User | None, now: datetime) -> CaseLink:
    """Link a case to the one that followed from it. Asked again, the answer is the link that stands."""
    earlier, later = Case.objects.get(pk=earlier_id), Case.objects.get(pk=later_id)
    refuse_relation(earlier, later, relation)
    try:
        with transaction.atomic():
            return CaseLink.objects.create(earlier=earlier, later=later, relation=relation, actor=actor, linked_at=now)
    except IntegrityError:
        return CaseLink.objects.get(earlier=earlier, later=later, relation=relation, ended_at=None)


def refuse_relation(earlier: Case, later: Case, relation: str) -> None:
    declared = LINKS.get(relation)
    if declared is None:
        raise LinkRefused(f"没有“{relation}”这种关系，可用的有：{'、'.join(LINKS)}")
    if earlier.pk == later.pk:
        raise LinkRefused("案件不能与自身关联")
    if (earlier.kind, later.kind) != (declared.earlier, declared.later):
        kinds = f"{KINDS[declared.earlier].label}到{KINDS[declared.later].label}"
        raise LinkRefused(
            f"“{declared.label}”是{kinds}的关系，不能用于{earlier.declared.label}案件和{later.declared.label}案件"
        )
    if earlier.received_on and later.received_on and later.received_on < earlier.received_on:
        raise LinkRefused(f"在后案件的收到日期{later.received_on}早于在先案件的{earlier.received_on}，请核对先后")


@transaction.atomic
def unlink(*, link_id: int, actor: User | None, now: datetime) -> CaseLink:
    """End a link that was wrong; ended already, it stays as it was ended."""
    found = CaseLink.objects.select_for_update().get(pk=link_id)
    if found.ended_at is None:
        found.ended_at, found.ended_by = now, actor
        found.save(update_fields=["ended_at", "ended_by"])
    return found
