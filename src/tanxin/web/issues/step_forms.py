"""The forms of the steps between raising and answering, and of what comes after."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tanxin.apps.org.directory import Directory
from tanxin.core.following import Effect
from tanxin.core.wording import is_blank
from tanxin.web.issues.forms import (
    LONGEST,
    SeenForm,
    as_uuid,
    day_field,
    people_like,
    proof_files,
    written,
)
from tanxin.web.issues.people import PersonField
from tanxin.web.readable import readable

MOST_PARTS = 4


class InquireForm(SeenForm):
    question = written(
        _("What is to be looked into, without saying whose matter it is"),
        _("Whoever you ask reads this, and neither what was said to you nor who said it."),
        rows=4,
    )
    person = PersonField(label=_("Who looks into it"))
    find = forms.CharField(
        label=_("Look for somebody"),
        help_text=_(
            "Name, its pinyin or initials, post or unit; then press Find."
            " Whoever is found stands first in the list."
        ),
        required=False,
        max_length=60,
    )
    wanted_on = day_field(_("Wanted by"))

    def __init__(self, *args: Any, directory: Directory, today: date, **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **more)
        self.found = people_like(directory, self.data.get("find", ""))
        field = self.fields["person"]
        if isinstance(field, PersonField):
            chosen = as_uuid(self["person"].value())
            field.offer(directory, [*([chosen] if chosen else []), *self.found])
        self.fields["wanted_on"].widget.attrs["min"] = today.isoformat()


class FindForm(SeenForm):
    finding = written(
        _("What you found"),
        _("Only who asked you reads this."),
    )


class NoteForm(SeenForm):
    note = written(
        _("How far it is"),
        _("The verifier and those whom it concerns read this."),
        rows=4,
    )
    proofs = proof_files()


class CauseForm(SeenForm):
    cause = written(
        _("Cause behind it"),
        _("Only who set the measure and those who solve it read this."),
        rows=4,
    )


class AskTimeForm(SeenForm):
    until = day_field(_("New day"))
    reason = written(
        _("Why it takes longer"),
        _("All concerned read this. How often the day was put off stands on the page."),
        rows=4,
    )


class DecideTimeForm(SeenForm):
    verdict = forms.ChoiceField(
        label=_("Your decision"),
        choices=[("give", _("Give the time")), ("deny", _("The day stays as it is"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("When the day stays, say why. All concerned read this."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> None:
        super().clean()
        denied = self.cleaned_data.get("verdict") == "deny"
        if denied and is_blank(self.cleaned_data.get("reason") or ""):
            self.add_error("reason", _("Say why; the owner needs it to go on."))


class ExplainForm(SeenForm):
    text = written(
        _("Why it cannot be solved now"),
        _("Only the one who raised it reads this, and you. It is an answer, but no solution."),
    )
    look_again_on = day_field(
        _("Look again on"),
        _("On that day it stands among what you have to do."),
        required=False,
    )


class EffectForm(SeenForm):
    word = forms.ChoiceField(
        label=_("Did it help?"),
        choices=[
            (Effect.SOLVED.value, _("It is solved")),
            (Effect.PARTLY.value, _("Solved in part")),
            (Effect.NOT.value, _("Not solved: open it again")),
        ],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("What is left to do"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, is_subject: bool, **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **more)
        self.fields["text"].help_text = (
            _("Needed unless it is solved. Only who led the talk reads this, and you.")
            if is_subject
            else _("Needed unless it is solved. All concerned read this.")
        )

    def clean(self) -> None:
        super().clean()
        left = self.cleaned_data.get("word") in {Effect.PARTLY, Effect.NOT}
        if left and is_blank(self.cleaned_data.get("text") or ""):
            self.add_error("text", _("Say what is left to do; a few words are enough."))


class SplitForm(SeenForm):
    """Up to four parts; what is left empty is none."""

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **more)
        for number in range(1, MOST_PARTS + 1):
            self.fields[f"kind_{number}"] = forms.ChoiceField(
                label=_("What part %(number)s is about") % {"number": number}, choices=kinds
            )
            self.fields[f"text_{number}"] = forms.CharField(
                label=_("Part %(number)s, in the words of who raised it") % {"number": number},
                required=number == 1,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 3}),
                validators=[readable] if number == 1 else [],
            )

    @property
    def parts(self) -> list[tuple[str, str]]:
        numbers = range(1, MOST_PARTS + 1)
        found = [
            (self.cleaned_data[f"kind_{one}"], self.cleaned_data[f"text_{one}"]) for one in numbers
        ]
        return [(kind, text) for kind, text in found if not is_blank(text)]


PARTS = tuple(
    f"{name}_{number}" for number in range(1, MOST_PARTS + 1) for name in ("kind", "text")
)


class MergeForm(SeenForm):
    into = forms.TypedChoiceField(label=_("In which issue"), coerce=UUID, widget=forms.RadioSelect)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **more)
        field = self.fields["into"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


class PressForm(SeenForm):
    """A step that is one press."""
