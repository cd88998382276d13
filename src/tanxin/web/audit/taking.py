"""Taking the log away, and the program that checks it."""

from itertools import chain
from pathlib import Path

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from tanxin import verifier as one_file
from tanxin.apps.audit.access import may_read_log, note_reading
from tanxin.apps.audit.exporting import export_lines
from tanxin.web.login.confirming import fresh
from tanxin.web.requests import ActorRequest


@require_POST
@fresh
def export(request: ActorRequest) -> HttpResponse | StreamingHttpResponse:
    """The whole log without details, line by line; the entry about it is in it."""
    may_read_log(request.actor)
    now = timezone.now()
    note_reading(request.actor, "log.exported", {}, at=now)
    lines = export_lines(request.actor.realm_id, at=now)
    first = next(lines)  # the keeper is asked before the answer begins
    name = f"tanxin-log-{timezone.localtime(now):%Y%m%d-%H%M}.ndjson"
    return StreamingHttpResponse(
        chain([first], lines),
        content_type="application/x-ndjson",
        headers=attached(name),
    )


@require_safe
def verifier(request: ActorRequest) -> HttpResponse:
    may_read_log(request.actor)
    source = Path(one_file.__file__).read_bytes()
    return HttpResponse(source, content_type="text/x-python", headers=attached("verifier.py"))


def attached(name: str) -> dict[str, str]:
    header = content_disposition_header(as_attachment=True, filename=name)
    return {"Content-Disposition": header or "attachment"}
