"""The record held against the clients' diaries: what was acknowledged is there once, and nothing else is."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from casetrack.accounts.models import Action, AuditEntry, User
from casetrack.cases.jobs.undoing import left_of
from casetrack.cases.models import Case, CaseEvent, Job
from casetrack.stats.closing.explaining import unexplained
from casetrack.stats.closing.models import Edition, MonthReport
from workers.soaking.diary import Diary, Entry

JOBS = ("import", "undo", "export")
GIVEN_UP = "interrupted"
"""Of a job that was killed as often as it was tried: the service says so, and is right to."""

Said = tuple[Any, ...]
"""An event: its place in the case, what it is, and what it says."""


def differences(diaries: Mapping[str, Diary]) -> Iterator[str]:
    """`diaries` by the names of their users."""
    for name, diary in diaries.items():
        user = User.objects.get(username=name)
        for intent in diary.unanswered():
            yield f"{user}：第{intent.number}件事（{intent.act}）始终没有得到答复"
        if diary.unforeseen:
            yield f"{user}：{diary.unforeseen}次得到500（服务器内部错误），应为503"
        yield from differing_cases(user, diary)
        yield from differing_jobs(user, diary)
        yield from differing_months(user, diary)
    yield from differing_editions()
    yield from differing_imports([entry for diary in diaries.values() for entry in diary.done("import")])


def differing_cases(user: User, diary: Diary) -> Iterator[str]:
    told, kept = told_events(diary), kept_events(user)
    for case in sorted(told.keys() | kept.keys()):
        if case not in told:
            yield f"{user}：案件{case}在库中，而没有登记过，或登记了两次"
        elif case not in kept:
            yield f"{user}：案件{case}已获确认，而库中没有"
        else:
            yield from (f"{user}：案件{case}缺少事件{each}" for each in lacking(told[case], kept[case]))
            yield from (f"{user}：案件{case}多出事件{each}" for each in lacking(kept[case], told[case]))


def lacking(wanted: Iterable[Said], found: Iterable[Said]) -> list[Said]:
    return sorted((Counter(wanted) - Counter(found)).elements(), key=repr)


def told_events(diary: Diary) -> dict[int, list[Said]]:
    """By case, what the service said that it had logged."""
    told: dict[int, list[Said]] = defaultdict(list)
    for entry in diary.done("open"):
        told[entry.answer["id"]].append((1, "register", entry.intent.body["on"]))
    for entry in diary.done("step"):
        body = entry.intent.body
        told[entry.intent.case].append((entry.answer["sequence"], body["type"], body["occurred_on"]))
    for entry in diary.done("change"):
        body = entry.intent.body
        what = ("更正", body["replaces"], body["occurred_on"]) if "replaces" in body else ("撤销", body["retracts"])
        told[entry.intent.case].append((entry.answer["sequence"], *what, body["reason"]))
    return told


def kept_events(user: User) -> dict[int, list[Said]]:
    """By case, what is in the log under the user's name and came by no ledger."""
    kept: dict[int, list[Said]] = defaultdict(list)
    own = CaseEvent.objects.filter(actor=user, batch=None).order_by("case", "sequence")
    for event in own.exclude(reason__startswith="撤销导入").iterator(chunk_size=2000):
        kept[event.case_id].append(as_said(event))
    return kept


def as_said(event: CaseEvent) -> Said:
    day = event.occurred_on.isoformat()
    if event.retracts:
        return (event.sequence, "撤销", event.replaces_id, event.reason)
    if event.replaces_id:
        return (event.sequence, "更正", event.replaces_id, day, event.reason)
    return (event.sequence, event.step, day)


