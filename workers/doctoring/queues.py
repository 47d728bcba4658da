"""Redis, the workers and the schedule: whether what is asked for gets done."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import django_rq
from django.conf import settings
from rq import Queue, Worker
from rq.cron_scheduler_registry import get_registry_key
from rq.registry import FailedJobRegistry

from casetrack.cases.models import Job
from casetrack.health import WITHIN, queues_answer
from casetrack.lib.queues import impatient
from casetrack.stats import rollup
from workers.doctoring.findings import Check, Finding, Visit, error, warning

SILENT = timedelta(minutes=10)  # a worker says every few minutes that it lives, also while a job runs
BEAT = timedelta(minutes=5)
UNKEPT = '腾出磁盘，或设 save "" 和 appendonly no：里面没有需要保存的内容'
A_WEEK, FEW = timedelta(days=7), 10
OURS = ("interrupted", "server_error", "storage_full")
LONGEST = 600  # seconds for which a change may wait to be counted


def answers(visit: Visit) -> Iterator[Finding]:
    if not queues_answer():
        yield error("Redis 没有在两秒内应答：案件可以登记，结算、导入导出和提醒都在等候")


def keeps_jobs(visit: Visit) -> Iterator[Finding]:
    with impatient(within=WITHIN) as client:
        told: dict[str, Any] = client.info()
    policy = told.get("maxmemory_policy", "noeviction")
    if policy != "noeviction":
        yield error(f"内存满时 Redis 会丢弃数据（maxmemory-policy {policy}）", "设为 noeviction")
    if told.get("evicted_keys", 0):
        yield error(f"Redis 已丢弃{told['evicted_keys']}项数据", "增加内存，把 maxmemory-policy 设为 noeviction")
    if told.get("rdb_last_bgsave_status", "ok") != "ok" or told.get("aof_last_write_status", "ok") != "ok":
        yield error("Redis 写不下自己的文件，因此不再接受任务", UNKEPT)


def each_queue() -> Iterator[tuple[str, Queue]]:
    with impatient(within=WITHIN) as client:
        for name in settings.RQ_QUEUES:
            yield name, django_rq.get_queue(name, connection=client)


def workers_live(visit: Visit) -> Iterator[Finding]:
    for name, queue in each_queue():
        beats = [worker.last_heartbeat for worker in Worker.all(queue=queue) if worker.last_heartbeat]
        if not any(visit.now - beat < SILENT for beat in beats):
            yield error(f"队列 {name} 没有工作进程", f"启动：manage.py work --queue={name}")


def schedule_beats(visit: Visit) -> Iterator[Finding]:
    since = (visit.now - BEAT).timestamp()
    with impatient(within=WITHIN) as client:
        alive = int(str(client.zcount(get_registry_key(), since, "+inf")))
    if not alive:
        yield error("计划任务没有运行")
    elif alive > 1:
        yield warning(f"计划任务有{alive}个在运行，每项任务会重复排队", "只保留一个")


def nothing_failed(visit: Visit) -> Iterator[Finding]:
    for name, queue in each_queue():
        failed = FailedJobRegistry(queue=queue).get_job_count(cleanup=False)
        if failed:
            yield warning(f"队列 {name} 一周内有{failed}项任务失败")


def none_given_up(visit: Visit) -> Iterator[Finding]:
    """What users asked for and did not get, by no fault of theirs; they were told, and so is the doctor."""
    broken = Job.objects.filter(error_code__in=OURS, finished_at__gte=visit.now - A_WEEK).values_list("pk", flat=True)
    if broken:
        numbers = "、".join(map(str, broken.order_by("-pk")[:FEW]))
        yield warning(f"一周内有{len(broken)}项用户任务未能完成（被中断、内部错误或存储空间不足）：任务{numbers}")


def counted(visit: Visit) -> Iterator[Finding]:
    waited = rollup.seconds_waited()
    if waited > LONGEST:
        yield error(f"最早的变动已等候{waited / 60:.0f}分钟没有结算，统计变慢，首页数字可能偏旧")


QUEUES = (
    Check("queues", "Redis 应答", "查看 Redis 是否运行、REDIS_URL 是否正确", answers),
    Check("queues_keep", "Redis 不丢弃任务", "修改 Redis 配置后重启", keeps_jobs, "queues"),
    Check("workers", "每个队列都有工作进程", "启动 manage.py work", workers_live, "queues"),
    Check("schedule", "计划任务在运行", "启动 manage.py schedule，只启动一个", schedule_beats, "queues"),
    Check("failed_jobs", "没有失败的任务", "在日志中查 job failed；排除原因后计划任务会重做", nothing_failed, "queues"),
    Check("given_up_jobs", "用户提交的任务都能完成", "按任务编号在日志中查找原因", none_given_up, "record"),
    Check(
        "unsettled",
        "变动及时结算",
        "查看 statistics 队列的工作进程；或执行 manage.py work --burst",
        counted,
        "record",
    ),
)
