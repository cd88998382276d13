from datetime import date
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tanxin.web.access.choosing import ChoosingForm
from tanxin.web.issues.people import PersonField
from tanxin.web.oversight.sample_forms import day
from tanxin.web.readable import readable


class ProposeForm(ChoosingForm):
    name = forms.CharField(
        label=_("What the inspection is called"), max_length=60, validators=[readable]
    )
    lead = PersonField(label=_("Who leads the team"))
    second = PersonField(label=_("Second member"))
    third = PersonField(label=_("Third member"))
    first = day(_("Inspects from"))
    last = day(_("Inspects until"))
    since = day(_("Talks held from"))
    until = day(_("Talks held until"))

    field_order = ("name", "lead", "second", "third", "first", "last", "since", "until")

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type] # handed on as it comes
        for name in ("second", "third"):
            self.fields[name].required = False

    def clean(self) -> None:
        super().clean()
        for begin, end in (("first", "last"), ("since", "until")):
            first, last = self.cleaned_data.get(begin), self.cleaned_data.get(end)
            if isinstance(first, date) and isinstance(last, date) and last < first:
                self.add_error(end, _("It lies before the first day."))

    @property
    def members(self) -> tuple[UUID, ...]:
        chosen = (self.cleaned_data.get(name) for name in ("lead", "second", "third"))
        return tuple(one for one in chosen if isinstance(one, UUID))
