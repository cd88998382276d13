"""No text with a mark of a state secret gets past here: not into a view, a log or the session.

The page stops it before it is sent (``frontend/src/js/markings``); this door is for pages without
scripts, and for whoever goes round them. It reads what Django has parsed in memory.
"""

import json
import logging
from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from tanxin.apps.audit.refused import marking_refused
from tanxin.core.access import Actor
from tanxin.core.markings import screen
from tanxin.core.uploads import texts_in
from tanxin.web.open_to_all import open_to_all

Answer = Callable[[HttpRequest], HttpResponse]
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data", "", "text/plain"}
logger = logging.getLogger(__name__)


class MarkingDoor:
    """Stands last, because the entry in the log names who sent it; nothing is stored before a view.

    An address that bears a mark is turned away at once, or a page that is not there would log it.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        verdict = screen(request.path)
        if not verdict.stops:
            return self.answer(request)
        request.path = request.path_info = "/"
        return refused(request, verdict.rule, None)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        rule = next((seen.rule for text in texts(request) if (seen := screen(text)).stops), "")
        if not rule:
            return None
        actor: Actor | None = getattr(request, "actor", None)
        return refused(request, rule, actor)


def texts(request: HttpRequest) -> Iterator[str]:
    """Everything that somebody may have typed or chosen: names, values, files and their names."""
    for said in (request.GET, request.POST):
        for name, values in said.lists():
            yield name
            yield from map(str, values)
    for file in (file for _, files in request.FILES.lists() for file in files):
        yield file.name or ""
        # Before login no page takes a file: it is not even read.
        if getattr(request, "actor", None) is not None:
            data = file.read()
            file.seek(0)
            yield from texts_in(data)
    if request.content_type not in FORMS:
        yield from body_texts(request.body)


def body_texts(body: bytes) -> Iterator[str]:
    text = body.decode("utf-8", "replace")
    yield text
    try:
        yield json.dumps(json.loads(text), ensure_ascii=False)
    except (ValueError, RecursionError):
        return


@open_to_all
def refused(request: HttpRequest, rule: str, actor: Actor | None) -> HttpResponse:
    """Says what to do. It repeats nothing of what was sent."""
    if actor is not None:
        marking_refused(actor, rule, at=timezone.now())
    else:
        logger.warning("A text with a classification mark was refused before login: rule %s.", rule)
    htmx = getattr(request, "htmx", None)
    if isinstance(htmx, HtmxDetails) and htmx:
        response = render(request, "components/marked.html", {"rule": rule}, status=422)
        response["HX-Retarget"], response["HX-Reswap"] = "#toasts", "beforeend"
        return response
    return render(request, "errors/marked.html", {"rule": rule}, status=422)
