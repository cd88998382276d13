from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tanxin.web.named_form import NamedForm
from tanxin.web.talks.words import KINDS


class UndertakingForm(NamedForm):
    text = forms.CharField(
        label=_("Words of the undertaking"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 12}),
    )


class CaseForm(NamedForm):
    """``sure`` is offered once something in the words looks like a name."""

    title = forms.CharField(label=_("Title"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind of talk"), choices=list(KINDS.items()))
    text = forms.CharField(
        label=_("What happened, what helped, what can be learnt"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("No names, units, days or places. Change what nobody needs to know."),
    )
    sure = forms.BooleanField(
        label=_("I have looked at these words: none leads to anybody"), required=False
    )

    def __init__(self, *args: Any, asks: bool = False, **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **more)
        if not asks:
            self.fields["sure"].widget = forms.HiddenInput()
