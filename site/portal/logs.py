"""Structured logs: one line of JSON an event, that never holds a message, a token, a name or an address.

Only the listed keys pass; everything else is dropped, so that a careless call leaks nothing. Errors are logged
by kind and place in the code, never by their text, because texts of errors quote data.
"""

import logging
import logging.config
import traceback

import structlog

ALLOWED = frozenset(
    {
        *("event", "level", "timestamp", "logger", "request", "status", "method", "route", "seconds", "count", "kind"),
        *("channel", "error", "where", "attempt", "queue", "due", "pid", "port", "reason", "language", "id"),
    }
)


def only_allowed(_logger, _name, event: dict) -> dict:
    return {key: value for key, value in event.items() if key in ALLOWED}


def without_texts(_logger, _name, event: dict) -> dict:
    """Replaces an exception by its class and the lines it came from; its message may quote someone."""
    info = event.pop("exc_info", None)
    if info is True:
        import sys

        info = sys.exc_info()
    if isinstance(info, BaseException):
        info = (type(info), info, info.__traceback__)
    if info and info[0]:
        event["error"] = info[0].__name__
        event["where"] = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(info[2])[-6:]]
    event.pop("stack_info", None)
    return event


def foreign_event(_logger, _name, event: dict) -> dict:
    """A record of a library keeps its template and never its arguments: those quote paths, names and addresses.

    A sentence without arguments may have been put together before, with such things in it: of it only the place stays.
    """
    record = event.get("_record")
    if record is not None and event.get("_from_structlog") is False:
        is_template = isinstance(record.msg, str) and getattr(record, "had_arguments", False)
        event["event"] = record.msg[:200] if is_template else type(record.msg).__name__
        event["where"] = [f"{record.pathname}:{record.lineno}"]
        event["logger"] = record.name
        if record.exc_info:
            event["exc_info"] = record.exc_info
        for key in ("status_code",):
            if hasattr(record, key):
                event["status"] = getattr(record, key)
    return event


SHARED = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


class TemplateOnlyFilter(logging.Filter):
    """Drops the arguments of a record before anything formats it, and remembers that there were some."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.msg, str):
            record.had_arguments = bool(record.args) or getattr(record, "had_arguments", False)
            record.args = ()
        return True


def configure(_config: dict) -> None:
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "filters": {"template_only": {"()": TemplateOnlyFilter}},
            "formatters": {
                "lines": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": SHARED,
                    "processors": [
                        foreign_event,
                        without_texts,
                        only_allowed,
                        structlog.processors.JSONRenderer(ensure_ascii=True),
                    ],
                }
            },
            "handlers": {
                "console": {
                    "class": "logging.StreamHandler",
                    "formatter": "lines",
                    "filters": ["template_only"],
                }
            },
            "root": {"handlers": ["console"], "level": "WARNING"},
            "loggers": {
                "kring": {"level": "INFO"},
                "django": {"handlers": ["console"], "level": "ERROR", "propagate": False},
                "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
                "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
                "uvicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
            },
        }
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
