from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tanxin.apps.issues.leads.handing import LONGEST
from tanxin.web.feedback.forms import CheckedForm, Choices
from tanxin.web.issues.forms import written
from tanxin.web.named_form import NamedForm
from tanxin.web.readable import readable


class LeadForm(CheckedForm):
    text = forms.CharField(
        label=pgettext_lazy("lead", "What it is about"),
        help_text=_(
            "As little as the body needs to begin: the matter, the time, where more can be asked."
            " Not who told you, and not in his words."
        ),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        validators=[readable],
    )
    is_about_source = forms.BooleanField(
        label=_("It is about the one who raised it, who must therefore be named"), required=False
    )
    body = forms.TypedChoiceField(
        label=_("Which body deals with it"),
        help_text=_("Whoever heads it reads this once it is approved."),
        coerce=UUID,
        widget=forms.Select(attrs={"data-select": ""}),
    )
    approver = forms.TypedChoiceField(
        label=_("Who approves it"), help_text=_("Reads this text and nothing else."), coerce=UUID
    )

    def __init__(self, *args: Any, choices: dict[str, Choices], **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **more)
        self.offer(**choices)


class RefuseForm(NamedForm):
    text = written(pgettext_lazy("lead", "Why not"), _("The author alone reads this."), rows=3)
