from django import forms
from django.utils.translation import gettext_lazy as _

from tanxin.web.named_form import NamedForm
from tanxin.web.readable import readable

LONGEST = 500


class ReasonForm(NamedForm):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Whoever signs with you reads it."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[readable],
    )


class AnswerForm(NamedForm):
    answer = forms.CharField(
        label=_("Why not"),
        help_text=_("Who drew it up reads it."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[readable],
    )
