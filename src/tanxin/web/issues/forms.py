from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from tanxin.apps.org.directory import Directory
from tanxin.core.uploads.kinds import Kind
from tanxin.core.wording import is_blank
from tanxin.web.attached import SCANS, FilesField
from tanxin.web.day_field import WITHIN
from tanxin.web.issues.people import PersonField
from tanxin.web.issues.sorting import SortingFields
from tanxin.web.named_form import NamedForm
from tanxin.web.readable import readable

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LONGEST = 20_000
MOST_FOUND = 50
PROOFS = (*SCANS, Kind.DOCX, Kind.XLSX)
CO_OWNERS = ("co_owner", "second_co_owner")


def written(
    label: "_StrPromise", help_text: "_StrPromise", *, rows: int = 6, required: bool = True
) -> forms.CharField:
    """A field for words of any length, also very few."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        validators=[readable] if required else [],
    )


def day_field(
    label: "_StrPromise", help_text: "str | _StrPromise" = "", *, required: bool = True
) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, help_text=help_text, required=required, widget=widget, validators=WITHIN
    )


class SeenForm(NamedForm):
    """``seen`` says how many steps the page showed to which this is the next one."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class RaiseForm(SortingFields):
    """``form`` makes a second press of the button find the issue of the first."""

    form = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput)
    text = written(
        _("What was raised"),
        _("In the words of the one who raised it. Only the two of you read this."),
    )


class AssignForm(SeenForm):
    statement = written(
        _("The matter, without saying whose it is"),
        _(
            "The owner and the verifier read this instead of what was said to you. Leave out names,"
            " posts and anything else that tells who raised it. The one who raised it sees it too."
        ),
        rows=4,
    )
    measure = written(
        _("What shall be done"), _("So that somebody else can see whether it was done."), rows=4
    )
    cause = written(
        _("Cause behind it"),
        _("Only you, the owner and the co-owners read it."),
        rows=3,
        required=False,
    )
    owner = PersonField(label=_("Owner: who solves it"))
    co_owner = PersonField(label=_("Co-owner"), required=False)
    second_co_owner = PersonField(label=_("Another co-owner"), required=False)
    verifier = PersonField(
        label=_("Verifier: who looks whether it is solved"),
        help_text=_(
            "Somebody else than those who solve it, who neither works under one of them"
            " nor holds talks for you."
        ),
    )
    find = forms.CharField(
        label=_("Look for somebody"),
        help_text=_(
            "Name, its pinyin or initials, post or unit; then press Find."
            " Whoever is found stands first in the lists below."
        ),
        required=False,
        max_length=60,
    )
    due = day_field(_("Solved by"))

    def __init__(self, *args: Any, directory: Directory, today: date, **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **more)
        self.today = today
        self.found = people_like(directory, self.data.get("find", ""))
        for name in ("owner", "verifier", *CO_OWNERS):
            chosen = [one for one in (as_uuid(self[name].value()),) if one]
            field = self.fields[name]
            if isinstance(field, PersonField):
                field.offer(directory, [*chosen, *self.found])
        self.fields["due"].widget.attrs["min"] = today.isoformat()

    @property
    def co_owners(self) -> list[UUID]:
        return [self.cleaned_data[name] for name in CO_OWNERS if self.cleaned_data[name]]

    def clean_due(self) -> date:
        due: date = self.cleaned_data["due"]
        if due < self.today:
            raise forms.ValidationError(_("This day is over; choose a later one."))
        return due


def people_like(directory: Directory, text: str) -> list[UUID]:
    return [entry.id for entry in directory.search_people(text, MOST_FOUND)] if text.strip() else []


def as_uuid(value: object) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None


def proof_files() -> FilesField:
    return FilesField(
        label=_("Files that show it"),
        help_text=_(
            "PDF, JPEG, PNG, Word or Excel. Where and by whom they were made is"
            " removed; make sure yourself that nobody is named who should not be."
        ),
        kinds=PROOFS,
        required=False,
    )


class ReportForm(SeenForm):
    evidence = written(
        _("What was done, and how it shows"),
        _("The verifier and those whom it concerns read this."),
    )
    proofs = proof_files()


class VerifyForm(NamedForm):
    verdict = forms.ChoiceField(
        label=_("What did you find?"),
        choices=[("solved", _("It is solved")), ("sent_back", _("Not yet: send it back"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_("When you send it back, say what is missing. All concerned read this."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> None:
        super().clean()
        sent_back = self.cleaned_data.get("verdict") == "sent_back"
        if sent_back and is_blank(self.cleaned_data.get("note") or ""):
            self.add_error("note", _("Say what is missing; the owner needs it to go on."))


class AnswerForm(SeenForm):
    answer = written(
        _("Your answer"),
        _("Only the one who raised it reads this, and you."),
    )
