"""Words for where a draft stands."""

from django.utils.translation import pgettext_lazy

from tanxin.web.rules.words import Words

STATES: Words = {
    "writing": pgettext_lazy("draft", "being written"),
    "returned": pgettext_lazy("draft", "returned"),
    "proposed": pgettext_lazy("draft", "waiting for a second person"),
    "published": pgettext_lazy("draft", "put in force"),
}
DIFFERENCES: Words = {
    "added": pgettext_lazy("difference", "added"),
    "removed": pgettext_lazy("difference", "removed"),
    "changed": pgettext_lazy("difference", "changed"),
}
