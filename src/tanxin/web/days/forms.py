from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from tanxin.core.calendar import DayKind
from tanxin.web.days.pages import FIRST_YEAR, LAST_YEAR
from tanxin.web.named_form import NamedForm

KINDS = [
    (DayKind.WORKDAY.value, _("working day")),
    (DayKind.MAKEUP.value, _("working day in exchange")),
    (DayKind.HOLIDAY.value, _("holiday")),
    (DayKind.WEEKEND.value, _("day of rest")),
]


class DayForm(NamedForm):
    on = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    kind = forms.ChoiceField(label=_("Counts as"), choices=KINDS)
    name = forms.CharField(
        label=_("Name"),
        max_length=40,
        required=False,
        help_text=_("The festival it belongs to, or why your organisation works or rests."),
    )

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if not FIRST_YEAR <= on.year <= LAST_YEAR:
            raise forms.ValidationError(
                _("Choose a day between %(first)s and %(last)s."),
                params={"first": FIRST_YEAR, "last": LAST_YEAR},
            )
        return on
