"""`manage.py schedule`: queue each job at its time, until stopped; as rqcron does, but it outlives a stopped Redis."""

import logging
from typing import Any

from django.core.management.base import BaseCommand

from workers import steady


class Command(BaseCommand):
    help = "按计划将任务排入队列（见 workers/schedule.py）"

    def handle(self, *args: Any, **options: Any) -> None:
        level = logging.INFO if options["verbosity"] > 0 else logging.WARNING
        steady.keep_schedule(config="workers.schedule", logging_level=level)
