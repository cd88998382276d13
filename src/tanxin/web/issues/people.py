"""Choosing a person without JavaScript: the leading people in a list, anybody else by a search."""

from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tanxin.apps.org.directory import Directory

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SHOWN = 200


class PersonField(forms.TypedChoiceField):
    """``offer`` fills the list; whoever is in the directory may be chosen, listed or not."""

    def __init__(self, *, label: "_StrPromise", help_text: "str | _StrPromise" = "") -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            coerce=UUID,
            error_messages={"invalid_choice": _("Nobody of that name is in the directory.")},
            widget=forms.Select(attrs={"data-select": ""}),
        )
        self.directory: Directory | None = None

    def offer(self, directory: Directory, found: list[UUID]) -> None:
        leading = [card.id for card in directory.people[:SHOWN] if not card.gone]
        self.directory = directory
        self.choices = [
            ("", "—"),
            *((str(one), directory.label(one)) for one in dict.fromkeys([*found, *leading])),
        ]

    def valid_value(self, value: object) -> bool:
        try:
            return self.directory is not None and UUID(str(value)) in self.directory
        except ValueError:
            return False
