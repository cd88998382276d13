from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanxin.web.access.choosing import ChoosingForm
from tanxin.web.day_field import day
from tanxin.web.issues.people import PersonField
from tanxin.web.named_form import NamedForm
from tanxin.web.readable import readable

EARLIEST, LATEST = 2000, 2100


def fitting(on: date) -> date:
    if not EARLIEST <= on.year < LATEST:
        raise forms.ValidationError(
            _("Choose a day between %(first)s and %(last)s."),
            params={"first": EARLIEST, "last": LATEST - 1},
        )
    return on


class EventForm(ChoosingForm):
    """An event of a person, or of a unit or team; ``place`` is ``unit:id`` or ``team:id``."""

    kind = forms.ChoiceField(label=gettext_lazy("What"))
    person = PersonField(
        label=gettext_lazy("Whom it is about"),
        help_text=gettext_lazy("Leave it empty for what is about a unit or a team."),
    )
    place = forms.ChoiceField(
        label=gettext_lazy("Unit or team"),
        help_text=gettext_lazy(
            "Beside a person only where the person comes to another unit than the own."
        ),
        required=False,
    )
    on = day(gettext_lazy("Day"))
    source = forms.CharField(
        label=gettext_lazy("Where it is known from"), max_length=200, validators=[readable]
    )
    sensitive = forms.BooleanField(
        label=gettext_lazy("Sensitive: only those who need to know learn the reason"),
        required=False,
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's signature
        kinds: list[Any],
        places: list[tuple[str, str]],
        **more: Any,  # noqa: ANN401 - Django's signature
    ) -> None:
        super().__init__(*args, **more)
        self.fields["person"].required = False
        for name, choices in (("kind", kinds), ("place", [("", "—"), *places])):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def clean_on(self) -> date:
        return fitting(self.cleaned_data["on"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        place, person = data.get("place"), data.get("person")
        if not place and not person:
            self.add_error("person", _("Say whom, or which unit or team, it is about."))
        if person and place and str(place).startswith("team:"):
            self.add_error("place", _("Beside a person only a unit can stand."))
        return data

    def about(self) -> dict[str, UUID | None]:
        sort, _colon, key = str(self.cleaned_data.get("place") or "").partition(":")
        place = UUID(key) if key else None
        return {
            "person_id": self.cleaned_data.get("person") or None,
            "unit_id": place if sort == "unit" else None,
            "team_id": place if sort == "team" else None,
        }


class MoveForm(NamedForm):
    on = day(gettext_lazy("New day"))

    def clean_on(self) -> date:
        return fitting(self.cleaned_data["on"])


class CallOffForm(NamedForm):
    reason = forms.CharField(
        label=gettext_lazy("Why it is called off"),
        help_text=gettext_lazy("It is kept in the log."),
        max_length=200,
        validators=[readable],
    )
