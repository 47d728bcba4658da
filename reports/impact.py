"""What current rules and calendars would move, as a job: looked at, told and written into a file; nothing is applied.

Each case is held against what the owner may see at that moment. Of restricted cases that are not open to them only
the number is told; cases outside their place and kinds are not even counted.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from casetrack.accounts.auditing import About, record
from casetrack.accounts.models import Action, User
from casetrack.cases.jobs import store
from casetrack.cases.jobs.asking import ask
from casetrack.cases.jobs.running import NotPermitted, Run
from casetrack.cases.models import Case, Job
from casetrack.cases.recounting.impact import impact
from casetrack.cases.recounting.reports import Moved, Stuck
from casetrack.kinds import KINDS
from casetrack.law.statutes import DUTIES
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.scope import Scope, scope_of
from reports.exporting.columns import Column, Form, Listing, Row
from reports.exporting.writing import ROWS_A_SHEET, write_xlsx

SHOWN, GROUPS_SHOWN, AT_ONCE = 200, 50, 500
TITLE = "规则变更影响"
COLUMNS = (
    Column("number", "案件编号"),
    Column("kind", "案件种类"),
    Column("region_code", "区划代码"),
    Column("duty", "期限"),
    Column("state", "期限状态"),
    Column("rule", "规则"),
    Column("before", "现应办结日", Form.DATE),
    Column("after", "重新计算后应办结日", Form.DATE),
    Column("why", "原因"),
)


def ask_impact(*, owner: User, region: str, thorough: bool, now: datetime) -> Job:
    """Ask what would move in a region. Raises NotPermitted where the owner keeps no registers there."""
    check(scope_of(owner), region)
    parameters = {"region": region, "thorough": thorough}
    return ask(kind=Job.Kind.IMPACT, owner=owner, parameters=parameters, region_code=region, now=now)


def check(scope: Scope, region: str) -> None:
    if not scope.able(Capability.KEEP_REGISTERS).allows_region(region):
        raise NotPermitted(f"您维护名册的范围不包含整个区划{region}，不能查看规则变更对它的影响；请选择您范围内的区划")


@dataclass(slots=True)
class Told:
    """What the result page says; `hidden` is the number of restricted cases that its reader may not see."""

    cases: set[int] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    moved: Counter[tuple[str, str]] = field(default_factory=Counter)
    stuck: Counter[str] = field(default_factory=Counter)
    running: int = 0
    ended: int = 0
    first_moved: list[Moved] = field(default_factory=list)
    first_stuck: list[Stuck] = field(default_factory=list)

    def note(self, item: Moved | Stuck) -> None:
        if isinstance(item, Stuck):
            self.stuck[item.why] += 1
            self.first_stuck += [item] if len(self.first_stuck) < SHOWN else []
            return
        self.cases.add(item.case)
        self.moved[item.rule, item.why] += 1
        self.running += item.running
        self.ended += not item.running
        self.first_moved += [item] if len(self.first_moved) < SHOWN else []

    @property
    def counts(self) -> dict[str, int]:
        found = {"cases": len(self.cases), "running": self.running, "ended": self.ended}
        return {**found, "stuck": self.stuck.total(), "hidden": len(self.hidden)}

    def as_json(self) -> dict[str, Any]:
        return {
            "moved": [[*group, number] for group, number in self.moved.most_common(GROUPS_SHOWN)],
            "moved_groups": len(self.moved),
            "stuck": [list(group) for group in self.stuck.most_common(GROUPS_SHOWN)],
            "stuck_groups": len(self.stuck),
            "first_moved": [shown(item) for item in self.first_moved],
            "first_stuck": [asdict(item) for item in self.first_stuck],
        }


def shown(item: Moved) -> dict[str, Any]:
    days = {"before": item.before and item.before.isoformat(), "after": item.after and item.after.isoformat()}
    return {**asdict(item), **days, "duty": label_of(item.duty)}


def label_of(duty: str) -> str:
    return DUTIES[duty].label if duty in DUTIES else duty


def run_impact(run: Run) -> None:
    """Look, write the file, end the job and log that it was taken away."""
    asked, owner, now = run.job.parameters, run.job.owner, run.clock()
    scope = scope_of(owner)
    check(scope, asked["region"])
    told, path = Told(), store.new_path()
    run.advance(0, doing="查找期限与现行规定、工作日历不一致的案件")
    found = impact(region=asked["region"], thorough=asked["thorough"], tell=partial(tell, run))
    rows = (row_of(item) for item in opened(found, scope, told))
    try:
        write_xlsx(path, Listing(TITLE, COLUMNS, islice(rows, ROWS_A_SHEET), ROWS_A_SHEET))
        for _ in rows:  # what no sheet holds any more is counted all the same
            pass
        name = f"{TITLE}{localdate(now):%Y%m%d}.xlsx"
        end(run, told, file=path.name, name=name)
    except BaseException:
        store.drop(path.name)
        raise


def tell(run: Run, done: int, total: int) -> None:
    run.advance(done, total=total)


def opened(found: Iterator[Moved | Stuck], scope: Scope, told: Told) -> Iterator[Moved | Stuck]:
    """What the scope opens of it, noted as it goes by; what only its clearance lacks is counted."""
    cleared = replace(scope, grants=tuple(replace(grant, cleared=True) for grant in scope.grants))
    while items := list(islice(found, AT_ONCE)):
        cases = Case.objects.filter(pk__in={item.case for item in items})
        within = set(cases.in_scope(scope).values_list("pk", flat=True))
        told.hidden |= set(cases.in_scope(cleared).values_list("pk", flat=True)) - within
        for item in items:
            if item.case in within:
                told.note(item)
                yield item


def row_of(item: Moved | Stuck) -> Row:
    if isinstance(item, Stuck):
        return {"number": item.number, "state": "不能重新计算", "why": item.why}
    return {
        "number": item.number,
        "kind": KINDS[item.kind].label,
        "region_code": item.region_code,
        "duty": label_of(item.duty),
        "state": "进行中" if item.running else "已终结",
        "rule": item.rule,
        "before": item.before,
        "after": item.after,
        "why": item.why,
    }


def end(run: Run, told: Told, *, file: str, name: str) -> None:
    result = {"name": name, **told.as_json()}
    with transaction.atomic():
        counts, expiry = told.counts, run.expiry()
        run.end(Job.State.DONE, doing="", counts=counts, result=result, result_file=file, expires_at=expiry)
        rows = counts["running"] + counts["ended"] + counts["stuck"]
        details = {"job": run.job.pk, "resource": "impact", "format": "xlsx", "rows": rows}
        about = About(region_code=run.job.region_code)
        record(action=Action.EXPORT, actor=run.job.owner, now=run.clock(), about=about, details=details)


def still_open(items: Sequence[Mapping[str, Any]], scope: Scope) -> list[Mapping[str, Any]]:
    """Of what a result tells, what its owner may see now: a clearance may have been taken back since."""
    cases = Case.objects.filter(pk__in={item["case"] for item in items})
    within = set(cases.in_scope(scope).values_list("pk", flat=True))
    return [item for item in items if item["case"] in within]
