"""Choosing a person: a list that asks while one types, or a search form where no script runs."""

from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from tanxin.apps.org.directory import Directory

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SHOWN = 50
NOBODY_FOUND = _("Nobody of that name is in the directory.")


class PersonField(forms.TypedChoiceField):
    """``offer`` fills the list; whoever is in the directory may be chosen, listed or not."""

    def __init__(
        self,
        *,
        label: "_StrPromise",
        help_text: "str | _StrPromise" = "",
        required: bool = True,
    ) -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            required=required,
            coerce=UUID,
            empty_value=None,
            error_messages={
                "required": _("Nobody is chosen yet. Look for a name, then choose from the list."),
                "invalid_choice": NOBODY_FOUND,
            },
            widget=forms.Select(
                attrs={
                    "data-select": "",
                    "data-select-url": reverse_lazy("access:people"),
                    "data-none": NOBODY_FOUND,
                    "data-placeholder": _("Type a name, its pinyin, a post or a unit"),
                    "data-typed": "find",
                }
            ),
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
