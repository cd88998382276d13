"""How to hold a talk of each kind: before the first one by itself, always on a page."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.outlines import needs_guidance, put_guidance_aside
from tanxin.apps.talks.selectors import TalkRow
from tanxin.core.access import Actor, Permission
from tanxin.web.preparing.shipped import guidance_for, read
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.talks.words import KINDS

BACK = {"sheet": "preparing:sheet", "record": "talks:write"}


def guidance_of(actor: Actor, talk: TalkRow) -> dict[str, Any]:
    """For a page of who leads the talk: the sentences, and whether they stand there unasked."""
    sentences = guidance_for(talk.kind)
    return {
        "guidance": sentences if sentences and needs_guidance(actor, talk) else [],
        "has_guidance": bool(sentences),
    }


@require_safe
def guidance(request: ActorRequest) -> HttpResponse:
    kinds = [(key, KINDS[key], guidance_for(key)) for key in read("guidance")]
    return render(request, "preparing/guidance.html", {"kinds": kinds})


@require_POST
def put_aside(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    talk = talk_for(request.actor, talk_id, Permission.TALK_PREPARE)
    put_guidance_aside(request.actor, talk.kind, at=timezone.now())
    return go_to(request, BACK.get(request.POST.get("back", ""), BACK["sheet"]), talk_id)
