"""What a list of issues is narrowed to: read from the address, shown in a form, kept by name."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanxin.apps.issues.listing import Wanted
from tanxin.apps.org.directory import Directory
from tanxin.core.issue_stages import Light, Stage
from tanxin.web.day_field import day
from tanxin.web.issues import words
from tanxin.web.issues.people import PersonField

Choices = list[tuple[str, Any]]
LIGHTS: dict[str, Promise] = {
    Light.RED: _("overdue"),
    Light.YELLOW: _("due within a week"),
}
FIELDS = ("stage", "kind", "weight", "unit", "owner", "light", "first", "last", "mine")


class FilterForm(forms.Form):
    """Every field may be left empty; what cannot be read counts as empty."""

    stage = forms.ChoiceField(label=_("State"), required=False)
    kind = forms.ChoiceField(label=_("About"), required=False)
    weight = forms.ChoiceField(label=_("Weight"), required=False)
    light = forms.ChoiceField(label=_("Deadline"), required=False)
    unit = forms.TypedChoiceField(
        label=_("Unit that answers for it"),
        coerce=UUID,
        empty_value=None,
        required=False,
        widget=forms.Select(attrs={"data-select": ""}),
    )
    owner = PersonField(label=_("Owner"))
    first = day(_("Due from"))
    last = day(_("Due until"))
    mine = forms.BooleanField(label=_("Only what I follow up"), required=False)

    def __init__(
        self,
        data: QueryDict,
        *,
        kinds: Choices,
        units: Choices,
        directory: Directory,
        found: UUID | None,
        follows: bool,
    ) -> None:
        super().__init__(data)
        everything = [("", _("all"))]
        for name, choices in (
            ("stage", list(words.STAGES.items())),
            ("kind", kinds),
            ("weight", list(words.WEIGHTS.items())),
            ("light", list(LIGHTS.items())),
            ("unit", units),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [*everything, *choices]
        self.directory = directory
        self.offer_owners([found] if found else [])
        for name in ("owner", "first", "last"):
            self.fields[name].required = False
        if not kinds:
            del self.fields["kind"]
        if not follows:
            del self.fields["mine"]

    def offer_owners(self, people: Iterable[UUID]) -> None:
        """Without a script one chooses from whoever stands on the page, with one from everybody."""
        owner = self.fields["owner"]
        if isinstance(owner, PersonField):
            owner.directory = self.directory
            names = {str(one): self.directory.label(one) for one in people}
            owner.choices = [("", _("all")), *names.items()]

    @property
    def wanted(self) -> Wanted:
        self.is_valid()
        read = self.cleaned_data
        return Wanted(
            stage=Stage(read["stage"]) if read.get("stage") else None,
            kind=read.get("kind") or "",
            weight=read.get("weight") or "",
            unit=read.get("unit"),
            owner=read.get("owner") or None,
            light=Light(read["light"]) if read.get("light") else None,
            first=read.get("first"),
            last=read.get("last"),
            mine=read.get("mine", False),
        )


def set_in(wanted: Wanted) -> dict[str, str]:
    """What of it is set, as it stands in an address."""
    named = {name: getattr(wanted, name) for name in FIELDS}
    return {name: written(value) for name, value in named.items() if value}


def written(value: object) -> str:
    if value is True:
        return "1"
    return value.isoformat() if isinstance(value, date) else str(value)


def address(show: str, view: str, wanted: Wanted, **more: str) -> str:
    """The query of a list, always in the same order."""
    known = {"show": show} | ({"view": view} if view else {}) | set_in(wanted) | more
    return urlencode(known)
