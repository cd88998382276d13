"""What is asked when a draft is proposed, tried or returned."""

from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from tanxin.web.named_form import NamedForm
from tanxin.web.readable import readable

LONGEST = 500


class StartForm(NamedForm):
    start = forms.DateField(
        label=gettext_lazy("In force from"),
        help_text=gettext_lazy("Periods that have begun keep the rules they had."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class ReasonForm(NamedForm):
    reason = forms.CharField(
        label=gettext_lazy("Why not"),
        help_text=gettext_lazy("Whoever writes the rules reads this."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[readable],
    )


def first_of_next_month() -> date:
    return (timezone.localdate().replace(day=1) + timedelta(days=32)).replace(day=1)


def start_form() -> StartForm:
    return StartForm(initial={"start": first_of_next_month()})
