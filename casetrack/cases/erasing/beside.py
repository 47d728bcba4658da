"""What repeats personal data outside the case for a time: answers that are kept, results that are to be fetched."""

from collections.abc import Set

from django.db import transaction

from casetrack.accounts.repeating import forget_about
from casetrack.cases.jobs import store
from casetrack.cases.models import Case, Job

HOLDING = (Job.Kind.EXPORT, Job.Kind.IMPORT)


def forget_beside(case: Case, gone: Set[str]) -> dict[str, int]:
    """Drop what may still say any of what is gone: how many answers, and how many files to be fetched."""
    return {"answers": forget_about(gone), "exports": drop_results(case)}


def drop_results(case: Case) -> int:
    """The results that may hold the case, since their owners see it. They can be asked for again."""
    seers: dict[int, bool] = {}
    dropped = []
    for job in Job.objects.filter(kind__in=HOLDING).exclude(result_file="").select_related("owner"):
        if job.owner_id not in seers:
            seers[job.owner_id] = Case.objects.visible_to(job.owner).filter(pk=case.pk).exists()
        if seers[job.owner_id]:
            dropped.append(job)
    names = [job.result_file for job in dropped]
    Job.objects.filter(pk__in=[job.pk for job in dropped]).update(result_file="")
    transaction.on_commit(lambda: store.drop(*names))
    return len(dropped)
