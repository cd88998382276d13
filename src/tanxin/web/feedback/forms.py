from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tanxin.web.issues.forms import written
from tanxin.web.named_form import NamedForm
from tanxin.web.readable import readable

NOWHERE = ""
Choices = list[tuple[str, str]]


class KeptField(forms.MultipleChoiceField):
    """The marks that somebody says lead to nobody; which there are, the text alone decides."""

    def valid_value(self, value: object) -> bool:
        return isinstance(value, str)


def as_unit(value: str) -> UUID | None:
    return UUID(value) if value else None


class CheckedForm(NamedForm):
    """``form`` makes a second press of the button find the row of the first."""

    form = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput)
    kept = KeptField(required=False, widget=forms.MultipleHiddenInput)

    def offer(self, **choices: Choices) -> None:
        for name, offered in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = offered


class FeedbackForm(CheckedForm):
    text = written(
        _("The matter, without saying whose it is"),
        _(
            "Write what the unit needs to know to act, in your own words. Names, posts, places,"
            " days and the words in which you were told are marked before anything leaves."
        ),
        rows=6,
    )
    unit = forms.TypedChoiceField(
        label=_("Which unit is told"),
        help_text=_("Whoever heads it reads this and answers, and learns neither of you two."),
        coerce=as_unit,
        widget=forms.Select(attrs={"data-select": ""}),
    )
    heard_in = forms.TypedChoiceField(
        label=_("Where it was heard, as the unit is told"),
        help_text=_("Only units are offered in which at least five people may have said it."),
        coerce=as_unit,
        required=False,
        empty_value=None,
    )
    reviewer = forms.TypedChoiceField(
        label=_("Who reviews it before it leaves"),
        help_text=_("Reads this text alone, and is not told that it is yours."),
        coerce=UUID,
    )

    def __init__(self, *args: Any, choices: dict[str, Choices], **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **more)
        self.offer(**choices)


class ReasonForm(NamedForm):
    text = written(
        _("What leads to the source, or what is missing"), _("The author alone reads this."), rows=3
    )


class AnswerForm(NamedForm):
    text = written(
        _("Your answer"),
        _("What was done, or why it cannot be done now. Whoever told it reads this."),
        rows=5,
    )


class ReplyForm(CheckedForm):
    title = forms.CharField(label=_("In one line"), max_length=120, validators=[readable])
    text = written(
        _("The answer to everybody"),
        _("What was raised by many, what is done, and by when. Nobody is named."),
        rows=8,
    )
    kind = forms.ChoiceField(label=_("What it is about"))
    unit = forms.TypedChoiceField(
        label=_("Who reads it"),
        help_text=_("Everybody of the unit and below. At least five people there may have asked."),
        coerce=as_unit,
        required=False,
        empty_value=None,
        widget=forms.Select(attrs={"data-select": ""}),
    )
    reviewer = forms.TypedChoiceField(label=_("Who reviews it before it is published"), coerce=UUID)

    def __init__(self, *args: Any, choices: dict[str, Choices], **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **more)
        self.offer(**choices)


class EndForm(NamedForm):
    text = written(_("Why"), _("Whoever could read the answer reads this instead."), rows=3)


class SummaryForm(NamedForm):
    unit = forms.TypedChoiceField(label=pgettext_lazy("summary", "Of which unit"), coerce=UUID)
    period = forms.ChoiceField(label=_("Of which time"))

    def __init__(self, *args: Any, choices: dict[str, Choices], **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **more)
        for name, offered in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = offered
