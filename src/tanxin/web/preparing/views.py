"""The page on which somebody prepares a talk that he leads."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.beforehand import is_to_come
from tanxin.apps.talks.conduct import conduct_of
from tanxin.core.access import Permission
from tanxin.web.directory import directory_of
from tanxin.web.preparing.guidance import guidance_of
from tanxin.web.preparing.sheet import sheet_of
from tanxin.web.preparing.texts import texts_of
from tanxin.web.requests import ActorRequest
from tanxin.web.talks.kinds import kind_name, manner_facts
from tanxin.web.talks.showing import places_for


@require_safe
def sheet(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    """The topics are opened for who leads the talk, with a leaf; no earlier record is."""
    actor, today = request.actor, timezone.localdate()
    talk = talk_for(actor, talk_id, Permission.TALK_PREPARE)
    names = directory_of(request)
    shown: dict[str, Any] = {
        "talk": talk,
        "other": names.label(talk.subject_id),
        "kind": kind_name(talk),
        "place": places_for(actor, [talk]).get(talk.pk, ""),
        "manner": manner_facts(conduct_of(talk)),
        "sheet": sheet_of(actor, talk, names, today=today),
        "is_to_come": is_to_come(talk),
        "today": today,
        **texts_of(actor, talk),
        **guidance_of(actor, talk),
    }
    return render(request, "preparing/sheet.html", shown)
