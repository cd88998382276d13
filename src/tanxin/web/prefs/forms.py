from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tanxin.apps.accounts.passwords import refuse_weak
from tanxin.web.named_form import NamedForm

LONGEST = 256


def password_field(label: object, autocomplete: str) -> forms.CharField:
    return forms.CharField(
        label=str(label),
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


class NewPasswordForm(NamedForm):
    """Twice the same, and none of those that are guessed first."""

    def __init__(self, *args: Any, whose: str = "", **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        self.whose = whose
        self.fields["new_password"] = password_field(_("New password"), "new-password")
        self.fields["new_password"].help_text = _(
            "At least ten characters. Four words that have nothing to do with one another are "
            "stronger than one word with figures, and easier to keep."
        )
        self.fields["password_again"] = password_field(_("New password again"), "new-password")

    def clean_new_password(self) -> str:
        password: str = self.cleaned_data["new_password"]
        refuse_weak(password, self.data.get("handle", "") or self.whose)
        return password

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "new_password" in given and given.get("password_again") != given["new_password"]:
            self.add_error("password_again", ValidationError(_("These are not the same twice.")))
        return given


class CodeForm(NamedForm):
    code = forms.CharField(
        label=_("Code of the app"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )


class PasskeyForm(NamedForm):
    name = forms.CharField(
        label=_("Name of the passkey"),
        max_length=40,
        help_text=_("So that you know it again: this computer, the key on my key ring."),
    )
    credential = forms.CharField(widget=forms.HiddenInput, max_length=20_000)
