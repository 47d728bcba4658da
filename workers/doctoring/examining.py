"""The visit: every check in its turn. One that breaks is a finding too, and what can't be asked is said."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db import OperationalError, connection, transaction
from redis.exceptions import RedisError

from casetrack.health import database_answers, queues_answer
from workers.doctoring.findings import Check, Finding, Level, Visit
from workers.doctoring.server import plan

logger = logging.getLogger(__name__)
ANSWERS: dict[str, Callable[[], bool]] = {
    "database": database_answers,
    "queues": queues_answer,
    "record": lambda: database_answers() and not plan(),
}
PATIENCE = "10s"
TO_DO: tuple[tuple[type[Exception], str], ...] = (
    (OperationalError, "数据库过于繁忙或中断，请稍后再试"),
    (RedisError, "Redis 过于繁忙或中断，请稍后再试"),
    (Exception, "查看日志；仍不行的，请告知开发人员"),
)


@dataclass(frozen=True, slots=True)
class Examined:
    """One check and what it found; `skipped` names what did not answer."""

    check: Check
    findings: Sequence[Finding]
    skipped: str = ""

    @property
    def level(self) -> str:
        if self.skipped:
            return "skipped"
        levels = {finding.level for finding in self.findings}
        return next((str(level) for level in Level if level in levels), "ok")


def examine(checks: Iterable[Check], visit: Visit) -> list[Examined]:
    checks = list(checks)
    away = {need for need in {check.needs for check in checks} if need and not ANSWERS[need]()}
    return [
        Examined(check, [], check.needs) if check.needs in away else Examined(check, asked(check, visit))
        for check in checks
    ]


def asked(check: Check, visit: Visit) -> list[Finding]:
    try:
        if check.needs not in ("database", "record"):
            return list(check.ask(visit))
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL statement_timeout = '{PATIENCE}'")
            return list(check.ask(visit))
    except Exception as broke:  # the others are still to be asked, and this one says what became of it
        logger.exception("the check %s broke", check.name)
        mend = next(do for kind, do in TO_DO if isinstance(broke, kind))
        return [Finding(Level.ERROR, f"检查没有完成（{type(broke).__name__}）", mend)]
