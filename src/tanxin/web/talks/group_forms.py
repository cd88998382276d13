from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tanxin.web.named_form import NamedForm
from tanxin.web.talks.forms import (
    KindForm,
    anyway,
    held,
    lasts,
    limit,
    moment,
    not_later_than_now,
    once,
    place,
)
from tanxin.web.talks.forms import words as text_field
from tanxin.web.talks.words import CHANNELS


class GroupForm(KindForm):
    form = once()
    planned_for = moment(_("When"))
    anyway = anyway()
    minutes = lasts()
    channel = forms.ChoiceField(label=_("How"), choices=list(CHANNELS.items()))
    because = text_field(
        _("Why not face to face"),
        required=False,
        rows=2,
        help_text=_("Only for another way than face to face. Each of those asked reads it."),
    )
    place = place()
    field_order = (
        "form",
        "planned_for",
        "anyway",
        "minutes",
        "channel",
        "because",
        "kind",
        "place",
    )


class MoveGroupForm(NamedForm):
    planned_for = moment(_("Another time"))


class PresenceForm(NamedForm):
    """Who was there, of those who can have been.

    With ``waits`` the talk with somebody else was never approved, and is called off.
    """

    held_at = held()
    present = forms.MultipleChoiceField(
        label=_("Who was there"), widget=forms.CheckboxSelectMultiple
    )
    absence = text_field(
        _("To those who were not there"),
        required=False,
        rows=2,
        help_text=_("Each of them reads it, and nobody else: why he was not there, what now."),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's signature
        people: Sequence[tuple[UUID, str]],
        waits: bool = False,
        **more: Any,  # noqa: ANN401 - Django's signature
    ) -> None:
        super().__init__(*args, **more)
        self.waits = waits
        field = self.fields["present"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(str(person), name) for person, name in people]
        limit(self.fields["held_at"], timezone.now())

    def clean_held_at(self) -> Any:  # noqa: ANN401 - a moment
        return not_later_than_now(self.cleaned_data["held_at"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        everybody = len(data.get("present", ())) == len(self.fields["present"].choices)  # type: ignore[attr-defined] # a choice field
        if (self.waits or not everybody) and not data.get("absence", "").strip():
            self.add_error("absence", _("Say in a few words why somebody was not there."))
        return data
