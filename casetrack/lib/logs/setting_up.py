"""The set-up of logging, for the service's settings and for gunicorn's: everything to stderr, in one form."""

from typing import Any

FORMATS = {"json": "JsonLine", "line": "PlainLine"}
FORMATS_AT = "casetrack.lib.logs.formats"


class FormatRefused(Exception):
    """A form of the log was asked for that there is none of."""


def logging_in(form: str, *, level: str, messages: bool) -> dict[str, Any]:
    """`messages`: whether tracebacks hold the words of errors, which may hold what somebody entered."""
    if form not in FORMATS:
        raise FormatRefused(f"CASETRACK_LOG_FORMAT={form!r} is none of: {', '.join(FORMATS)}")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"told": {"()": f"{FORMATS_AT}.{FORMATS[form]}", "messages": messages}},
        "filters": {"routes": {"()": "casetrack.lib.logs.filters.RoutesForPaths"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "told", "filters": ["routes"]}},
        "root": {"handlers": ["stderr"], "level": level},
        # Django keeps handlers of its own beside ours; what was merely refused stands in the line of the request
        "loggers": {"django": {"handlers": [], "level": level}, "django.request": {"level": "ERROR"}},
    }
