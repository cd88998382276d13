from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tanxin.core.passing_on import CommonMove
from tanxin.web.feedback.forms import Choices
from tanxin.web.issues.forms import written
from tanxin.web.named_form import NamedForm
from tanxin.web.talks.forms import words as text_field
from tanxin.web.talks.group_forms import GroupForm

WAYS = [
    (CommonMove.TALK.value, _("A collective talk, led by whom you choose below")),
    (CommonMove.REPLY.value, _("An answer to everybody, which you write next")),
    (CommonMove.RULE.value, _("A change of rules: a note with the drafts of rules")),
]


class TakeUpForm(NamedForm):
    way = forms.ChoiceField(
        label=_("What is done about it"),
        choices=WAYS,
        widget=forms.RadioSelect,
        initial=CommonMove.TALK.value,
    )
    leader = forms.TypedChoiceField(
        label=_("Who holds the talk"),
        help_text=_("Only for a collective talk. Whoever heads the unit stands first."),
        coerce=UUID,
        required=False,
        empty_value=None,
    )

    def __init__(self, *args: Any, leaders: Choices, **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **more)
        field = self.fields["leader"]
        if isinstance(field, forms.ChoiceField):
            field.choices = leaders


class DismissForm(NamedForm):
    reason = written(
        _("Why nothing is done about it"),
        _("Organisers read this. It is proposed again once twice as many raise it."),
        rows=3,
    )


class PlanForm(GroupForm):
    """Whom one asks is chosen from the unit; nobody knows, and nothing shows, who raised it."""

    people = forms.TypedMultipleChoiceField(
        label=_("Whom you ask"),
        help_text=_(
            "Five at least. Choose by tasks, not by who may have raised it: you cannot know, and"
            " nobody shall think that you do."
        ),
        coerce=UUID,
        widget=forms.SelectMultiple(attrs={"data-select": "", "size": 8}),
    )
    outline = text_field(
        _("Your outline"), required=False, rows=8, help_text=_("Kept for you alone.")
    )

    def __init__(self, *args: Any, people: Choices, **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **more)
        self.order_fields(["form", "people", *GroupForm.field_order[1:], "outline"])
        field = self.fields["people"]
        if isinstance(field, forms.ChoiceField):
            field.choices = people
