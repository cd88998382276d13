from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tanxin.apps.talks.services.moments import BACK, is_within_reach
from tanxin.web.named_form import NamedForm
from tanxin.web.readable import readable
from tanxin.web.talks.kinds import Choices
from tanxin.web.talks.words import CHANNELS

if TYPE_CHECKING:
    # Exists for type checkers only.
    from django.utils.functional import _StrPromise

LONGEST = 20_000
MINUTES = "%Y-%m-%dT%H:%M"
STEP_MINUTES, QUARTER_MINUTES = 5, 15
LENGTHS = (15, 30, 45, 60, 90, 120)
USUAL_MINUTES = 30


def near(moment: datetime) -> None:
    if not is_within_reach(moment, timezone.now()):
        raise forms.ValidationError(_("This day is too far away. Please check the year."))


def moment(label: "_StrPromise", *, required: bool = True) -> forms.DateTimeField:
    attrs = {"type": "datetime-local", "step": STEP_MINUTES * 60}
    widget = forms.DateTimeInput(attrs=attrs, format=MINUTES)
    return forms.DateTimeField(label=label, widget=widget, required=required, validators=[near])


def held(*, required: bool = True) -> forms.DateTimeField:
    field = moment(_("When it took place"), required=required)
    field.help_text = _(
        "When the talk began; not later than now. Change it if it was another time."
    )
    return field


def limit(field: forms.Field, now: datetime) -> None:
    """Let the browser offer nothing that is still to come, or further back than a talk can be."""
    earliest = timezone.localtime(now - BACK).replace(hour=0, minute=0)
    field.widget.attrs |= {
        "min": earliest.strftime(MINUTES),
        "max": timezone.localtime(now).strftime(MINUTES),
    }


def probably_held(planned_for: datetime, now: datetime) -> datetime:
    """The agreed time once it has come, else the last quarter of an hour."""
    if planned_for <= now:
        # In steps of the field: a browser refuses to send what is between two of them.
        return timezone.localtime(
            planned_for - timedelta(minutes=planned_for.minute % STEP_MINUTES)
        )
    return timezone.localtime(now - timedelta(minutes=now.minute % QUARTER_MINUTES))


def words(
    label: "_StrPromise",
    *,
    rows: int = 3,
    required: bool = True,
    help_text: "_StrPromise | str" = "",
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        widget=widget,
        required=required,
        help_text=help_text,
        validators=[readable] if required else [],
    )


def named(field: str, prefix: str) -> str:
    return f"{prefix}-{field}" if prefix else field


class Length(forms.TypedChoiceField):
    """In minutes; the usual where nothing was chosen."""

    def clean(self, value: Any) -> int:  # noqa: ANN401 - Django's signature
        return int(super().clean(value) or USUAL_MINUTES)


def lasts() -> Length:
    choices = [(minutes, _("%(count)s minutes") % {"count": minutes}) for minutes in LENGTHS]
    return Length(
        label=_("How long"), choices=choices, coerce=int, initial=USUAL_MINUTES, required=False
    )


def anyway() -> forms.BooleanField:
    """Hidden until the time proves to be taken (``times.Times.warn``)."""
    return forms.BooleanField(
        label=_("Propose this time all the same"), required=False, widget=forms.HiddenInput
    )


def place() -> forms.CharField:
    return forms.CharField(label=_("Place"), max_length=120, required=False)


def once() -> forms.UUIDField:
    """The random id by which a form that is sent twice does its work once."""
    return forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class KindForm(NamedForm):
    """``kinds`` are those of the organisation's packs on the day, with their types."""

    kind = forms.ChoiceField(label=_("Kind of talk"))

    def __init__(self, *args: Any, kinds: Choices, **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **more)
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = kinds


class ProposeForm(KindForm):
    form = once()
    planned_for = moment(_("When"))
    anyway = anyway()
    minutes = lasts()
    channel = forms.ChoiceField(label=_("How"), choices=list(CHANNELS.items()))
    because = words(
        _("Why not face to face"),
        required=False,
        rows=2,
        help_text=_(
            "Only for another way than face to face, and only where neither the rules nor the"
            " other's situation name that way. The two of you read it."
        ),
    )
    because.widget.attrs["data-unless"] = "channel=face"
    place = place()
    took_place = forms.BooleanField(
        label=_("It has already taken place; I go on to the record."), required=False
    )
    field_order = (
        "form", "planned_for", "anyway", "minutes", "channel", "because", "kind", "place",
        "took_place",
    )  # fmt: skip

    def enter_held(self) -> None:
        """Ask for a talk that has been, and no more for one to come."""
        now = timezone.now()
        self.fields["planned_for"] = held()
        limit(self.fields["planned_for"], now)
        self.initial["planned_for"] = probably_held(now + BACK, now)
        self.fields["took_place"].widget = forms.HiddenInput()
        self.initial["took_place"] = "on"
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        planned_for = data.get("planned_for")
        if data.get("took_place") and planned_for and planned_for > timezone.now():
            self.add_error(
                "planned_for",
                _("A talk that has already taken place cannot lie ahead. Please put in its time."),
            )
        return data


class SeenForm(NamedForm):
    """``seen`` says which state of the talk the page showed that is answered."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class MoveForm(SeenForm):
    """``free`` are times at which both sides are, where somebody looked for them."""

    planned_for = moment(_("Another time"))
    anyway = anyway()
    free: Sequence[datetime] = ()


class ReasonForm(SeenForm):
    reason = words(
        _("Reason"),
        help_text=_("Only the two of you read it. A few words are enough."),
    )


class ArrangedReasonForm(ReasonForm):
    """What somebody who arranges writes: he is no side of the talk, and has read it himself."""

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **more)
        self.fields["reason"].help_text = _(
            "Both sides of the talk read it, with your name. A few words are enough."
        )


class HoldForm(SeenForm):
    held_at = held()

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **more)
        limit(self.fields["held_at"], timezone.now())

    def clean_held_at(self) -> datetime:
        return not_later_than_now(self.cleaned_data["held_at"])


def not_later_than_now(held_at: datetime) -> datetime:
    if held_at > timezone.now():
        raise forms.ValidationError(_("That is still to come."))
    return held_at


class RemarkForm(NamedForm):
    form = once()
    text = words(
        _("Remark"), help_text=_("It stays beside the record for good; nobody can change it.")
    )


class MemoForm(NamedForm):
    text = words(_("My memo"), rows=8)


class DigestForm(NamedForm):
    """``digest`` names the version that was on the page; nothing else is answered by it."""

    digest = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    remark = words(_("Remark"), required=False)

    def seen(self) -> bytes:
        return bytes.fromhex(self.cleaned_data["digest"])


class ConfirmForm(DigestForm):
    pass


class DisputeForm(DigestForm):
    verdict = forms.ChoiceField(
        label=_("What is wrong"),
        widget=forms.RadioSelect,
        choices=[
            ("not_right", _("This is not right")),
            ("did_not_happen", _("This talk did not happen")),
        ],
    )
    field_order = ("verdict", "remark", "digest")


class AskForm(NamedForm):
    form = once()
    topic = words(
        _("What you want to talk about"),
        required=False,
        help_text=_("Sealed: only the one you ask reads it, no organiser and no administrator."),
    )
    channel = forms.ChoiceField(label=_("How"), choices=list(CHANNELS.items()))


class AcceptForm(KindForm):
    planned_for = moment(_("When"))
    anyway = anyway()
    minutes = lasts()
    place = place()
    field_order = ("planned_for", "anyway", "minutes", "place", "kind")
    free: Sequence[datetime] = ()
