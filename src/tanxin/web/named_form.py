"""The form that all ours are: it says which field was left empty, by its name."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

SAID_BY_DJANGO = forms.Field.default_error_messages["required"]


class NamedForm(forms.Form):
    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **more)
        for field in self.fields.values():
            if field.error_messages["required"] is SAID_BY_DJANGO:
                chosen = isinstance(field, forms.ChoiceField | forms.BooleanField)
                said = _("Please choose: %(label)s") if chosen else _("Please fill in: %(label)s")
                field.error_messages["required"] = said % {"label": field.label}
