from django import forms
from django.utils.translation import gettext_lazy as _

from tanxin.web.named_form import NamedForm


class LoginForm(NamedForm):
    handle = forms.CharField(
        label=_("Account"),
        max_length=64,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
