"""The one field in which a day is chosen."""

from typing import TYPE_CHECKING

from django import forms

if TYPE_CHECKING:
    # Exists for type checkers only.
    from django.utils.functional import _StrPromise


def day(label: "_StrPromise", *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required)
