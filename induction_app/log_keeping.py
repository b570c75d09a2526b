"""What is never written into a log: what people sent, and National Insurance numbers.

The framework adds the whole of a failed request to its log files, and the values of all variables to its
Error Log. A log is read by people who may not read the record, and kept when the record is gone.
"""

import logging
import re

from frappe.model.document import Document

_SENT = "\nForm Dict:"
_NI_NUMBER = re.compile(r"\b[A-Z]{2} ?(?:\d{2} ?){3}[A-D]\b", re.IGNORECASE)
_WITHHELD = "[NI number]"


class WithoutWhatWasSent(logging.LogRecord):
    """A line of a log without the request's form, and without National Insurance numbers."""

    def getMessage(self) -> str:  # noqa: N802 - the standard library's name
        return _NI_NUMBER.sub(_WITHHELD, super().getMessage().partition(_SENT)[0])


def keep_logs_clean(*_args, **_values) -> None:
    """Hook before each request and job: log lines of this process are made in this way."""
    if logging.getLogRecordFactory() is not WithoutWhatWasSent:
        logging.setLogRecordFactory(WithoutWhatWasSent)


def clean_error(log: Document, method: str | None = None) -> None:
    """Error Log.before_insert: the traceback with its variables, without National Insurance numbers."""
    for field in ("method", "error"):
        if log.get(field):
            log.set(field, _NI_NUMBER.sub(_WITHHELD, log.get(field)))
