from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tanxin.core.notices import HOURS, Channel, begins
from tanxin.web.named_form import NamedForm

CHANNELS: dict[str, Promise] = {
    Channel.MAIL: pgettext_lazy("channel", "Mail"),
    Channel.WECOM: gettext_lazy("WeCom"),
    Channel.DINGTALK: gettext_lazy("DingTalk"),
    Channel.FEISHU: gettext_lazy("Feishu"),
    Channel.WEBHOOK: gettext_lazy("The organisation's own message centre"),
}
HOURS_TO_CHOOSE = [(hour, begins(hour).strftime("%H:%M")) for hour in HOURS]
TOLD = [
    ("no", gettext_lazy("Once a working day, if something new waits for me")),
    ("yes", gettext_lazy("Only, once each, of what I owe and is overdue")),
]
IN_USE = "[^\\s@|,]{1,64}"


class ChoiceForm(NamedForm):
    """``channels`` are those the site has; ``has_address`` whether one is kept for the chosen."""

    quiet = forms.ChoiceField(
        label=gettext_lazy("When I am told"), choices=TOLD, widget=forms.RadioSelect
    )
    hour = forms.TypedChoiceField(label=gettext_lazy("At"), choices=HOURS_TO_CHOOSE, coerce=int)
    channel = forms.ChoiceField(label=gettext_lazy("By"))
    address = forms.RegexField(
        regex=f"^{IN_USE}$",
        label=gettext_lazy("My number there"),
        required=False,
        error_messages={
            "invalid": gettext_lazy("A number has at most 64 signs and no spaces or commas.")
        },
        help_text=gettext_lazy(
            "By which that system knows you; ask whoever runs it. Kept encrypted and never shown "
            "again; leave it empty to keep what is there."
        ),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's signature
        channels: Sequence[Channel],
        kept: Channel | None,
        **more: Any,  # noqa: ANN401 - Django's signature
    ) -> None:
        super().__init__(*args, **more)
        self.kept = kept
        field = self.fields["channel"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(one.value, CHANNELS[one]) for one in channels]
        if set(channels) <= {Channel.MAIL}:
            del self.fields["address"]
        if len(channels) <= 1:
            self.fields["channel"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        channel = said.get("channel", Channel.MAIL)
        missing = channel not in {Channel.MAIL, self.kept} and not said.get("address")
        if missing and "address" not in self.errors:
            self.add_error("address", _("Say by which number that system knows you."))
        return said
