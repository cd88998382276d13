from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tanxin.web.home.first_steps import (
    PUT_AWAY,
    STEPS_COOKIE,
    FirstStep,
    are_put_away,
    first_steps_for,
)
from tanxin.web.home.todo import todo_of
from tanxin.web.requests import ActorRequest, go_to

A_YEAR = 365 * 24 * 3600


@require_safe
def home(request: ActorRequest) -> HttpResponse:
    today = timezone.localdate()
    todo = todo_of(request.actor, now=timezone.now(), today=today)
    hidden = are_put_away(request)
    steps: tuple[FirstStep, ...] = ()
    if not hidden:
        steps = first_steps_for(
            request.actor, is_initiator=todo.is_initiator, arranges=todo.arranges
        )
    page = {
        "todo": todo,
        "today": today,
        "steps": steps,
        "steps_hidden": hidden,
    }
    return render(request, "home/home.html", page)


@require_POST
def first_steps(request: ActorRequest) -> HttpResponse:
    """Put the first steps away, or take them out again; kept in a cookie like other tastes."""
    response = go_to(request, "home:home")
    value = "1" if request.POST.get("show") == "1" else PUT_AWAY
    response.set_cookie(
        STEPS_COOKIE, value, max_age=A_YEAR, samesite="Lax", secure=settings.SECURE, httponly=True
    )
    return response
