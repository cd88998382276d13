"""One team: its seats over time."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tanxin.apps.org import selectors
from tanxin.apps.org.access import relations_to_team, team_for
from tanxin.apps.org.selectors import SeatOn
from tanxin.core.access import Permission, decide
from tanxin.web.directory import directory_of
from tanxin.web.org import words
from tanxin.web.org.asked_day import AskedDay, asked_day
from tanxin.web.org.spans import Span, picture
from tanxin.web.requests import ActorRequest


@require_safe
def show(request: ActorRequest, team_id: UUID) -> HttpResponse:
    actor, day = request.actor, asked_day(request)
    team = team_for(actor, team_id, Permission.ORG_VIEW, on=day.on)
    relations = relations_to_team(actor, team, day.today)
    seats = selectors.seats_over_time(actor.realm_id, team_id)
    spans = [span(request, seat, day) for seat in seats]
    shown = {
        "day": day,
        "team": team,
        "kind": words.word(words.TEAM_KINDS, team.kind),
        "seats": [
            (seat.person_id, words.word(words.SEAT_ROLES, seat.role), seat.start)
            for seat, one in zip(seats, spans, strict=True)
            if one.holds_on(day.on)
        ],
        "picture": picture(spans, day.on, day.today),
        "may_see_matrix": decide(Permission.MATRIX_VIEW, relations).allowed,
    }
    return render(request, "org/team.html", shown)


def span(request: ActorRequest, seat: SeatOn, day: AskedDay) -> Span:
    return Span(
        start=seat.start,
        end=seat.end,
        group=words.word(words.SEAT_ROLES, seat.role),
        title=directory_of(request).name(seat.person_id),
        url=reverse("org:person", args=[seat.person_id]) + day.query,
    )
