"""What goes wrong is logged by where it happened, not by what it happened to.

The words of an exception and the values of its variables may be what somebody confided.
"""

import logging
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any, TypeAlias

from django.db.utils import OperationalError
from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter

Raised: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)
# Their words come from the machine: a full disk, a database that is gone.
SPEAKING = (OSError, OperationalError, MemoryError)


class WithoutWords(logging.Formatter):
    """Tracebacks with types, files and lines only."""

    def formatException(self, ei: Raised) -> str:  # noqa: N802 - the library's name
        return "\n".join(line for problem in chain(ei[1]) for line in told(problem))


def chain(problem: BaseException | None) -> Iterator[BaseException]:
    """What was raised first comes first."""
    found: list[BaseException] = []
    while problem is not None and problem not in found:
        found.append(problem)
        hidden = problem.__suppress_context__
        problem = problem.__cause__ or (None if hidden else problem.__context__)
    yield from reversed(found)


def told(problem: BaseException) -> Iterator[str]:
    for frame in traceback.extract_tb(problem.__traceback__):
        yield f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}'
    words = str(problem) if isinstance(problem, SPEAKING) else "(words withheld)"
    yield f"{type(problem).__module__}.{type(problem).__qualname__}: {words}"


class ReporterWithoutLocals(ExceptionReporter):
    """For mails to administrators, should anybody switch them on."""

    def get_traceback_data(self) -> dict[str, Any]:
        return {"exception_type": getattr(self.exc_type, "__name__", "")}

    def get_traceback_text(self) -> SafeString:
        return SafeString("\n".join(line for one in chain(self.exc_value) for line in told(one)))

    def get_traceback_html(self) -> SafeString:
        return SafeString()
