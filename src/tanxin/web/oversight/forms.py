from django import forms
from django.utils.translation import gettext_lazy as _

from tanxin.web.named_form import NamedForm
from tanxin.web.oversight.words import OUTCOMES
from tanxin.web.readable import readable

LONGEST = 4_000


class ExplainForm(NamedForm):
    text = forms.CharField(
        label=_("How it came"),
        help_text=_("A sentence is enough. Whoever supervises reads it; it is kept sealed."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[readable],
    )


class SettleForm(NamedForm):
    outcome = forms.ChoiceField(
        label=_("What came of it"), choices=list(OUTCOMES.items()), widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("A word to the one it is about"),
        help_text=_("Only the two of you read it."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
