"""Words for what is asked for and decided: waivers and delegations."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

VERDICTS: Mapping[str, Promise] = {
    "": pgettext_lazy("request", "waiting for a decision"),
    "approved": pgettext_lazy("request", "approved"),
    "refused": pgettext_lazy("request", "not approved"),
    "withdrawn": pgettext_lazy("request", "taken back"),
}
TONES: Mapping[str, str] = {"": "info", "approved": "good", "refused": "warn", "withdrawn": "rest"}