def differing_jobs(user: User, diary: Diary) -> Iterator[str]:
    """Each job that was asked for is there, ended, and in the audit log once."""
    told = {entry.answer["id"]: entry.intent.act for entry in diary.done(*JOBS)}
    kept = {job.pk: job for job in Job.objects.filter(owner=user).defer("result")}
    for job in sorted(told.keys() ^ kept.keys()):
        yield f"{user}：任务{job}" + ("已获确认，而库中没有" if job in told else "在库中，而没有提交过，或提交了两次")
    noted = Counter(
        AuditEntry.objects.filter(actor=user, action__in=(Action.IMPORT, Action.EXPORT)).values_list(
            "details__job", flat=True
        )
    )
    for job in kept.values():
        if job.state == Job.State.DONE and job.kind != Job.Kind.UNDO and noted[job.pk] != 1:
            yield f"{user}：任务{job.pk}已完成，审计记录有{noted[job.pk]}条"
        if job.state not in (Job.State.DONE, Job.State.FAILED):
            yield f"{user}：任务{job.pk}没有结束（{job.get_state_display()}）"
        if job.kind == Job.Kind.UNDO and job.state == Job.State.DONE and left_of(undone_by(job)):
            yield f"{user}：任务{job.pk}已完成，而所撤销的导入仍有案件"
        if job.state == Job.State.FAILED and job.error_code not in (GIVEN_UP, "undo_refused", "undo_restates"):
            yield f"{user}：任务{job.pk}失败：{job.error_code} {job.error}"


def differing_months(user: User, diary: Diary) -> Iterator[str]:
    """Each edition and each confirmation that was acknowledged is there once, and as it was told."""
    told = {entry.answer["id"]: (entry.answer["number"], entry.answer["digest"]) for entry in diary.done("close")}
    kept = {each.pk: (each.number, each.digest) for each in Edition.objects.filter(closed_by=user)}
    for edition in sorted(told.keys() | kept.keys()):
        if told.get(edition) != kept.get(edition):
            yield f"{user}：结账版次{edition}答复为{told.get(edition)}，库中为{kept.get(edition)}"
    confirmed = sorted(entry.answer["id"] for entry in diary.done("confirm"))
    if confirmed != (reports := sorted(MonthReport.objects.filter(actor=user).values_list("pk", flat=True))):
        yield f"{user}：月报确认获答复的有{confirmed}，库中有{reports}"


def differing_editions() -> Iterator[str]:
    """The editions of a month follow one another, each on the digest of the last; what differs now is explained."""
    last: dict[tuple[str, date], Edition] = {}
    for edition in Edition.objects.order_by("region", "month", "number").iterator(chunk_size=100):
        before = last.get((edition.region_id, edition.month))
        if (edition.number, edition.previous) != ((before.number + 1, before.digest) if before else (1, "")):
            yield f"{edition}不接续上一版"
        last[edition.region_id, edition.month] = edition
    for edition in last.values():
        yield from unexplained(edition)


def undone_by(job: Job) -> Job:
    return Job.objects.get(pk=job.parameters["import"])


def differing_imports(entries: Iterable[Entry]) -> Iterator[str]:
    """Each row of each ledger is a case once; of a job that was given up, once or not at all."""
    sent: dict[str, Job] = {}
    for entry in entries:
        job = Job.objects.get(pk=entry.answer["id"])
        numbers = [line.split(",")[0] for line in entry.intent.ledger.splitlines()[1:]]
        sent |= dict.fromkeys(numbers, job)
        if job.state == Job.State.DONE and job.counts["created"] != len(numbers):
            yield f"导入{job.pk}报告新增{job.counts['created']}件，台账有{len(numbers)}行"
    imported = Case.objects.filter(events__sequence=1, events__batch__isnull=False)
    kept = Counter(imported.values_list("number", flat=True))
    for number in sorted(kept.keys() | sent.keys()):
        if number not in sent:
            yield f"案件{number}在库中，而不在任何台账里"
        elif kept[number] != 1 and (kept[number] or sent[number].state == Job.State.DONE):
            yield f"案件{number}（导入{sent[number].pk}）在库中有{kept[number]}件"
