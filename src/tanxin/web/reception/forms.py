from typing import Any
from uuid import UUID

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tanxin.core.calendar import Weeks
from tanxin.web.access.choosing import ChoosingForm
from tanxin.web.day_field import day
from tanxin.web.issues.people import PersonField
from tanxin.web.named_form import NamedForm
from tanxin.web.reception.words import WEEKS
from tanxin.web.talks.forms import once, words

LENGTHS = (15, 30, 45, 60)


def hour(label: Any) -> forms.TimeField:  # noqa: ANN401 - a lazy word
    widget = forms.TimeInput(attrs={"type": "time", "step": 900}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget)


class HoursForm(NamedForm):
    """``leaders`` are those for whom the actor may set hours."""

    leader = forms.TypedChoiceField(label=_("Who receives"), coerce=UUID)
    weekday = forms.TypedChoiceField(
        label=_("Day of the week"), choices=list(WEEKDAYS.items()), coerce=int
    )
    weeks = forms.TypedChoiceField(
        label=_("Which weeks"), choices=list(WEEKS.items()), coerce=Weeks
    )
    begins = hour(pgettext_lazy("hour", "From"))
    ends = hour(pgettext_lazy("hour", "To"))
    minutes = forms.TypedChoiceField(
        label=_("For each"),
        choices=[(one, _("%(count)s minutes") % {"count": one}) for one in LENGTHS],
        coerce=int,
        initial=30,
    )
    place = forms.CharField(
        label=_("Place"), max_length=120, help_text=_("Everybody in the organisation reads it.")
    )
    start = day(pgettext_lazy("day", "From"))
    last = day(pgettext_lazy("day", "To"))
    moves = forms.BooleanField(
        label=_("On the next working day where the day is off; else it is left out"),
        required=False,
    )

    def __init__(self, *args: Any, leaders: list[tuple[str, str]], **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **more)
        field = self.fields["leader"]
        if isinstance(field, forms.ChoiceField):
            field.choices = leaders
        self.fields["last"].required = False
        self.fields["last"].help_text = _("Empty: until further notice.")


class BookForm(NamedForm):
    form = once()
    slot = forms.CharField(max_length=80)
    topic = words(
        _("What you want to talk about"),
        required=False,
        rows=2,
        help_text=_("Sealed: only who receives you reads it. It may be left empty."),
    )


class EndForm(NamedForm):
    last = day(_("Last day"))
    reason = words(_("Reason"), required=False, rows=2)


class DayForm(ChoosingForm):
    """Without anybody named the day is called off."""

    person = PersonField(label=_("Who receives instead"))
    reason = words(
        _("Reason"),
        required=False,
        rows=2,
        help_text=_("Whoever has booked is called off and reads it."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **more)
        self.fields["person"].required = False
        self.fields["person"].help_text = _("Nobody chosen: there is no reception on this day.")
