"""The one field in which a day is chosen."""

from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

if TYPE_CHECKING:
    # Exists for type checkers only.
    from django.utils.functional import _StrPromise

# Before and after them the calendar ends for those who count a day or a time zone further.
FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
WITHIN = (MinValueValidator(FIRST), MaxValueValidator(LAST))


def day(label: "_StrPromise", *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required, validators=WITHIN)
