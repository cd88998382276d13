from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

VERDICTS: Mapping[str, Promise] = {
    "": pgettext_lazy("disposal", "waits for the second signature"),
    "approved": pgettext_lazy("disposal", "destroyed"),
    "refused": pgettext_lazy("disposal", "not signed"),
    "withdrawn": pgettext_lazy("disposal", "taken back"),
}
