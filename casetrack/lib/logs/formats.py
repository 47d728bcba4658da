"""The two forms of a line. Both say what is being done; neither says more of a record than is named here."""

import logging
from datetime import UTC, datetime
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from casetrack.lib.logs.context import doing
from casetrack.lib.logs.errors import ExcInfo, without_values
from casetrack.lib.logs.scrubbing import scrubbed

OF_ACCESS = ("method", "route", "status", "ms", "user")
"""What the line of a request, or of a job's end, says besides; what else a library hangs on a record is left out."""


class JsonLine(JsonFormatter):
    """One object a line: time, level, logger, message; numbers of request and job; where an error happened."""

    def __init__(self, *, messages: bool = False) -> None:
        super().__init__(json_ensure_ascii=False)
        self.messages = messages

    def add_fields(self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]) -> None:
        log_data["time"] = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        log_data["level"], log_data["logger"] = record.levelname, record.name
        log_data["message"] = record.message
        log_data |= doing().said()
        log_data |= {name: record.__dict__[name] for name in OF_ACCESS if record.__dict__.get(name) is not None}
        if "exc_info" in message_dict:
            log_data["error"] = message_dict["exc_info"]

    def format(self, record: logging.LogRecord) -> str:
        return scrubbed(super().format(record))

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - the library's name
        return str(super().formatException(ei)) if self.messages else without_values(ei)


class PlainLine(logging.Formatter):
    """A line for people who watch a terminal."""

    def __init__(self, *, messages: bool = False) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")
        self.messages = messages

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the library's name
        known = doing().said()
        known |= {name: str(record.__dict__[name]) for name in OF_ACCESS if record.__dict__.get(name) is not None}
        said = " ".join(f"{name}={value}" for name, value in known.items())
        return f"{super().formatMessage(record)} [{said}]" if said else super().formatMessage(record)

    def format(self, record: logging.LogRecord) -> str:
        return scrubbed(super().format(record))

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - the library's name
        return super().formatException(ei) if self.messages else without_values(ei)
