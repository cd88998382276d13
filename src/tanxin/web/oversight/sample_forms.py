from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from tanxin.apps.oversight.sampling import MOST
from tanxin.web.day_field import day as any_day
from tanxin.web.named_form import NamedForm
from tanxin.web.oversight import sample_words as words

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LONGEST = 2_000
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


def day(label: "_StrPromise") -> forms.DateField:
    """Of a time in which there can be talks: beyond it a day has no next one."""
    field = any_day(label)
    field.validators += [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
    return field


class DrawForm(NamedForm):
    first = day(_("Talks held from"))
    last = day(_("Talks held until"))
    size = forms.IntegerField(label=_("How many to draw"), min_value=1, max_value=MOST)

    def clean(self) -> None:
        super().clean()
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("last", _("It lies before the first day."))


class AnswerForm(NamedForm):
    took_place = forms.ChoiceField(
        label=_("Did this talk take place?"),
        choices=list(words.TOOK_PLACE.items()),
        widget=forms.RadioSelect,
    )
    solved = forms.ChoiceField(
        label=_("Was what you raised dealt with?"),
        choices=list(words.SOLVED.items()),
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Anything else"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ResultForm(NamedForm):
    result = forms.ChoiceField(
        label=_("What came of it"),
        choices=list(words.RESULTS.items()),
        widget=forms.RadioSelect,
    )
