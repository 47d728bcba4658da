"""The set-up of logging, for the service's settings and for gunicorn's: everything to stderr, in one form."""

from typing import Any

from casetrack.lib.env import SettingRefused

FORMATS = {"json": "JsonLine", "line": "PlainLine"}
FORMATS_AT = "casetrack.lib.logs.formats"
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


def level_called(name: str) -> str:
    if name.upper() not in LEVELS:
        raise ValueError(f"{name!r} is none of: {', '.join(LEVELS)}")
    return name.upper()


def logging_in(form: str, *, level: str, messages: bool) -> dict[str, Any]:
    """`messages`: whether tracebacks hold the words of errors, which may hold what somebody entered."""
    if form not in FORMATS:
        raise SettingRefused(
            f"CASETRACK_LOG_FORMAT 的值 {form!r} 不能使用，可以写 {'、'.join(FORMATS)}。\n"
            f"CASETRACK_LOG_FORMAT={form!r} is none of: {', '.join(FORMATS)}."
        )
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
