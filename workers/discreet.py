"""Workers that keep of a failure where it happened and never its words: these may repeat what the job worked on.

rq writes the whole traceback into its log, and into Redis beside the job, for as long as failures can be looked at.
"""

import logging
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

from rq import Queue
from rq.executions import Execution
from rq.job import Job
from rq.registry import StartedJobRegistry
from rq.worker import BaseWorker

from casetrack.lib.logs.errors import named, without_values

logger = logging.getLogger("workers.steady")


class Discreet(BaseWorker):
    """What a worker of ours does when a job fails."""

    said = ""
    """Of the failure at hand, until rq has written it down."""

    def handle_exception(self, job: Job, *exc_info: Any) -> None:
        self.said = without_values(exc_info)
        logger.error("job failed", exc_info=exc_info)

    def handle_job_failure(
        self,
        job: Job,
        queue: Queue,
        started_job_registry: StartedJobRegistry | None = None,
        exc_string: str = "",
        execution: Execution | None = None,
    ) -> None:
        """rq's own words, of a process that was killed, stand as they are: no exception was handled before them."""
        said, self.said = self.said or exc_string, ""
        super().handle_job_failure(job, queue, started_job_registry, said, execution)


def in_short(error: BaseException, trace: TracebackType | None) -> str:
    """An error's kind and the line it came from."""
    frames = traceback.extract_tb(trace)
    return f"{named(error)}（{Path(frames[-1].filename).name}:{frames[-1].lineno}）" if frames else named(error)
