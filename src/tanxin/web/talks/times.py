"""Before a time is proposed: who has something else then, and when all of them are free."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanxin.apps.talks.free_times import Clash, clash, free_times
from tanxin.apps.talks.rooms import is_room_taken
from tanxin.apps.talks.submission import id_of
from tanxin.core.access import Actor
from tanxin.web.named_form import NamedForm
from tanxin.web.talks.forms import USUAL_MINUTES, named

TAKE = "take"
ROOM = gettext_lazy("At this time another talk is to be held there.")
ARRANGED = gettext_lazy("At this time one of the two has something else.")


def with_taken(data: QueryDict, prefix: str = "") -> QueryDict:
    """What was sent; where a free time was pressed, with that in place of the time typed."""
    if not data.get(TAKE):
        return data
    data = data.copy()
    data[named("planned_for", prefix)] = data.get(TAKE, "")
    return data


class Times:
    """The times of those who are to meet, for the form ``show`` and the words beside it.

    ``besides`` are the talk that is moved and its group: what they take is no hindrance.
    """

    def __init__(
        self, actor: Actor, people: Collection[UUID], *, besides: Collection[UUID | None] = ()
    ) -> None:
        self.actor, self.people = actor, list(people)
        self.besides = [one for one in besides if one]

    def free(self, minutes: int) -> list[datetime]:
        return free_times(
            self.actor, self.people, minutes=minutes, now=timezone.now(), besides=self.besides
        )

    def clash(self, begins: datetime, minutes: int) -> Clash:
        return clash(self.actor, self.people, begins=begins, minutes=minutes, besides=self.besides)

    def warn(self, form: NamedForm, minutes: int) -> bool:
        """Say on the form that the time is taken; not twice, and not of what has been."""
        begins = form.cleaned_data["planned_for"]
        if sent := form.cleaned_data.get("form"):
            # The same form came before: what it made is no hindrance to it.
            self.besides.append(id_of(self.actor, sent))
        if form.cleaned_data.get("anyway") or begins <= timezone.now():
            return False
        found, room = self.clash(begins, minutes), self.room_taken(form, begins, minutes)
        if found:
            is_side = self.actor.person_id in self.people
            form.add_error("planned_for", said(found) if is_side else ARRANGED)
        if room:
            form.add_error("place", ROOM)
        if found or room:
            form.fields["anyway"].widget = forms.CheckboxInput()
        return bool(found) or room

    def room_taken(self, form: NamedForm, begins: datetime, minutes: int) -> bool:
        place = str(form.cleaned_data.get("place") or "")
        return is_room_taken(
            self.actor, place, begins=begins, minutes=minutes, besides=self.besides
        )


def minutes_of(form: NamedForm) -> int:
    """How long it is to last, as far as the form says by now."""
    if not form.is_bound:
        return USUAL_MINUTES
    return int(getattr(form, "cleaned_data", {}).get("minutes", USUAL_MINUTES))


def said(found: Clash) -> str:
    """On which side, and never with whom or what about."""
    if found.mine and found.theirs:
        return _("At this time both of you have agreed to something else.")
    if found.mine:
        return _("At this time you have agreed to another talk.")
    return _("At this time the other side has something else.")
