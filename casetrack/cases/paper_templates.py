"""Templates of their own that offices use for papers: kept sealed like attachments, one for each place and paper.

What a template may hold is looked at before, by who knows the papers.
"""

import logging
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from casetrack.accounts.auditing import About, record
from casetrack.accounts.models import Action, User
from casetrack.cases import kept_files
from casetrack.cases.models import PaperTemplate
from casetrack.kinds.refusals import Refused
from casetrack.lib.crypto import SealBroken
from casetrack.lib.locks import wait_for
from casetrack.organizations.divisions import prefix_of
from casetrack.organizations.models import Organization

logger = logging.getLogger(__name__)


class PaperTemplateRefused(Refused):
    """The template can't be taken, used or removed; the message says why and what to do."""

    code = "paper_template_refused"


@dataclass(frozen=True, slots=True)
class Place:
    """Whose template it is: an organization with its rooms, or a region with all below it."""

    organization: Organization | None = None
    region: str | None = None

    @property
    def key(self) -> str:
        return f"o{self.organization.pk}" if self.organization else f"r{self.region}"


@transaction.atomic
def keep_template(
    *, place: Place, paper: str, since: date, name: str, content: bytes, actor: User | None, now: datetime
) -> PaperTemplate:
    """Use this file from now on. The one that stood there before is put aside; two at once wait for each other."""
    wait_for(f"paper-template {place.key} {paper} {since}")
    before = PaperTemplate.objects.standing().for_paper(paper, since)
    before = before.filter(organization=place.organization, region=place.region)
    replaced = list(before.values_list("pk", flat=True))
    before.update(removed_at=now, removed_by=actor)
    template = PaperTemplate.objects.create(
        organization=place.organization,
        region_id=place.region,
        paper=paper,
        since=since,
        file=kept_files.keep(content),
        name=name,
        size=len(content),
        uploaded_by=actor,
        uploaded_at=now,
    )
    details = {"paper_template": template.pk, "paper": paper, "since": str(since), "digest": template.file.digest}
    action = Action.CHANGE if replaced else Action.CREATE
    record(action=action, actor=actor, now=now, about=about(template), details={**details, "replaces": replaced})
    return template


@transaction.atomic
def remove_template(*, template_id: int, actor: User, now: datetime) -> PaperTemplate:
    """Use the next one, or the built-in paper, from now on. What it was stays on record."""
    template = PaperTemplate.objects.select_for_update(of=("self",)).get(pk=template_id)
    if template.removed_at is not None:
        raise PaperTemplateRefused("这一模板已经停用或被替换，请刷新列表")
    template.removed_at, template.removed_by = now, actor
    template.save(update_fields=["removed_at", "removed_by"])
    details = {"paper_template": template.pk, "paper": template.paper, "since": str(template.since)}
    record(action=Action.REMOVE, actor=actor, now=now, about=about(template), details=details)
    return template


def about(template: PaperTemplate) -> About:
    office = template.organization
    if office is None:
        return About(region_code=str(template.region_id))
    return About(region_code=office.region_id, organization_id=office.pk)


def template_for(office: Organization, paper: str, since: date) -> PaperTemplate | None:
    """The nearest: the office's own, its committee's, then that of its region and of the regions above, upwards."""
    found = PaperTemplate.objects.standing().for_paper(paper, since).reaching(office).select_related("file")

    def distance(template: PaperTemplate) -> tuple[int, int]:
        if template.organization_id is not None:
            return (0, int(template.organization_id != office.pk))
        return (1, -len(prefix_of(str(template.region_id))))

    return min(found, key=distance, default=None)


def content_of(template: PaperTemplate) -> bytes:
    try:
        return kept_files.content_of(template.file)
    except (FileNotFoundError, SealBroken) as problem:
        logger.error("the file of paper template %s can't be read: %s", template.pk, type(problem).__name__)
        raise PaperTemplateRefused(
            "这一文书模板的文件已丢失或损坏；请由维护名册的人员重新上传或停用它，并请管理员从备份恢复"
        ) from problem
