"""Who else takes part in a talk: where the initiator names them, and how pages say it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tanxin.apps.org.directory import Directory
from tanxin.apps.talks import services
from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.beside import (
    IN_ROOM,
    NEVER_WANTED,
    endorsers_able,
    missing_from,
    named_for,
    waits_for_endorsement,
)
from tanxin.apps.talks.conduct import conduct_of, day_of
from tanxin.apps.talks.refusals import MayNotBeThere
from tanxin.apps.talks.selectors import TalkRow
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import IllegalMove, TalkState
from tanxin.core.policy.manner import Part
from tanxin.web.access.choosing import ChoosingForm
from tanxin.web.directory import directory_of
from tanxin.web.issues.people import PersonField
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.talks import words

PLANNED = {TalkState.APPROVING, TalkState.PROPOSED, TalkState.AGREED}
LABELS = {
    Part.RECORDER: gettext_lazy("Recorder"),
    Part.ACCOMPANIST: gettext_lazy("Accompanist"),
    Part.INTERPRETER: gettext_lazy("Explains the policy"),
    Part.VOLUNTEER: gettext_lazy("Volunteer"),
}


class BesideForm(ChoosingForm):
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    recorder = PersonField(
        label=LABELS[Part.RECORDER], help_text=gettext_lazy("May read the record afterwards.")
    )
    accompanist = PersonField(label=LABELS[Part.ACCOMPANIST])
    interpreter = PersonField(label=LABELS[Part.INTERPRETER])
    volunteer = PersonField(label=LABELS[Part.VOLUNTEER])

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's signature
        talk: TalkRow,
        **more: Any,  # noqa: ANN401 - Django's signature
    ) -> None:
        super().__init__(*args, **more)
        is_past = TalkState(talk.state) not in PLANNED
        conduct, names = conduct_of(talk), more["directory"]
        self.parts = [part for part in IN_ROOM if part in {*NEVER_WANTED, *conduct.parts}]
        self.parts = [] if is_past else self.parts
        for part in IN_ROOM:
            self.fields[part.value].required = part in conduct.parts
            if part not in self.parts:
                del self.fields[part.value]
        on = day_of(talk.realm_id, timezone.now())
        for part in conduct.endorsement:
            able = sorted(endorsers_able(talk, part, on), key=names.sort_key)
            self.fields[part.value] = forms.TypedChoiceField(
                label=_("Endorses the record: %(part)s") % {"part": words.PARTS[part]},
                coerce=UUID,
                choices=[("", "—"), *((str(one), names.label(one)) for one in able)],
            )
            self.parts.append(part)

    @property
    def people(self) -> dict[Part, UUID]:
        chosen = {part: self.cleaned_data.get(part.value) for part in self.parts}
        return {part: person for part, person in chosen.items() if person}


@require_http_methods(["GET", "HEAD", "POST"])
def beside(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    talk = talk_for(request.actor, talk_id, Permission.TALK_HOLD)
    if not may_be_named(talk):
        messages.warning(request, _("Who takes part is said before the talk, of a talk of two."))
        return go_to(request, "talks:talk", talk_id)
    named = {part.value: person for part, person in named_for(talk).items()}
    initial = {**named, "seen": talk.steps}
    form = BesideForm(
        request.POST or None, directory=directory_of(request), talk=talk, initial=initial
    )
    if form.is_bound and not form.is_looking and form.is_valid():
        try:
            name(request.actor, talk, form)
        except MayNotBeThere as refused:
            form.add_error(
                refused.part.value,
                _("This person cannot take part in this talk. Choose somebody else."),
            )
        except IllegalMove:
            form.add_error(None, _("The talk has changed in the meantime. Look at it again."))
        else:
            messages.success(request, _("Named; the other side sees it."))
            return go_to(request, "talks:talk", talk_id)
    refused_now = form.is_bound and not form.is_looking
    shown = {"form": form, "talk": talk, "agreed": talk.state == TalkState.AGREED}
    return render(request, "talks/beside.html", shown, status=422 if refused_now else 200)


def may_be_named(talk: TalkRow) -> bool:
    """Before a talk of two everybody; after it only who endorses, until that is done."""
    if talk.group_id:
        return False
    to_endorse = talk.state == TalkState.HELD or waits_for_endorsement(talk)
    return TalkState(talk.state) in PLANNED or (to_endorse and bool(conduct_of(talk).endorsement))


def name(actor: Actor, talk: TalkRow, form: BesideForm) -> None:
    if TalkState(talk.state) in PLANNED:
        seen = form.cleaned_data["seen"]
        services.name_beside(actor, talk.pk, form.people, at=timezone.now(), seen=seen)
        return
    named = named_for(talk)
    for part, person in form.people.items():
        if named.get(part) != person:
            services.name_endorser(actor, talk.pk, part, person, at=timezone.now())


def part_missing(part: Part) -> str:
    """What stands in the way of agreeing or holding, and who mends it."""
    return _(
        "Such a talk needs %(part)s, and nobody is named yet. Whoever leads it names somebody"
        " on this page."
    ) % {"part": words.PARTS[part]}


def shown_beside(talk: TalkRow, names: Directory, *, may_name: bool) -> dict[str, Any]:
    """For the page of a talk: who will be there, who endorses, and whom nobody has named."""
    named = {} if talk.group_id else named_for(talk)
    missing = [] if talk.group_id else missing_from(conduct_of(talk), named)
    names_now = TalkState(talk.state) in PLANNED and talk.group_id is None
    may_name = may_name and may_be_named(talk)
    return {
        "in_room": [
            (LABELS[part], names.label(one)) for part, one in named.items() if part in IN_ROOM
        ],
        "recorder": named.get(Part.RECORDER),
        "endorsers": [names.label(one) for part, one in named.items() if part not in IN_ROOM],
        "may_name": may_name,
        "part_missing": part_missing(missing[0]) if missing and names_now else "",
    }
